package io.kurobe.nl2sql.retrieve.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.offline.link.NameWords;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.offline.read.Token;
import io.kurobe.nl2sql.offline.read.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the catalog's names and comments are in words, in stems, and as the text whose meaning
 * stands for them: the same for the index and for who searches it. Threads share it.
 */
public final class CatalogTexts {
  private static final int MOST_KEPT = 50_000;

  /** Columns that the text of a table names, and the longest comment in a text. */
  private static final int COLUMNS_OF_TABLE = 12;

  private static final int LONGEST_COMMENT = 80;
  private static final int LONGEST_TEXT = 200;

  private static final String STOPPED =
      """
      a an and are as at be but by for from has have he her his if in into is it its no not of on or
      she so such that the their then there these they this to was were will with
      """;

  private static final Set<String> STOP_WORDS = Set.of(STOPPED.strip().split("\\s+"));

  private record Name(String table, String column) {}

  /**
   * A name in words.
   *
   * @param spoken as one would say it
   * @param stems of its words
   */
  public record Words(String spoken, List<String> stems) {
    public Words {
      stems = List.copyOf(stems);
    }
  }

  /**
   * All texts of a table.
   *
   * @param name its own
   * @param text that stands for it
   * @param columns the names of its columns, in their order
   * @param columnTexts that stand for them
   */
  public record OfTable(Words name, String text, List<Words> columns, List<String> columnTexts) {
    public OfTable {
      columns = List.copyOf(columns);
      columnTexts = List.copyOf(columnTexts);
    }
  }

  private final Cache<Name, Words> known = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

  /** By identity: a table that did not change stays the same object. */
  private final Cache<TableMetadata, OfTable> ofTables =
      Caffeine.newBuilder().weakKeys().maximumSize(MOST_KEPT).build();

  // Guarded by this.
  private final Stems stems;
  private final NameWords names;
  private final Tokenizer tokenizer;

  public CatalogTexts(Lexicon lexicon) {
    stems = new Stems(lexicon);
    names = new NameWords(lexicon, stems);
    tokenizer = new Tokenizer(lexicon, stems);
  }

  /** All texts of a table. */
  public OfTable of(TableMetadata table) {
    return ofTables.get(
        table,
        some ->
            new OfTable(
                table(some.name()),
                text(some),
                some.columns().stream().map(each -> column(some.name(), each.name())).toList(),
                some.columns().stream().map(each -> text(some.name(), each)).toList()));
  }

  /** A table's name. */
  public Words table(String table) {
    return known.get(new Name(table, ""), name -> words(table, List.of()));
  }

  /** A column's name. */
  public Words column(String table, String column) {
    List<String> ofTable = table(table).stems();
    return known.get(new Name(table, column), name -> words(column, ofTable));
  }

  private synchronized Words words(String name, List<String> table) {
    List<String> spoken = names.spoken(name, table);
    List<String> stemmed = spoken.stream().map(stems::of).toList();
    return new Words(cut(String.join(" ", spoken).toLowerCase(Locale.ROOT), LONGEST_TEXT), stemmed);
  }

  /** The stems of a text's words, without those that are everywhere. */
  public synchronized List<String> stems(String text) {
    return tokenizer.plain(text).stream()
        .map(Token::stem)
        .filter(stem -> !STOP_WORDS.contains(stem))
        .toList();
  }

  /** The text that stands for a column: the same for all that have its name and comment. */
  public String text(String table, TableMetadata.Column column) {
    String spoken = column(table, column.name()).spoken();
    return cut(spoken + column.comment().map(CatalogTexts::after).orElse(""), LONGEST_TEXT);
  }

  /** The text that stands for a table. */
  public String text(TableMetadata table) {
    String columns =
        table.columns().stream()
            .limit(COLUMNS_OF_TABLE)
            .map(column -> column(table.name(), column.name()).spoken())
            .distinct()
            .collect(Collectors.joining(", "));
    return cut(
        table(table.name()).spoken()
            + table.comment().map(CatalogTexts::after).orElse("")
            + ": "
            + columns,
        2 * LONGEST_TEXT);
  }

  private static String after(String comment) {
    String line = comment.strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? "" : ", " + cut(line, LONGEST_COMMENT);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}

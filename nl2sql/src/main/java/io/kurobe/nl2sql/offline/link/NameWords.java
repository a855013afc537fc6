package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.Stems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Cuts names of tables and columns into words and their stems. One thread uses it at a time. */
public final class NameWords {
  private static final Set<Cue> JOINING =
      Set.of(
          Cue.PREP,
          Cue.BE,
          Cue.HAVE,
          Cue.REL,
          Cue.BY,
          Cue.PRONOUN,
          Cue.AND,
          Cue.OR,
          Cue.WHEN,
          Cue.NOT,
          Cue.WHICH,
          Cue.WHO,
          Cue.NULL);
  private static final int LONGEST_COMMENT = 24;
  private static final int LONGEST_OPAQUE = 4;
  private static final String PUNCTUATION = "[,;:.(]";
  private static final String BETWEEN = "(?<=[,;:.(])|(?=[,;:.(])|[^\\p{L}\\p{M}\\d,;:.(]+";

  /** The longest of what all names of a schema may begin with. */
  private static final int LONGEST_PREFIX = 3;

  private final Lexicon lexicon;
  private final Stems stems;

  private final Set<String> ofTables = new LinkedHashSet<>();
  private String prefix = "";

  public NameWords(Lexicon lexicon, Stems stems) {
    this.lexicon = lexicon;
    this.stems = stems;
  }

  /** The stems of a table's name, without what all names of its schema begin with. */
  List<String> ofTable(String name) {
    String own =
        !prefix.isEmpty() && name.toLowerCase(Locale.ROOT).startsWith(prefix)
            ? name.substring(prefix.length())
            : name;
    List<String> words = of(own, List.of());
    int last = words.size() - 1;
    return last > 0 && lexicon.is(words.get(last), NameClass.EMPTY_END)
        ? words.subList(0, last)
        : words;
  }

  /** Tells what the tables of a schema are called, as names of columns are cut short alike. */
  void tables(Collection<String> names) {
    prefix = "";
    Map<String, Long> starts =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> name.indexOf('_') > 0)
            .collect(
                Collectors.groupingBy(
                    name -> name.substring(0, name.indexOf('_') + 1), Collectors.counting()));
    starts.forEach(
        (start, count) -> {
          if (start.length() <= LONGEST_PREFIX + 1 && count > 2 && count == names.size()) {
            prefix = start;
          }
        });
    ofTables.clear();
    names.forEach(name -> ofTables.addAll(ofTable(name)));
  }

  /**
   * The stems of a column's name.
   *
   * @param table the stems of its table's name: a column may repeat them, or their initials
   */
  List<String> of(String name, List<String> table) {
    List<String> words = spoken(name, table).stream().map(stems::of).toList();
    List<String> telling =
        words.stream().filter(word -> !lexicon.is(word, NameClass.NOISE)).toList();
    return telling.isEmpty() ? (words.isEmpty() ? List.of(name) : words) : telling;
  }

  /** A name as one would say it, without what is noise in it. */
  String said(String name, List<String> table) {
    return spoken(name, table).stream()
        .filter(word -> word.length() > 1 && !lexicon.is(word, NameClass.NOISE))
        .collect(Collectors.joining(" "));
  }

  /** What a comment says, in stems. */
  Comment comment(String text) {
    List<String> words = new ArrayList<>();
    int head = -1;
    for (String word : text.toLowerCase(Locale.ROOT).split(BETWEEN)) {
      boolean joins =
          lexicon.is(word, NameClass.NOISE)
              || lexicon.entries(word).stream().anyMatch(entry -> JOINING.contains(entry.cue()));
      boolean ends = joins || word.matches(PUNCTUATION);
      if (ends && head < 0 && !words.isEmpty()) {
        head = words.size();
      }
      if (!ends && word.length() > 1 && words.size() < LONGEST_COMMENT) {
        words.add(stems.of(word));
      }
    }
    return new Comment(head < 0 ? words : words.subList(0, head), words);
  }

  /**
   * Whether a name tells nothing to who does not know it: all of it is short, and no word of it is
   * known.
   */
  boolean opaque(String name) {
    for (String word : spoken(name, List.of())) {
      boolean known =
          word.length() > LONGEST_OPAQUE
              || lexicon.known(word)
              || lexicon.parts().contains(word)
              || lexicon.is(word, NameClass.KEY_SIGN);
      if (known) {
        return false;
      }
    }
    return true;
  }

  /**
   * The words of a name as one would say them, abbreviations expanded.
   *
   * @param table the stems of its table's name, for a column; empty for a table
   */
  public List<String> spoken(String name, List<String> table) {
    List<String> words = new ArrayList<>();
    String spaced =
        name.replaceAll("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
            .replaceAll("[^\\p{L}\\p{M}\\d]+", " ")
            .replaceAll("(?<=\\p{L}{2})(?=\\d)", " ");
    for (String word : spaced.strip().toLowerCase(Locale.ROOT).split(" ")) {
      if (!word.isEmpty()) {
        for (String piece : pieces(word, table)) {
          words.addAll(whole(piece, table));
        }
      }
    }
    return words;
  }

  /** What a piece stands for: a known abbreviation, else one of what tables are called. */
  private List<String> whole(String piece, List<String> table) {
    List<String> expanded = lexicon.expand(piece);
    if (!expanded.equals(List.of(piece)) || ofTables.contains(stems.of(piece))) {
      return expanded;
    }
    for (Collection<String> words : List.of(table, ofTables)) {
      List<String> found =
          words.stream().filter(word -> Spelling.cutShort(word, piece)).limit(2).toList();
      if (found.size() == 1) {
        return found;
      }
    }
    return expanded;
  }

  /** Cuts "clubname" into the table's word and "name", and "dname" alike. */
  private List<String> pieces(String word, List<String> table) {
    if (lexicon.expand(word).size() > 1 || !lexicon.expand(word).get(0).equals(word)) {
      return List.of(word);
    }
    if (table.contains(stems.of(word)) || ofTables.contains(stems.of(word))) {
      return List.of(word);
    }
    String longest = "";
    for (String part : lexicon.parts()) {
      if (word.endsWith(part)
          && word.length() > part.length()
          && part.length() > longest.length()) {
        longest = part;
      }
    }
    if (longest.isEmpty()) {
      return List.of(word);
    }
    String head = word.substring(0, word.length() - longest.length());
    boolean tables =
        table.stream().anyMatch(w -> w.startsWith(head) || head.length() > 2 && head.startsWith(w));
    boolean known = !lexicon.expand(head).get(0).equals(head);
    if (tables && (head.length() < 3 || longest.length() > 1)) {
      return List.of(
          table.stream()
              .filter(w -> w.startsWith(head) || head.startsWith(w))
              .findFirst()
              .orElse(head),
          longest);
    }
    return known
            || longest.length() > 2
                && head.length() > 2
                && (!lexicon.words(NameClass.INSIDE_WORDS).contains(longest)
                    || lexicon.known(head)
                    || ofTables.contains(stems.of(head)))
        ? List.of(head, longest)
        : List.of(word);
  }
}

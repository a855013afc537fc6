package io.kurobe.nl2sql.offline.link;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The catalog as questions meet it: names cut into words, and the ways between tables. */
public final class Schema {
  private static final String SYSTEM = "system";

  private final Map<TableName, SchemaTable> tables = new LinkedHashMap<>();
  private final Map<String, Set<SchemaTable>> tablesByWord = new HashMap<>();
  private final Map<String, Set<SchemaColumn>> columnsByWord = new HashMap<>();

  private final Map<String, Set<SchemaColumn>> columnsBySquashed = new HashMap<>();
  private final Comments comments;

  private Schema(Lexicon lexicon) {
    comments = new Comments(lexicon);
  }

  /** A name without what separates its words. */
  private static String squashed(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\d]", "");
  }

  /** Columns whose name is these words, however they are separated. */
  Set<SchemaColumn> columnsCalled(List<String> words) {
    return columnsBySquashed.getOrDefault(String.join("", words), Set.of());
  }

  /**
   * Reads a catalog.
   *
   * @param scope sources, schemas or tables in their parts; empty means all
   */
  public static Schema of(
      CatalogSnapshot catalog, List<List<String>> scope, Lexicon lexicon, Stems stems) {
    var schema = new Schema(lexicon);
    var asked = new Scope(scope);
    var names = new NameWords(lexicon, stems);
    for (SourceCatalog source : catalog.sources()) {
      if (source.name().equals(SYSTEM)) {
        continue;
      }
      for (SchemaMetadata schemaMetadata : source.metadata().schemas()) {
        names.tables(schemaMetadata.tables().stream().map(TableMetadata::name).toList());
        for (TableMetadata table : schemaMetadata.tables()) {
          var name = new TableName(source.name(), schemaMetadata.name(), table.name());
          if (asked.contains(name, source.defaultSchema()) && !table.columns().isEmpty()) {
            schema.add(name, table, names, lexicon);
          }
        }
      }
    }
    Set<Relation> relations = new LinkedHashSet<>(catalog.relations());
    schema.tables.values().forEach(table -> relations.addAll(foreignKeys(table)));
    relations.forEach(relation -> schema.join(relation, true));
    schema.guessJoins();
    return schema;
  }

  private void add(TableName name, TableMetadata metadata, NameWords names, Lexicon lexicon) {
    Optional<Comment> said = metadata.comment().map(names::comment);
    List<String> words =
        words(name.table(), said, names).orElseGet(() -> names.ofTable(name.table()));
    var table = new SchemaTable(name, metadata, words, lexicon);
    tables.put(name, table);
    said.ifPresent(comment -> comments.add(new Target.OfTable(table), comment));
    table.words().forEach(word -> index(tablesByWord, word, table));
    for (TableMetadata.Column column : metadata.columns()) {
      Optional<Comment> ofColumn = column.comment().map(names::comment);
      var schemaColumn =
          new SchemaColumn(
              table,
              column,
              words(column.name(), ofColumn, names)
                  .orElseGet(() -> names.of(column.name(), table.words())));
      table.add(schemaColumn);
      ofColumn.ifPresent(comment -> comments.add(new Target.OfColumn(schemaColumn), comment));
      schemaColumn.words().forEach(word -> index(columnsByWord, word, schemaColumn));
      index(columnsBySquashed, squashed(column.name()), schemaColumn);
    }
  }

  /** What a thing is called in its comment, where its name tells nothing. */
  private static Optional<List<String>> words(
      String name, Optional<Comment> said, NameWords names) {
    return said.filter(Comment::names).filter(comment -> names.opaque(name)).map(Comment::head);
  }

  private static <T> void index(Map<String, Set<T>> byWord, String word, T element) {
    byWord.computeIfAbsent(word, key -> new LinkedHashSet<>()).add(element);
  }

  private static List<Relation> foreignKeys(SchemaTable table) {
    return table.metadata().foreignKeys().stream()
        .map(
            key ->
                new Relation(
                    table.name(),
                    key.columns(),
                    new TableName(table.name().source(), key.targetSchema(), key.targetTable()),
                    key.targetColumns()))
        .toList();
  }

  private void join(Relation relation, boolean declared) {
    SchemaTable from = tables.get(relation.from());
    SchemaTable to = tables.get(relation.to());
    if (from == null || to == null) {
      return;
    }
    Optional<List<SchemaColumn>> fromColumns = columns(from, relation.fromColumns());
    Optional<List<SchemaColumn>> toColumns = columns(to, relation.toColumns());
    if (fromColumns.isPresent() && toColumns.isPresent()) {
      join(from, fromColumns.get(), to, toColumns.get(), declared);
    }
  }

  private static void join(
      SchemaTable from,
      List<SchemaColumn> fromColumns,
      SchemaTable to,
      List<SchemaColumn> toColumns,
      boolean declared) {
    if (from.joins().stream()
        .anyMatch(j -> j.fromColumns().equals(fromColumns) && j.toColumns().equals(toColumns))) {
      return;
    }
    boolean oneToOne =
        !from.key().isEmpty() && from.key().equals(fromColumns) || unique(from, fromColumns);
    from.add(new Join(from, fromColumns, to, toColumns, true, declared));
    to.add(new Join(to, toColumns, from, fromColumns, oneToOne, declared));
    fromColumns.forEach(SchemaColumn::markForeign);
  }

  /** Whether no two rows have the same in some columns. */
  private static boolean unique(SchemaTable table, List<SchemaColumn> columns) {
    Set<String> names = columns.stream().map(SchemaColumn::name).collect(Collectors.toSet());
    return table.metadata().uniqueKeys().stream().anyMatch(names::containsAll);
  }

  private static Optional<List<SchemaColumn>> columns(SchemaTable table, List<String> names) {
    List<SchemaColumn> found = names.stream().flatMap(n -> table.column(n).stream()).toList();
    return found.size() == names.size() ? Optional.of(found) : Optional.empty();
  }

  /** Joins that nobody declared, between tables that none that was declared connects. */
  private void guessJoins() {
    Map<String, Set<SchemaTable>> keyed = new HashMap<>();
    for (SchemaTable table : tables.values()) {
      if (table.key().size() == 1) {
        SchemaColumn key = table.key().get(0);
        index(keyed, key.words().get(key.words().size() - 1), table);
        index(keyed, squashed(key.name()), table);
      }
    }
    for (SchemaTable table : tables.values()) {
      for (SchemaColumn column : table.columns()) {
        for (SchemaTable other : sameEnd(keyed, column)) {
          boolean known = table.joins().stream().anyMatch(join -> join.to() == other);
          if (other != table
              && !known
              && !refers(table, column)
              && other.key().size() == 1
              && comparable(other.key().get(0), column)
              && KeyNames.refers(column, other)) {
            join(table, List.of(column), other, other.key(), false);
          }
        }
        guessByTable(table, column);
      }
    }
  }

  /** The tables whose keys end as a column does. */
  private static Set<SchemaTable> sameEnd(
      Map<String, Set<SchemaTable>> keyed, SchemaColumn column) {
    List<String> words = column.words();
    Set<SchemaTable> found =
        new LinkedHashSet<>(keyed.getOrDefault(words.get(words.size() - 1), Set.of()));
    String name = squashed(column.name());
    for (int from = 0; from < name.length() && from < 40; from++) {
      found.addAll(keyed.getOrDefault(name.substring(from), Set.of()));
    }
    return found;
  }

  /** Whether a column refers to another table; a key into its own table may be a slip. */
  private static boolean refers(SchemaTable table, SchemaColumn column) {
    return table.joins().stream()
        .anyMatch(
            join ->
                join.declared()
                    && join.to() != table
                    && join.toOne()
                    && join.fromColumns().equals(List.of(column)));
  }

  /** {@code winning_pilot} refers to pilots, where it looks like their key. */
  private void guessByTable(SchemaTable table, SchemaColumn column) {
    String last = column.words().get(column.words().size() - 1);
    for (SchemaTable other : tablesWith(last)) {
      boolean known = table.joins().stream().anyMatch(join -> join.to() == other);
      if (other != table
          && !known
          && !column.foreign()
          && !column.has(NameClass.MEASURED)
          && (other.words().equals(List.of(last)) || other.words().equals(column.words()))
          && other.key().size() == 1
          && comparable(other.key().get(0), column)) {
        join(table, List.of(column), other, List.of(partner(column, other)), false);
        return;
      }
    }
  }

  /** The key that a column refers to, unless another column has its name and is more like it. */
  private static SchemaColumn partner(SchemaColumn column, SchemaTable other) {
    SchemaColumn key = other.key().get(0);
    return other.columns().stream()
        .filter(c -> key.nature() != column.nature())
        .filter(c -> c.words().equals(column.words()) && c.nature() == column.nature())
        .findFirst()
        .orElse(key);
  }

  private static boolean comparable(SchemaColumn a, SchemaColumn b) {
    Set<SchemaColumn.Nature> keys = Set.of(SchemaColumn.Nature.TEXT, SchemaColumn.Nature.NUMBER);
    return a.nature() == b.nature() || keys.contains(a.nature()) && keys.contains(b.nature());
  }

  public Collection<SchemaTable> tables() {
    return tables.values();
  }

  /** What tables and columns are said to be. */
  Comments comments() {
    return comments;
  }

  /** The stems of all names. */
  Set<String> words() {
    Set<String> words = new LinkedHashSet<>(tablesByWord.keySet());
    words.addAll(columnsByWord.keySet());
    return words;
  }

  Set<SchemaTable> tablesWith(String word) {
    return tablesByWord.getOrDefault(word, Set.of());
  }

  Set<SchemaColumn> columnsWith(String word) {
    return columnsByWord.getOrDefault(word, Set.of());
  }
}

package io.kurobe.nl2sql.validate;

import com.google.common.base.Suppliers;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The tables a question may be about, by name, with the ways to join them. */
public final class KnownTables {
  /** A table with its columns' names. */
  record Known(TableName name, TableMetadata metadata) {
    Optional<String> column(String written) {
      return metadata.columns().stream()
          .map(TableMetadata.Column::name)
          .filter(written::equalsIgnoreCase)
          .findFirst();
    }

    List<String> columns() {
      return metadata.columns().stream().map(TableMetadata.Column::name).toList();
    }
  }

  private final Map<String, List<Known>> byName = new HashMap<>();
  private final Map<TableName, Known> byFullName = new LinkedHashMap<>();
  private final Set<String> words = new HashSet<>();
  private final List<Relation> relations;

  /** What takes a look at every column's words is done once, and not before it is wanted. */
  private final Supplier<Map<String, Set<String>>> byWords = Suppliers.memoize(this::columnWords);

  KnownTables(CatalogSnapshot catalog, Scope scope) {
    for (SourceCatalog source : catalog.sources()) {
      words.add(lower(source.name()));
      for (SchemaMetadata schema : source.metadata().schemas()) {
        words.add(lower(schema.name()));
        for (TableMetadata table : schema.tables()) {
          TableName name = new TableName(source.name(), schema.name(), table.name());
          if (scope.contains(name, source.defaultSchema())) {
            add(new Known(name, table));
          }
        }
      }
    }
    this.relations = catalog.relations();
  }

  private void add(Known table) {
    byName.computeIfAbsent(lower(table.name().table()), key -> new ArrayList<>()).add(table);
    byFullName.put(table.name(), table);
    words.add(lower(table.name().table()));
    table.columns().forEach(column -> words.add(lower(column)));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether a lower-case word names a source, a schema, a table or a column. */
  public boolean isName(String word) {
    return words.contains(word);
  }

  /** The lower-case names of the columns that have these words, written as one. */
  Set<String> columnsOfWords(String run) {
    return byWords.get().getOrDefault(run, Set.of());
  }

  private Map<String, Set<String>> columnWords() {
    Map<String, Set<String>> columns = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Known table : byFullName.values()) {
      for (TableMetadata.Column column : table.metadata().columns()) {
        if (seen.add(column.name())) {
          AskedColumns.run(column.name())
              .ifPresent(
                  run ->
                      columns
                          .computeIfAbsent(run, key -> new LinkedHashSet<>())
                          .add(lower(column.name())));
        }
      }
    }
    return columns;
  }

  Optional<Known> table(TableName name) {
    return Optional.ofNullable(byFullName.get(name));
  }

  /** The tables a name in FROM may mean. */
  List<Known> named(List<String> parts) {
    List<Known> found =
        byName.getOrDefault(lower(parts.get(parts.size() - 1)), List.<Known>of()).stream()
            .filter(
                known ->
                    parts.size() == 1
                        || known.name().parts().stream()
                            .anyMatch(parts.get(parts.size() - 2)::equalsIgnoreCase))
            .toList();
    return found;
  }

  /** All names of tables. */
  Set<String> names() {
    return byName.keySet();
  }

  /** All tables. */
  Collection<Known> all() {
    return byFullName.values();
  }

  /** The ways to join a table to any other. */
  List<Relation> of(TableName table) {
    return relations.stream()
        .filter(relation -> relation.from().equals(table) || relation.to().equals(table))
        .toList();
  }

  /** Whether anything is known of how a table is joined. */
  boolean hasKeys(TableName table) {
    return !of(table).isEmpty();
  }

  /** The ways to join a table to another. */
  List<Relation> between(TableName one, TableName other) {
    return relations.stream()
        .filter(
            relation ->
                relation.from().equals(one) && relation.to().equals(other)
                    || relation.from().equals(other) && relation.to().equals(one))
        .toList();
  }

  /** The tables that a key joins to another. */
  List<Known> neighbours(TableName table) {
    Set<TableName> names = new LinkedHashSet<>();
    for (Relation relation : relations) {
      if (relation.from().equals(table)) {
        names.add(relation.to());
      } else if (relation.to().equals(table)) {
        names.add(relation.from());
      }
    }
    names.remove(table);
    return names.stream().flatMap(name -> table(name).stream()).toList();
  }
}

package io.kurobe.nl2sql.retrieve;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.retrieve.index.IndexSearch.Among;
import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables that models may know of for one scope and one session's rights, and the ways between
 * them. Immutable; threads share it.
 */
final class CatalogView {
  private static final String SYSTEM = "system";

  /** A schema of at most so many tables is about one thing. */
  private static final int SMALL_SCHEMA = 25;

  /** About how long a field is told beside its name, type and comment. */
  private static final int FIELD_CHARACTERS = 40;

  private static final int TABLE_CHARACTERS = 30;

  private final CatalogSnapshot catalog;
  private final Map<TableName, TableMetadata> tables;
  private final Map<TableName, List<Relation>> relations = new HashMap<>();
  private final Map<String, List<TableName>> schemas = new HashMap<>();
  private final long characters;
  private final Optional<Among> among;

  private CatalogView(
      CatalogSnapshot catalog, Map<TableName, TableMetadata> tables, boolean everything) {
    this.catalog = catalog;
    this.tables = tables;
    long sum = 0;
    for (Map.Entry<TableName, TableMetadata> each : tables.entrySet()) {
      schemas.computeIfAbsent(schema(each.getKey()), s -> new ArrayList<>()).add(each.getKey());
      sum += characters(each.getValue());
    }
    characters = sum;
    Set<Relation> all = new LinkedHashSet<>(catalog.relations());
    tables.forEach((name, table) -> all.addAll(foreignKeys(name, table)));
    for (Relation relation : all) {
      if (tables.containsKey(relation.from()) && tables.containsKey(relation.to())) {
        relations.computeIfAbsent(relation.from(), t -> new ArrayList<>()).add(relation);
        if (!relation.from().equals(relation.to())) {
          relations.computeIfAbsent(relation.to(), t -> new ArrayList<>()).add(relation);
        }
      }
    }
    among = everything ? Optional.empty() : Optional.of(Among.tables(tables.keySet()));
  }

  /**
   * The view of a catalog.
   *
   * @param catalog what models may know of it, for one session
   * @param indexed how many tables the index has; a view of fewer is searched with a filter
   */
  static CatalogView of(CatalogSnapshot catalog, Scope scope, int indexed) {
    Map<TableName, TableMetadata> tables = new LinkedHashMap<>();
    for (SourceCatalog source : catalog.sources()) {
      if (source.name().equals(SYSTEM)) {
        continue;
      }
      for (SchemaMetadata schema : source.metadata().schemas()) {
        for (TableMetadata table : schema.tables()) {
          TableName name = new TableName(source.name(), schema.name(), table.name());
          if (!table.columns().isEmpty() && scope.contains(name, source.defaultSchema())) {
            tables.put(name, table);
          }
        }
      }
    }
    return new CatalogView(catalog, tables, tables.size() >= indexed);
  }

  private static List<Relation> foreignKeys(TableName name, TableMetadata table) {
    return table.foreignKeys().stream()
        .map(
            key ->
                new Relation(
                    name,
                    key.columns(),
                    new TableName(name.source(), key.targetSchema(), key.targetTable()),
                    key.targetColumns()))
        .toList();
  }

  private static String schema(TableName name) {
    return name.source() + '\u0000' + name.schema();
  }

  private static int characters(TableMetadata table) {
    int sum =
        TABLE_CHARACTERS + table.name().length() + table.comment().map(String::length).orElse(0);
    for (TableMetadata.Column column : table.columns()) {
      sum +=
          FIELD_CHARACTERS
              + column.name().length()
              + column.comment().map(String::length).orElse(0);
    }
    return sum;
  }

  Map<TableName, TableMetadata> tables() {
    return tables;
  }

  /** About how many characters it takes to tell it whole. */
  long characters() {
    return characters;
  }

  /** What searches keep to; empty if nothing that is indexed is outside. */
  Optional<Among> among() {
    return among;
  }

  /** The ways from and to a table. */
  List<Relation> relations(TableName table) {
    return relations.getOrDefault(table, List.of());
  }

  /** The tables that a table is joined with. */
  Set<TableName> joined(TableName table) {
    Set<TableName> joined = new LinkedHashSet<>();
    for (Relation relation : relations(table)) {
      joined.add(relation.from().equals(table) ? relation.to() : relation.from());
    }
    return joined;
  }

  /** The tables of a table's schema, if those are few; with it. */
  List<TableName> beside(TableName table) {
    List<TableName> all = schemas.getOrDefault(schema(table), List.of());
    return all.size() <= SMALL_SCHEMA ? all : List.of();
  }

  /** The catalog with nothing but some columns of some tables, in its order. */
  CatalogSnapshot reduced(Map<TableName, Set<String>> columns) {
    List<SourceCatalog> sources = new ArrayList<>();
    for (SourceCatalog source : catalog.sources()) {
      List<SchemaMetadata> kept = new ArrayList<>();
      for (SchemaMetadata schema : source.metadata().schemas()) {
        List<TableMetadata> some = new ArrayList<>();
        for (TableMetadata table : schema.tables()) {
          Set<String> names =
              columns.get(new TableName(source.name(), schema.name(), table.name()));
          if (names != null) {
            some.add(reduced(table, names));
          }
        }
        if (!some.isEmpty()) {
          kept.add(new SchemaMetadata(schema.name(), some));
        }
      }
      if (!kept.isEmpty()) {
        sources.add(
            new SourceCatalog(source.config(), source.defaultSchema(), new CatalogMetadata(kept)));
      }
    }
    Set<Relation> between = new LinkedHashSet<>();
    columns.keySet().forEach(table -> between.addAll(relations(table)));
    return new CatalogSnapshot(catalog.version(), sources, List.copyOf(between));
  }

  private static TableMetadata reduced(TableMetadata table, Set<String> names) {
    return new TableMetadata(
        table.name(),
        table.kind(),
        table.comment(),
        table.columns().stream().filter(column -> names.contains(column.name())).toList(),
        table.primaryKey(),
        table.uniqueKeys(),
        table.foreignKeys(),
        table.rowCount());
  }
}

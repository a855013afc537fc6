package io.kurobe.nl2sql.mschema;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.mschema.MSchema.Field;
import io.kurobe.nl2sql.mschema.MSchema.Key;
import io.kurobe.nl2sql.mschema.MSchema.Place;
import io.kurobe.nl2sql.mschema.MSchema.Table;
import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the unified catalog, as one principal sees it, into an {@link MSchema}. */
public final class MSchemas {
  private static final String SYSTEM = "system";

  /** Where a column's values come from; empty where none may be shown. */
  public interface Values {
    /** Some values of a column as text, the most telling first. */
    List<String> of(TableName table, String column);
  }

  private MSchemas() {}

  /**
   * The tables of a scope.
   *
   * @param catalog without what the principal may not see
   */
  public static MSchema of(CatalogSnapshot catalog, Scope scope, Values values) {
    requireNonNull(values, "values is null");
    List<Table> tables = new ArrayList<>();
    Set<TableName> names = new LinkedHashSet<>();
    for (SourceCatalog source : catalog.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        for (TableMetadata table : schema.tables()) {
          TableName name = new TableName(source.name(), schema.name(), table.name());
          if (!source.name().equals(SYSTEM)
              && !table.columns().isEmpty()
              && scope.contains(name, source.defaultSchema())) {
            names.add(name);
            tables.add(table(name, table, values));
          }
        }
      }
    }
    String database =
        names.stream().map(TableName::source).distinct().collect(Collectors.joining(", "));
    return new MSchema(database, tables, keys(catalog.relations(), names));
  }

  private static Table table(TableName name, TableMetadata table, Values values) {
    return new Table(
        place(name),
        table.comment(),
        table.columns().stream()
            .map(
                column ->
                    new Field(
                        column.name(),
                        type(column),
                        isTemporal(column),
                        column.comment(),
                        table.primaryKey().contains(column.name()),
                        values.of(name, column.name())))
            .toList());
  }

  private static Place place(TableName name) {
    return new Place(name.source(), name.schema(), name.table());
  }

  /** The source's own name of the type, in the short form where SQL has a long one. */
  private static String type(TableMetadata.Column column) {
    String type = column.nativeType().strip();
    String lower = type.toLowerCase(java.util.Locale.ROOT);
    if (lower.startsWith("character varying")) {
      return "VARCHAR";
    }
    if (lower.startsWith("timestamp")) {
      return "TIMESTAMP";
    }
    return lower.startsWith("time ") || lower.startsWith("time(") ? "TIME" : type;
  }

  private static boolean isTemporal(TableMetadata.Column column) {
    return switch (column.type().kind()) {
      case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> true;
      default -> false;
    };
  }

  private static List<Key> keys(List<Relation> relations, Set<TableName> tables) {
    Set<Key> keys = new LinkedHashSet<>();
    for (Relation relation : relations) {
      if (tables.contains(relation.from()) && tables.contains(relation.to())) {
        int pairs = Math.min(relation.fromColumns().size(), relation.toColumns().size());
        for (int i = 0; i < pairs; i++) {
          keys.add(
              new Key(
                  place(relation.from()),
                  relation.fromColumns().get(i),
                  place(relation.to()),
                  relation.toColumns().get(i)));
        }
      }
    }
    return List.copyOf(keys);
  }
}

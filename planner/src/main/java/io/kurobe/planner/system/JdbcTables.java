package io.kurobe.planner.system;

import static io.kurobe.planner.system.SystemTable.column;
import static io.kurobe.planner.system.SystemTable.row;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.SourceCatalog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code system.jdbc}: the catalog as {@code DatabaseMetaData} names its columns, for SQL. */
record JdbcTables(Catalog catalog) {
  private static final String SCHEMA = "jdbc";

  /** Receives every table that who looks may see. */
  private interface TableRows {
    void of(SourceCatalog source, SchemaMetadata schema, TableMetadata table);
  }

  static List<SystemTable> of(Catalog catalog) {
    var tables = new JdbcTables(catalog);
    return List.of(tables.catalogs(), tables.schemas(), tables.tables(), tables.columns());
  }

  private SystemTable catalogs() {
    return new SystemTable(
        SCHEMA,
        "catalogs",
        "the sources",
        List.of(column("table_cat", SqlType.VARCHAR)),
        viewer ->
            catalog.snapshot(viewer.session()).sources().stream()
                .map(source -> row(source.name()))
                .toList());
  }

  private SystemTable schemas() {
    return new SystemTable(
        SCHEMA,
        "schemas",
        "the sources' schemas",
        List.of(column("table_catalog", SqlType.VARCHAR), column("table_schem", SqlType.VARCHAR)),
        viewer -> {
          List<List<@Nullable Object>> rows = new ArrayList<>();
          for (SourceCatalog source : catalog.snapshot(viewer.session()).sources()) {
            source
                .metadata()
                .schemas()
                .forEach(schema -> rows.add(row(source.name(), schema.name())));
          }
          return rows;
        });
  }

  private SystemTable tables() {
    return new SystemTable(
        SCHEMA,
        "tables",
        "the sources' tables and views",
        List.of(
            column("table_cat", SqlType.VARCHAR),
            column("table_schem", SqlType.VARCHAR),
            column("table_name", SqlType.VARCHAR),
            column("table_type", SqlType.VARCHAR),
            column("remarks", SqlType.VARCHAR)),
        viewer -> {
          List<List<@Nullable Object>> rows = new ArrayList<>();
          each(
              viewer,
              (source, schema, table) ->
                  rows.add(
                      row(
                          source.name(),
                          schema.name(),
                          table.name(),
                          table.kind().name().replace('_', ' '),
                          table.comment().orElse(null))));
          return rows;
        });
  }

  private SystemTable columns() {
    return new SystemTable(
        SCHEMA,
        "columns",
        "the columns of the sources' tables and views",
        List.of(
            column("table_cat", SqlType.VARCHAR),
            column("table_schem", SqlType.VARCHAR),
            column("table_name", SqlType.VARCHAR),
            column("column_name", SqlType.VARCHAR),
            column("ordinal_position", SqlType.INTEGER),
            column("type_name", SqlType.VARCHAR),
            column("native_type", SqlType.VARCHAR),
            column("is_nullable", SqlType.VARCHAR),
            column("column_def", SqlType.VARCHAR),
            column("remarks", SqlType.VARCHAR)),
        viewer -> {
          List<List<@Nullable Object>> rows = new ArrayList<>();
          each(viewer, (source, schema, table) -> rows.addAll(columns(source, schema, table)));
          return rows;
        });
  }

  private static List<List<@Nullable Object>> columns(
      SourceCatalog source, SchemaMetadata schema, TableMetadata table) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (TableMetadata.Column column : table.columns()) {
      rows.add(
          row(
              source.name(),
              schema.name(),
              table.name(),
              column.name(),
              rows.size() + 1,
              column.type().toString(),
              column.nativeType(),
              column.nullable() ? "YES" : "NO",
              column.defaultValue().orElse(null),
              column.comment().orElse(null)));
    }
    return rows;
  }

  private void each(Viewer viewer, TableRows rows) {
    for (SourceCatalog source : catalog.snapshot(viewer.session()).sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        schema.tables().forEach(table -> rows.of(source, schema, table));
      }
    }
  }
}

package io.kurobe.planner.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The full name of a table: source, schema, table, each in the catalog's own case. */
public record TableName(String source, String schema, String table) {
  public TableName {
    requireNonNull(source, "source is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(table, "table is null");
  }

  public List<String> parts() {
    return List.of(source, schema, table);
  }

  @Override
  public String toString() {
    return source + "." + schema + "." + table;
  }
}

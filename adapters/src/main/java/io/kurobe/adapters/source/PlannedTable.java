package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

/**
 * A table that a query reads, as it was when the query was planned.
 *
 * @param schema the table's schema
 * @param table what the catalog said of it
 */
public record PlannedTable(String schema, TableMetadata table) {
  public PlannedTable {
    requireNonNull(schema, "schema is null");
    requireNonNull(table, "table is null");
  }
}

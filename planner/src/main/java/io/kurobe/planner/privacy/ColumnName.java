package io.kurobe.planner.privacy;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.catalog.TableName;

/** The full name of a column, in the catalog's own case. */
public record ColumnName(TableName table, String column) {
  public ColumnName {
    requireNonNull(table, "table is null");
    requireNonNull(column, "column is null");
  }

  @Override
  public String toString() {
    return table + "." + column;
  }
}

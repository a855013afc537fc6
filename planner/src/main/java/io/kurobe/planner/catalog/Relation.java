package io.kurobe.planner.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A way to join two tables: a foreign key, or a relation declared in the configuration, across
 * sources too. The column lists pair up.
 *
 * @param from the referring table
 * @param to the referred table
 */
public record Relation(
    TableName from, List<String> fromColumns, TableName to, List<String> toColumns) {
  public Relation {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    fromColumns = List.copyOf(fromColumns);
    toColumns = List.copyOf(toColumns);
    if (fromColumns.size() != toColumns.size() || fromColumns.isEmpty()) {
      throw new IllegalArgumentException("a relation pairs columns one by one");
    }
  }
}

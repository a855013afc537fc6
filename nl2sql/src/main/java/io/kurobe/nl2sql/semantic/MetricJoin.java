package io.kurobe.nl2sql.semantic;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.catalog.TableName;
import java.util.List;

/**
 * A table that a metric's expression reads besides its own, with the columns that lead there. To
 * each row of the one side belongs at most one of the other, so that nothing is counted twice.
 *
 * @param from the metric's table, or one joined before
 * @param to the joined table, whose key the columns are
 */
public record MetricJoin(
    TableName from, List<String> fromColumns, TableName to, List<String> toColumns) {
  public MetricJoin {
    requireNonNull(from, "from is null");
    fromColumns = List.copyOf(fromColumns);
    requireNonNull(to, "to is null");
    toColumns = List.copyOf(toColumns);
    if (fromColumns.isEmpty() || fromColumns.size() != toColumns.size()) {
      throw new IllegalArgumentException("a join needs as many columns on both sides");
    }
  }
}

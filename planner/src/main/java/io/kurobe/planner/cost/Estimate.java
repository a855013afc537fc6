package io.kurobe.planner.cost;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.TableStatistics.Range;
import java.util.List;
import java.util.Optional;

/**
 * How large a relation probably is. It decides how a query runs, never what it answers, and is
 * shown to nobody, as it knows of rows that who asks may not see.
 *
 * @param rows how many rows, 0 at least
 * @param known whether statistics stand behind it; else it is a guess from types alone
 * @param columns of each column what it holds, in order
 */
public record Estimate(double rows, boolean known, List<Column> columns) {
  /**
   * What a column holds.
   *
   * @param distinct how many different values that are not NULL, 1 at least
   * @param nullFraction how much of it is NULL, 0 to 1
   * @param bytes average width of a value
   * @param range the least and the greatest value
   */
  public record Column(double distinct, double nullFraction, double bytes, Optional<Range> range) {
    public Column {
      requireNonNull(range, "range is null");
    }

    /** The column where no more than so many rows are left. */
    Column within(double rows) {
      return distinct <= rows ? this : new Column(Math.max(rows, 1), nullFraction, bytes, range);
    }

    Column withDistinct(double values) {
      return new Column(Math.max(values, 1), nullFraction, bytes, range);
    }

    Column withoutNulls() {
      return new Column(distinct, 0, bytes, range);
    }
  }

  public Estimate {
    columns = List.copyOf(columns);
    rows = Double.isNaN(rows) ? 0 : Math.max(rows, 0);
  }

  /** How many bytes its rows take when they travel. */
  public double bytes() {
    return rows * columns.stream().mapToDouble(Column::bytes).sum();
  }

  /** The same columns with so many rows. */
  Estimate withRows(double fewer) {
    return new Estimate(
        fewer, known, columns.stream().map(column -> column.within(fewer)).toList());
  }

  /** A part of the rows, 0 to 1. */
  public Estimate scaled(double part) {
    return withRows(rows * Math.min(1, Math.max(0, part)));
  }

  Estimate withColumns(List<Column> others) {
    return new Estimate(rows, known, others);
  }
}

package io.kurobe.driver.arrow;

import java.util.List;

/** A record batch: columns of the same number of rows. Immutable. */
public final class Batch {
  private final int rows;
  private final List<ColumnVector> columns;

  Batch(int rows, List<ColumnVector> columns) {
    this.rows = rows;
    this.columns = List.copyOf(columns);
  }

  public int rows() {
    return rows;
  }

  public List<ColumnVector> columns() {
    return columns;
  }
}

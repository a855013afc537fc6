package io.kurobe.driver;

import io.kurobe.driver.arrow.Batch;
import io.kurobe.driver.arrow.ColumnVector;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the batches of a {@link ColumnarResult}. */
final class ColumnarRows implements Rows {
  private final ColumnarResult result;
  private final ServerStatement owner;
  private final long limit;
  private List<ColumnVector> columns = List.of();
  private int rowsInBatch;
  private int row = -1;
  private long read;

  ColumnarRows(ColumnarResult result, ServerStatement owner) {
    this.result = result;
    this.owner = owner;
    this.limit = owner.rowLimit() == 0 ? Long.MAX_VALUE : owner.rowLimit();
  }

  @Override
  public boolean next() throws SQLException {
    Cancellation cancellation = owner.cancellation();
    cancellation.check(owner.getQueryTimeout());
    if (read >= limit) {
      cancellation.end();
      return false;
    }
    while (row + 1 >= rowsInBatch) {
      if (!advance(cancellation)) {
        cancellation.end();
        return false;
      }
    }
    row++;
    read++;
    return true;
  }

  private boolean advance(Cancellation cancellation) throws SQLException {
    int timeout = owner.getQueryTimeout();
    Batch batch = result.waits() ? cancellation.run(timeout, result::next) : result.next();
    while (batch == null && result.waits()) {
      batch = cancellation.run(timeout, result::next);
    }
    cancellation.check(timeout);
    if (batch == null) {
      return false;
    }
    columns = batch.columns();
    rowsInBatch = batch.rows();
    row = -1;
    return true;
  }

  @Override
  public int width() {
    return columns.size();
  }

  @Override
  public @Nullable Object value(int column) {
    ColumnVector vector = columns.get(column);
    return vector.isNull(row) ? null : vector.object(row);
  }

  /** A column of the batch that the row is in; its index there is {@link #row}. */
  ColumnVector vector(int column) {
    return columns.get(column);
  }

  int row() {
    return row;
  }

  @Override
  public void close() {
    result.close();
  }
}

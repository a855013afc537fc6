package io.kurobe.driver;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one result, one after the other, at most as many as its statement's row limit. One
 * thread at a time uses it, which closes it.
 */
interface Rows {
  /** Goes to the next row; false when there is none. */
  boolean next() throws SQLException;

  /** How many values the row has. */
  int width();

  /** A value of the row, from 0 on; null for NULL. */
  @Nullable Object value(int column);

  /** Leaves what was not read. */
  void close();
}

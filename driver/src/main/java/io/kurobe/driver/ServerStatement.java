package io.kurobe.driver;

import java.sql.SQLException;

/** What a result set asks of the statement that it belongs to. */
interface ServerStatement {
  Cancellation cancellation();

  /** Rows that the caller wants at most; 0 means all. */
  long rowLimit();

  /** Rows to ask for in one exchange, at least 1. */
  int pageSize();

  int getQueryTimeout() throws SQLException;
}

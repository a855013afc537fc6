package io.kurobe.driver;

import java.sql.SQLException;

/** What a result set asks of the statement that it belongs to. */
interface ServerStatement {
  Cancellation cancellation();

  /** Rows that the caller wants at most; 0 means all. */
  long rowLimit();

  /** Rows that one exchange brings at most; 0 means as many as fit. */
  int pageRows();

  /** Whether it asks for metadata, whose answer may be known. */
  default boolean asksForMetadata() {
    return false;
  }

  int getQueryTimeout() throws SQLException;
}

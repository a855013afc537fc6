package io.kurobe.examples.bench;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The rate at which PostgreSQL gives rows to a client that drops them: what moving costs at least.
 */
record RawCopy(long rows, long bytes, long nanos) {
  /** Reads a query's rows in binary form and drops them. */
  static RawCopy of(Connection connection, String query) throws SQLException {
    long start = System.nanoTime();
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)");
    long bytes = 0;
    for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
      bytes += message.length;
    }
    return new RawCopy(copy.getHandledRowCount(), bytes, System.nanoTime() - start);
  }

  double bytesPerSecond() {
    return bytes * 1e9 / nanos;
  }

  double rowsPerSecond() {
    return rows * 1e9 / nanos;
  }
}

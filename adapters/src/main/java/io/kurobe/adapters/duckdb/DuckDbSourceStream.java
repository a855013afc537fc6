package io.kurobe.adapters.duckdb;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.embedded.CancellableStream;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;

/** A query's rows with what they hold: a deadline, an allocator and a connection of their own. */
final class DuckDbSourceStream implements BatchStream {
  private final CancellableStream rows;
  private final BufferAllocator allocator;
  private final DuckDBConnection connection;
  private final CompletableFuture<Void> deadline;
  private boolean closed;

  DuckDbSourceStream(
      CancellableStream rows,
      Duration timeout,
      String source,
      BufferAllocator allocator,
      DuckDBConnection connection) {
    this.rows = rows;
    this.allocator = allocator;
    this.connection = connection;
    var expired =
        new KurobeException(
            ErrorCode.TIMEOUT,
            "source " + source + " did not end within " + timeout.toMillis() + " ms");
    this.deadline =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, timeout.toNanos(), TimeUnit.NANOSECONDS);
    var unused = deadline.thenRun(() -> rows.cancel(expired));
  }

  @Override
  public ArrowReader reader() {
    return rows.reader();
  }

  @Override
  public Set<Loss> losses() {
    return rows.losses();
  }

  @Override
  public void cancel() {
    rows.cancel();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    deadline.cancel(false);
    try (connection;
        allocator;
        rows) {
      // Closed in the order of their dependence, whatever fails.
    } catch (SQLException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "a DuckDB connection did not close", e);
    }
  }
}

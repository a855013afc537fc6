package io.kurobe.adapters.jdbc;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.ArrowTypes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC result set as Arrow batches of bounded rows. The query starts with the first batch, in the
 * reader's thread; it runs on a connection of its own, closed with the stream.
 */
public final class JdbcBatchStream implements BatchStream {
  private final JdbcRead read;
  private final BufferAllocator allocator;
  private final Reader reader;
  private final CompletableFuture<Void> deadline;

  private final Set<Loss> losses = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private @Nullable Statement statement;
  private @Nullable KurobeException stopped;
  private boolean ended;

  /**
   * Makes the stream; nothing runs yet.
   *
   * @param parent an allocator, of which the stream makes a child
   */
  public JdbcBatchStream(JdbcRead read, BufferAllocator parent) {
    this.read = read;
    this.allocator = parent.newChildAllocator("source " + read.source(), 0, Long.MAX_VALUE);
    this.reader = new Reader(allocator, ArrowTypes.schema(read.request().columns()));
    Duration timeout = read.request().timeout();
    this.deadline =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, timeout.toNanos(), TimeUnit.NANOSECONDS);
    var unused = deadline.thenRun(() -> stop(expired(timeout)));
  }

  private KurobeException expired(Duration timeout) {
    return new KurobeException(
        ErrorCode.TIMEOUT,
        "source " + read.source() + " did not end within " + timeout.toMillis() + " ms");
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  @Override
  public Set<Loss> losses() {
    return Set.copyOf(losses);
  }

  @Override
  public void cancel() {
    stop(
        new KurobeException(
            ErrorCode.CANCELLED, "the query at source " + read.source() + " was cancelled"));
  }

  private void stop(KurobeException reason) {
    Statement running;
    synchronized (lock) {
      if (stopped != null || ended) {
        return;
      }
      stopped = reason;
      running = statement;
    }
    if (running != null) {
      // A driver may wait for the server's answer; who cancels does not.
      var thread = new Thread(() -> cancelQuietly(running), "cancel " + read.source());
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void cancelQuietly(Statement running) {
    try {
      running.cancel();
    } catch (SQLException e) {
      // The reader fails by itself once the statement is closed.
    }
  }

  @Override
  public void close() {
    deadline.cancel(false);
    stop(new KurobeException(ErrorCode.CANCELLED, "the stream is closed"));
    try {
      reader.close();
    } catch (IOException e) {
      throw read.errors().apply(e);
    } finally {
      allocator.close();
    }
  }

  private void check() {
    synchronized (lock) {
      if (stopped != null) {
        throw stopped;
      }
    }
  }

  private final class Reader extends ArrowReader {
    private final Schema schema;
    private final List<JdbcColumn> columns = new ArrayList<>();
    private @Nullable Connection connection;
    private @Nullable ResultSet rows;
    private long bytes;

    Reader(BufferAllocator own, Schema schema) {
      super(own);
      this.schema = schema;
    }

    @Override
    protected Schema readSchema() {
      return schema;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      prepareLoadNextBatch();
      synchronized (lock) {
        if (ended) {
          return false;
        }
      }
      VectorSchemaRoot root = getVectorSchemaRoot();
      try {
        check();
        int loaded = load(rows == null ? start(root) : rows, root);
        check();
        root.setRowCount(loaded);
        root.getFieldVectors().forEach(vector -> bytes += vector.getBufferSize());
        return loaded > 0;
      } catch (SQLException | RuntimeException e) {
        root.clear();
        check();
        end();
        throw read.errors().apply(e);
      }
    }

    private ResultSet start(VectorSchemaRoot root) throws SQLException {
      for (FieldVector vector : root.getFieldVectors()) {
        columns.add(JdbcColumn.of(vector, read.values(), losses::add));
      }
      Connection opened = read.connections().open();
      connection = opened;
      Statement made = opened.createStatement();
      made.setFetchSize(read.request().batchRows());
      synchronized (lock) {
        statement = made;
      }
      check();
      ResultSet started = made.executeQuery(read.request().sql());
      rows = started;
      if (started.getMetaData().getColumnCount() != columns.size()) {
        throw new KurobeException(
            ErrorCode.INTERNAL,
            "source " + read.source() + " gives another number of columns than was asked for");
      }
      return started;
    }

    private int load(ResultSet from, VectorSchemaRoot root) throws SQLException {
      root.getFieldVectors().forEach(FieldVector::allocateNew);
      int row = 0;
      while (row < read.request().batchRows()) {
        if (!from.next()) {
          end();
          break;
        }
        for (int i = 0; i < columns.size(); i++) {
          columns.get(i).read(from, i + 1, row);
        }
        row++;
      }
      return row;
    }

    private void end() {
      synchronized (lock) {
        ended = true;
      }
    }

    @Override
    public long bytesRead() {
      return bytes;
    }

    @Override
    protected void closeReadSource() throws IOException {
      try (Connection closing = connection;
          Statement running = statement;
          ResultSet reading = rows) {
        // Closed in the order of their dependence, whatever fails.
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }
}

package io.kurobe.adapters.jdbc;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.ArrowTypes;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC result set as Arrow batches of bounded rows. The query starts with the first batch; it
 * runs on a connection of its own, closed with the stream.
 *
 * <p>A driver may wait for a server that is silent, and nothing wakes it before the time-out of its
 * sockets. So the driver is used in a thread of the stream's own, and who reads waits for that: a
 * read that is cancelled, or whose time is over, fails at once, its memory is free, and the thread
 * closes what it holds at the server whenever the driver lets it go.
 */
public final class JdbcBatchStream implements BatchStream {
  private final JdbcRead read;
  private final BufferAllocator allocator;
  private final Reader reader;
  private final JdbcQuery query;
  private final CompletableFuture<Void> deadline;
  private final Set<Loss> losses = ConcurrentHashMap.newKeySet();

  /** Held while a row is written, so that no memory is touched once the stream was stopped. */
  private final Object lock = new Object();

  private @Nullable ExecutorService thread;
  private @Nullable CompletableFuture<Integer> loading;
  private @Nullable KurobeException stopped;
  private boolean ended;

  /**
   * Makes the stream; nothing runs yet.
   *
   * @param parent an allocator, of which the stream makes a child
   */
  public JdbcBatchStream(JdbcRead read, BufferAllocator parent) {
    this.read = read;
    this.query = new JdbcQuery(read);
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
    CompletableFuture<Integer> waiting;
    synchronized (lock) {
      if (stopped != null || ended) {
        return;
      }
      stopped = reason;
      waiting = loading;
      if (waiting != null) {
        query.cancel();
      }
      letGo();
    }
    if (waiting != null) {
      waiting.completeExceptionally(reason);
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

  /** Has the driver's thread fill a batch; null at the end. */
  private @Nullable CompletableFuture<Integer> begin(Consumer<CompletableFuture<Integer>> work) {
    synchronized (lock) {
      if (ended) {
        return null;
      }
      check();
      if (thread == null) {
        thread = Executors.newSingleThreadExecutor(this::thread);
      }
      var batch = new CompletableFuture<Integer>();
      loading = batch;
      thread.execute(() -> work.accept(batch));
      return batch;
    }
  }

  private Thread thread(Runnable work) {
    var made = new Thread(work, "kurobe-read " + read.source());
    made.setDaemon(true);
    return made;
  }

  /** The last that the driver's thread does. */
  private void letGo() {
    if (thread != null) {
      thread.execute(query::close);
      thread.shutdown();
    }
  }

  private void end() {
    synchronized (lock) {
      if (stopped == null && !ended) {
        ended = true;
        letGo();
      }
    }
  }

  private void check() {
    if (stopped != null) {
      throw stopped;
    }
  }

  private KurobeException failure(Throwable error) {
    synchronized (lock) {
      return stopped != null ? stopped : read.errors().apply(error);
    }
  }

  private final class Reader extends ArrowReader {
    private final Schema schema;
    private final List<JdbcColumn> columns = new ArrayList<>();
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
      VectorSchemaRoot root = getVectorSchemaRoot();
      if (columns.isEmpty()) {
        for (FieldVector vector : root.getFieldVectors()) {
          columns.add(JdbcColumn.of(vector, read.source(), read.values(), losses::add));
        }
      }
      CompletableFuture<Integer> batch = begin(loaded -> load(root, loaded));
      if (batch == null) {
        return false;
      }
      try {
        root.setRowCount(batch.join());
      } catch (CompletionException e) {
        root.clear();
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw failure(e.getCause());
      }
      root.getFieldVectors().forEach(vector -> bytes += vector.getBufferSize());
      return root.getRowCount() > 0;
    }

    /** Fills a batch, in the driver's thread. */
    private void load(VectorSchemaRoot root, CompletableFuture<Integer> batch) {
      try {
        int rows = fill(query.rows(), root);
        synchronized (lock) {
          loading = null;
        }
        batch.complete(rows);
      } catch (SQLException | RuntimeException | Error e) {
        end();
        batch.completeExceptionally(e);
      }
    }

    private int fill(ResultSet rows, VectorSchemaRoot root) throws SQLException {
      synchronized (lock) {
        check();
        root.getFieldVectors().forEach(FieldVector::allocateNew);
      }
      int row = 0;
      while (row < read.request().batchRows()) {
        if (!rows.next()) {
          end();
          break;
        }
        write(rows, row);
        row++;
      }
      return row;
    }

    private void write(ResultSet rows, int row) throws SQLException {
      synchronized (lock) {
        check();
        for (int i = 0; i < columns.size(); i++) {
          columns.get(i).read(rows, i + 1, row);
        }
      }
    }

    @Override
    public long bytesRead() {
      return bytes;
    }

    @Override
    protected void closeReadSource() {
      // The driver's thread does.
    }
  }
}

package io.kurobe.adapters.embedded;

import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/** The rows of one DuckDB query. The query starts with the first batch, in the reader's thread. */
final class DuckDbStream implements CancellableStream {
  private final DuckDBConnection connection;
  private final PreparedStatement statement;
  private final String sql;
  private final int batchRows;
  private final Function<Throwable, KurobeException> errors;
  private final Reader reader;
  private final DuckDbInterrupt interrupt;
  private final Set<Loss> losses = ConcurrentHashMap.newKeySet();

  /** Held while a batch is loaded, so that close waits for the native call to come back. */
  private final ReentrantLock loading = new ReentrantLock();

  /**
   * Makes a stream.
   *
   * @param statement what is run, closed by the stream
   * @param sql its text
   */
  DuckDbStream(
      DuckDBConnection connection,
      PreparedStatement statement,
      String sql,
      List<SqlType.Field> columns,
      BufferAllocator allocator,
      int batchRows,
      Function<Throwable, KurobeException> errors) {
    this.connection = connection;
    this.statement = statement;
    this.sql = sql;
    this.batchRows = batchRows;
    this.errors = errors;
    this.interrupt = new DuckDbInterrupt(connection);
    this.reader = new Reader(allocator, ArrowTypes.schema(columns));
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
    cancel(new KurobeException(ErrorCode.CANCELLED, "the query was cancelled"));
  }

  @Override
  public void cancel(KurobeException reason) {
    interrupt.cancel(reason);
  }

  @Override
  public void close() {
    if (!loading.tryLock()) {
      cancel();
      loading.lock();
    }
    try {
      reader.close();
    } catch (IOException e) {
      throw errors.apply(e);
    } finally {
      loading.unlock();
    }
  }

  private final class Reader extends ArrowReader {
    private final Schema schema;
    private @Nullable ArrowReader exported;
    private long bytes;
    private boolean ended;

    Reader(BufferAllocator allocator, Schema schema) {
      super(allocator);
      this.schema = schema;
    }

    @Override
    protected Schema readSchema() {
      return schema;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      loading.lock();
      try {
        prepareLoadNextBatch();
        if (ended) {
          return false;
        }
        interrupt.begin();
        try {
          boolean loaded = load();
          interrupt.check();
          ended = !loaded;
          return loaded;
        } catch (IOException | SQLException | RuntimeException e) {
          ended = true;
          getVectorSchemaRoot().clear();
          interrupt.check();
          throw errors.apply(isWithoutReason(e) ? reasonByRunningAgain(e) : e);
        } finally {
          interrupt.end();
        }
      } finally {
        loading.unlock();
      }
    }

    private boolean load() throws IOException, SQLException {
      ArrowReader from = exported == null ? start() : exported;
      if (!from.loadNextBatch()) {
        return false;
      }
      VectorSchemaRoot given = from.getVectorSchemaRoot();
      try (ArrowRecordBatch raw = new VectorUnloader(given).getRecordBatch();
          ArrowRecordBatch batch =
              VectorLayouts.adapt(
                  raw, given.getSchema().getFields(), schema.getFields(), allocator, losses::add)) {
        bytes += batch.computeBodyLength();
        new VectorLoader(getVectorSchemaRoot()).load(batch);
      }
      given.clear();
      InfiniteTimes.refuse(getVectorSchemaRoot());
      return true;
    }

    private ArrowReader start() throws SQLException {
      ResultSet rows = statement.executeQuery();
      ArrowReader reader =
          (ArrowReader)
              rows.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, (long) batchRows);
      exported = reader;
      return reader;
    }

    @Override
    public long bytesRead() {
      return bytes;
    }

    @Override
    protected void closeReadSource() throws IOException {
      try {
        if (exported != null) {
          exported.close();
        }
        statement.close();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }

  /** A streamed query that fails before its first row loses its message in the JDBC driver. */
  private static boolean isWithoutReason(Exception e) {
    return String.valueOf(e.getMessage()).contains("Invalid result set");
  }

  /**
   * The error of the same query read through the driver's chunks, which do tell it. It costs the
   * query's time to its first row once more; an interrupt ends it too.
   */
  private Exception reasonByRunningAgain(Exception withoutReason) {
    try (DuckDBPreparedStatement again = connection.prepare(sql);
        var chunks = again.query()) {
      chunks.nextChunk();
      return withoutReason;
    } catch (SQLException | RuntimeException e) {
      interrupt.check();
      return e;
    }
  }
}

package io.kurobe.planner.testing;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** One row of one BIGINT, which comes when the test lets it, unless the stream is cancelled. */
public final class ControlledStream implements BatchStream {
  private final CompletableFuture<Void> go;
  private final CompletableFuture<Void> outcome = new CompletableFuture<>();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ArrowReader reader;

  public ControlledStream(
      BufferAllocator allocator, List<SqlType.Field> columns, CompletableFuture<Void> go) {
    this.go = go;
    this.reader = new Reader(allocator, ArrowTypes.schema(columns));
  }

  /** Opens when the reader waits for the row. */
  public CountDownLatch reached() {
    return reached;
  }

  /** Opens when the stream is closed. */
  public CountDownLatch closed() {
    return closed;
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  @Override
  public void cancel() {
    outcome.completeExceptionally(new KurobeException(ErrorCode.CANCELLED, "the source stopped"));
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    closed.countDown();
  }

  private final class Reader extends ArrowReader {
    private final Schema schema;
    private boolean given;

    Reader(BufferAllocator allocator, Schema schema) {
      super(allocator);
      this.schema = schema;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      prepareLoadNextBatch();
      reached.countDown();
      go.whenComplete((done, error) -> outcome.complete(null));
      try {
        outcome.join();
      } catch (java.util.concurrent.CompletionException e) {
        throw (KurobeException) e.getCause();
      }
      if (given) {
        return false;
      }
      given = true;
      VectorSchemaRoot root = getVectorSchemaRoot();
      ((BigIntVector) root.getVector(0)).setSafe(0, 1);
      root.setRowCount(1);
      return true;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected Schema readSchema() {
      return schema;
    }

    @Override
    protected void closeReadSource() {}
  }
}

package io.kurobe.adapters.postgres;

import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.type.ArrowTypes;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a binary COPY as Arrow batches, bounded in rows and in bytes. One thread reads; it
 * may be closed by another, which stops a read under way. Once failed it fails again the same way,
 * even after it was closed.
 */
final class CopyReader extends ArrowReader {
  private static final long BATCH_BYTES = 8 << 20;
  private static final int FIRST_ROWS = 1024;

  private final ReadRequest request;
  private final CopySession session;
  private final PostgresErrors errors;
  private final CopyInput input;
  private final Schema schema;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Loss> losses = ConcurrentHashMap.newKeySet();
  private ColumnDecoder @Nullable [] decoders;
  private int expectedRows;
  private boolean ended;
  private @Nullable RuntimeException failure;

  CopyReader(
      BufferAllocator allocator, ReadRequest request, CopySession session, PostgresErrors errors) {
    super(allocator);
    this.request = request;
    this.session = session;
    this.errors = errors;
    this.input = new CopyInput(session::next, errors);
    this.schema = ArrowTypes.schema(request.columns());
    this.expectedRows = Math.min(request.batchRows(), FIRST_ROWS);
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
      prepareLoadNextBatch();
      if (ended) {
        return false;
      }
      int rows = decode();
      getVectorSchemaRoot().setRowCount(rows);
      return rows > 0;
    } catch (RuntimeException e) {
      // Native code between reader and user may lose it: whoever asks again gets it again.
      failure = e;
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private int decode() throws IOException {
    ColumnDecoder[] columns = decoders();
    for (ColumnDecoder column : columns) {
      column.start(expectedRows);
    }
    int rows = 0;
    long limit = input.bytesRead() + BATCH_BYTES;
    while (rows < request.batchRows() && input.bytesRead() < limit) {
      int fields = input.row();
      if (fields < 0) {
        ended = true;
        break;
      }
      if (fields != columns.length) {
        throw errors.protocol("a row has " + fields + " fields, not " + columns.length);
      }
      for (ColumnDecoder column : columns) {
        column.field(input, rows);
      }
      rows++;
    }
    for (ColumnDecoder column : columns) {
      column.finish(rows);
    }
    expectedRows = Math.max(rows, 1);
    return rows;
  }

  private ColumnDecoder[] decoders() throws IOException {
    if (decoders == null) {
      VectorSchemaRoot root = getVectorSchemaRoot();
      List<ColumnDecoder> list =
          IntStream.range(0, request.columns().size())
              .mapToObj(
                  i ->
                      ColumnDecoders.of(
                          request.columns().get(i).type(),
                          root.getVector(i),
                          new Values(errors, request.columns().get(i).name(), losses::add)))
              .toList();
      decoders = list.toArray(ColumnDecoder[]::new);
    }
    return decoders;
  }

  /** What values have lost so far. */
  Set<Loss> losses() {
    return Set.copyOf(losses);
  }

  @Override
  public long bytesRead() {
    return input.bytesRead();
  }

  @Override
  protected Schema readSchema() {
    return schema;
  }

  @Override
  public void close() throws IOException {
    if (!lock.tryLock()) {
      session.cancel();
      lock.lock();
    }
    try {
      super.close();
    } finally {
      lock.unlock();
    }
  }

  @Override
  protected void closeReadSource() {
    ended = true;
    session.close();
  }
}

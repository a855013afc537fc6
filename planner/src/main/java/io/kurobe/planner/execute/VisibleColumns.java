package io.kurobe.planner.execute;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.batch.Loss;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** A stream of the first columns of another, whose further columns only ordered its rows. */
final class VisibleColumns implements BatchStream {
  private final BatchStream whole;
  private final ArrowReader reader;

  VisibleColumns(BatchStream whole, int count, BufferAllocator allocator) {
    this.whole = whole;
    this.reader = new Reader(allocator, count);
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  @Override
  public Set<Loss> losses() {
    return whole.losses();
  }

  @Override
  public void cancel() {
    whole.cancel();
  }

  @Override
  public void close() {
    whole.close();
  }

  private final class Reader extends ForwardingReader {
    private final int count;
    private @Nullable VectorSchemaRoot visible;

    Reader(BufferAllocator allocator, int count) {
      super(allocator);
      this.count = count;
    }

    @Override
    protected ArrowReader delegate() {
      return whole.reader();
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
      if (visible == null) {
        VectorSchemaRoot all = delegate().getVectorSchemaRoot();
        List<FieldVector> first = all.getFieldVectors().subList(0, count);
        visible = new VectorSchemaRoot(first);
        visible.setRowCount(all.getRowCount());
      }
      return visible;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      boolean more = delegate().loadNextBatch();
      // The vectors may be others now, as an import through the C interface makes new ones.
      VectorSchemaRoot all = delegate().getVectorSchemaRoot();
      visible = new VectorSchemaRoot(all.getFieldVectors().subList(0, count));
      visible.setRowCount(all.getRowCount());
      return more;
    }

    @Override
    public long bytesRead() {
      return delegate().bytesRead();
    }

    @Override
    protected void closeReadSource() {
      whole.close();
    }
  }
}

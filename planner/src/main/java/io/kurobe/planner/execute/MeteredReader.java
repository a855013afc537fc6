package io.kurobe.planner.execute;

import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Counts the rows and bytes that pass. */
class MeteredReader extends ForwardingReader {
  private final ArrowReader delegate;
  private final FragmentMeter meter;

  MeteredReader(BufferAllocator allocator, ArrowReader delegate, FragmentMeter meter) {
    super(allocator);
    this.delegate = delegate;
    this.meter = meter;
  }

  @Override
  protected ArrowReader delegate() {
    return delegate;
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    boolean more = delegate.loadNextBatch();
    if (more) {
      long bytes = 0;
      for (FieldVector vector : delegate.getVectorSchemaRoot().getFieldVectors()) {
        bytes += vector.getBufferSize();
      }
      meter.passed(delegate.getVectorSchemaRoot().getRowCount(), bytes);
    }
    return more;
  }

  @Override
  public long bytesRead() {
    return delegate.bytesRead();
  }

  @Override
  protected void closeReadSource() throws IOException {
    delegate.close();
  }
}

package io.kurobe.planner.execute;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.batch.Loss;
import java.io.IOException;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/** A stream whose rows, bytes and time are counted. */
final class MeteredStream implements BatchStream {
  private final BatchStream stream;
  private final ArrowReader reader;

  MeteredStream(BatchStream stream, FragmentMeter meter, BufferAllocator allocator) {
    this.stream = stream;
    this.reader =
        new MeteredReader(allocator, stream.reader(), meter) {
          @Override
          public boolean loadNextBatch() throws IOException {
            long start = System.nanoTime();
            boolean more = false;
            try {
              more = super.loadNextBatch();
              return more;
            } finally {
              if (!more) {
                meter.ended();
              }
              meter.took(System.nanoTime() - start);
            }
          }
        };
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  @Override
  public Set<Loss> losses() {
    return stream.losses();
  }

  @Override
  public void cancel() {
    stream.cancel();
  }

  @Override
  public void close() {
    stream.close();
  }
}

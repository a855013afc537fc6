package io.kurobe.adapters.resilience;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.error.KurobeException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A stream whose first batch, and whose failure, the source's breaker learns of. */
final class GuardedStream implements BatchStream {
  private final BatchStream stream;
  private final ArrowReader reader;

  GuardedStream(BatchStream stream, SourceBreaker breaker, BufferAllocator allocator) {
    this.stream = stream;
    this.reader = new GuardedReader(stream.reader(), breaker, allocator);
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

  private static final class GuardedReader extends ArrowReader {
    private final ArrowReader reader;
    private final SourceBreaker breaker;
    private boolean answered;

    GuardedReader(ArrowReader reader, SourceBreaker breaker, BufferAllocator allocator) {
      super(allocator);
      this.reader = reader;
      this.breaker = breaker;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      try {
        boolean more = reader.loadNextBatch();
        if (!answered) {
          answered = true;
          breaker.answered();
        }
        return more;
      } catch (KurobeException e) {
        breaker.met(e);
        throw e;
      }
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
      return reader.getVectorSchemaRoot();
    }

    @Override
    public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
      return reader.getDictionaryVectors();
    }

    @Override
    public @Nullable Dictionary lookup(long id) {
      return reader.lookup(id);
    }

    @Override
    public Set<Long> getDictionaryIds() {
      return reader.getDictionaryIds();
    }

    @Override
    public long bytesRead() {
      return reader.bytesRead();
    }

    @Override
    protected Schema readSchema() throws IOException {
      return reader.getVectorSchemaRoot().getSchema();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }

    @Override
    public void close(boolean closeReadSource) throws IOException {
      reader.close(closeReadSource);
    }

    @Override
    protected void closeReadSource() {}
  }
}

package io.kurobe.adapters.postgres;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.io.IOException;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream of one COPY: its reader, its session and the memory of its batches. */
final class PostgresStream implements BatchStream {
  private static final Logger log = LoggerFactory.getLogger(PostgresStream.class);

  private final BufferAllocator allocator;
  private final CopySession session;
  private final CopyReader reader;

  PostgresStream(BufferAllocator allocator, CopySession session, CopyReader reader) {
    this.allocator = allocator;
    this.session = session;
    this.reader = reader;
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  @Override
  public Set<Loss> losses() {
    return reader.losses();
  }

  @Override
  public void cancel() {
    session.cancel();
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "the batches did not close", e);
    } finally {
      try {
        allocator.close();
      } catch (IllegalStateException e) {
        // A consumer still holds a batch; its memory goes with the last reference.
        log.warn("closed while batches were in use: {}", allocator.getName());
      }
    }
  }
}

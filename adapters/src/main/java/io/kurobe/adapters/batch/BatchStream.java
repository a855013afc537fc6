package io.kurobe.adapters.batch;

import java.util.Set;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Rows on their way up, as Arrow record batches. One thread reads; {@link #cancel} may come from
 * any other. The reader owns its vectors: a batch is valid until the next is loaded or the stream
 * is closed. Whoever got the stream closes it, which also frees what it holds at the source.
 */
public interface BatchStream extends AutoCloseable {
  /** The reader; its errors are {@link io.kurobe.adapters.error.KurobeException}s. */
  ArrowReader reader();

  /**
   * Stops the work at the source and makes a waiting reader fail with CANCELLED. Returns at once;
   * without effect on a stream that has ended.
   */
  void cancel();

  /** What values have lost so far; complete once the last batch was read. */
  default Set<Loss> losses() {
    return Set.of();
  }

  @Override
  void close();
}

package io.kurobe.adapters.embedded;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.KurobeException;

/** A stream that can be cancelled for another reason than its user's wish, such as a deadline. */
public interface CancellableStream extends BatchStream {
  /** As {@link #cancel()}, and makes the reader fail with this. */
  void cancel(KurobeException reason);
}

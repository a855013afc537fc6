package io.kurobe.server.store;

import io.kurobe.adapters.error.KurobeException;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked for with every statement and seldom changes: read when the store is opened and
 * after each change. Of a store that others may change it is read again after a moment. Threads
 * share it.
 *
 * @param <T> what is read, which does not change and has equals
 */
final class RowsInMemory<T> {
  private static final Logger LOG = LoggerFactory.getLogger(RowsInMemory.class);

  /** How long what another gateway changed may go unseen. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  /** What is kept, with the number that grows with every change. */
  private record Known<T>(T rows, long version) {
    Known<T> next(T read) {
      return read.equals(rows) ? this : new Known<>(read, version + 1);
    }
  }

  private final StateStore store;
  private final String name;
  private final Function<Handle, T> load;
  private volatile Known<T> known;
  private volatile long readAt;

  /**
   * Reads them.
   *
   * @param name what they are, for the log
   */
  RowsInMemory(StateStore store, String name, Function<Handle, T> load) {
    this.store = store;
    this.name = name;
    this.load = load;
    this.known = new Known<>(store.inTransaction(load), 1);
    this.readAt = System.nanoTime();
  }

  T rows() {
    return fresh().rows();
  }

  /** Grows when they change. */
  long version() {
    return fresh().version();
  }

  /** Changes them in the store, and reads them in the same transaction. */
  synchronized <R> R change(Function<Handle, R> change) {
    record Changed<R, T>(R result, T rows) {}
    Changed<R, T> changed =
        store.inTransaction(handle -> new Changed<>(change.apply(handle), load.apply(handle)));
    known = known.next(changed.rows());
    return changed.result();
  }

  private Known<T> fresh() {
    if (store.isShared() && System.nanoTime() - readAt > FRESH.toNanos()) {
      readAgain();
    }
    return known;
  }

  /** Of those who come at once one reads; a store that does not answer leaves what was known. */
  private synchronized void readAgain() {
    if (System.nanoTime() - readAt <= FRESH.toNanos()) {
      return;
    }
    try {
      known = known.next(store.inTransaction(load));
    } catch (KurobeException e) {
      LOG.warn("{} could not be read again: {}", name, e.getMessage());
    }
    readAt = System.nanoTime();
  }
}

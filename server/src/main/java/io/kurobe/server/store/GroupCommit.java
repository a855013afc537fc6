package io.kurobe.server.store;

import static java.util.Objects.requireNonNull;

import io.kurobe.server.store.Database.Survives;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;

/**
 * One thread that writes down what many hand it, together in one transaction, so that many wait for
 * one turn of the disk. What nobody waits for yet may lie for a moment, so that it goes with what
 * comes after it: a short statement's beginning with its end.
 */
final class GroupCommit implements AutoCloseable {
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_AT_ONCE = 500;
  private static final Duration MOMENT = Duration.ofMillis(50);

  /** Writes one kind of entries; called by the one thread. */
  interface Lane<T> {
    /** Writes entries in their order, within a transaction. */
    void insert(Handle handle, List<T> entries);

    /** What its entries are to survive. */
    default Survives survives() {
      return Survives.A_LOST_MACHINE;
    }

    /** The transaction was committed, or was not, or nobody knows. */
    default void settled(boolean committed) {}
  }

  private record Item<T>(Lane<T> lane, T entry, CompletableFuture<Void> written) {}

  private final StateStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread writer;

  // Guarded by the lock.
  private final Deque<Item<?>> waiting = new ArrayDeque<>();
  private long oldestSince;
  private boolean hurried;
  private boolean closing;

  GroupCommit(StateStore store) {
    this.store = requireNonNull(store, "store is null");
    this.writer = new Thread(this::run, "state-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Takes an entry.
   *
   * @return completes once it survives the process, or with why it does not; empty if there are too
   *     many before it
   */
  <T> Optional<CompletableFuture<Void>> write(Lane<T> lane, T entry) {
    lock.lock();
    try {
      if (waiting.size() >= MOST_WAITING) {
        return Optional.empty();
      }
      if (waiting.isEmpty()) {
        oldestSince = System.nanoTime();
        changed.signal();
      }
      Item<T> item = new Item<>(lane, entry, new CompletableFuture<>());
      waiting.add(item);
      return Optional.of(item.written());
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing of what is here lie any longer. */
  void hurry() {
    lock.lock();
    try {
      if (!waiting.isEmpty()) {
        hurried = true;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    List<Item<?>> batch = take();
    while (!batch.isEmpty()) {
      Map<Lane<?>, List<Item<?>>> lanes = new LinkedHashMap<>();
      batch.forEach(
          item -> lanes.computeIfAbsent(item.lane(), lane -> new ArrayList<>()).add(item));
      if (!commit(lanes) && lanes.size() > 1) {
        // What is wrong with the entries of one kind is not to hold up the others.
        lanes.forEach((lane, items) -> commit(Map.of(lane, items)));
      }
      batch.forEach(item -> item.written().complete(null));
      batch = take();
    }
  }

  /** Waits for something to write; empty once it is closed and all was taken. */
  private List<Item<?>> take() {
    lock.lock();
    try {
      while (!closing && !isDue()) {
        if (waiting.isEmpty()) {
          changed.awaitUninterruptibly();
        } else {
          changed.awaitNanos(MOMENT.toNanos() - (System.nanoTime() - oldestSince));
        }
      }
      List<Item<?>> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < MOST_AT_ONCE) {
        batch.add(waiting.poll());
      }
      hurried = hurried && !waiting.isEmpty();
      oldestSince = System.nanoTime();
      return batch;
    } catch (InterruptedException e) {
      // Nobody interrupts this thread but whoever ends the process.
      closing = true;
      return new ArrayList<>(waiting);
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    return !waiting.isEmpty()
        && (hurried
            || waiting.size() >= MOST_AT_ONCE
            || System.nanoTime() - oldestSince >= MOMENT.toNanos());
  }

  /** False if another try with fewer lanes may do; whoever waits is told if there is none. */
  private boolean commit(Map<Lane<?>, List<Item<?>>> lanes) {
    boolean committed = false;
    Survives most =
        lanes.keySet().stream()
            .map(Lane::survives)
            .max(Comparator.naturalOrder())
            .orElse(Survives.A_LOST_MACHINE);
    try {
      store.inTransaction(
          most,
          handle -> {
            lanes.forEach((lane, items) -> insert(handle, lane, items));
            return true;
          });
      committed = true;
    } catch (RuntimeException e) {
      if (lanes.size() == 1) {
        lanes.values().forEach(items -> items.forEach(i -> i.written().completeExceptionally(e)));
      }
    } finally {
      boolean done = committed;
      lanes.keySet().forEach(lane -> lane.settled(done));
    }
    return committed;
  }

  @SuppressWarnings("unchecked") // An item's entry is of its lane's type.
  private static <T> void insert(Handle handle, Lane<T> lane, List<Item<?>> items) {
    lane.insert(handle, items.stream().map(item -> (T) item.entry()).toList());
  }

  /** Writes what is left. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      writer.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

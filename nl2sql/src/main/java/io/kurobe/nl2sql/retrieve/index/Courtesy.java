package io.kurobe.nl2sql.retrieve.index;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets what works in the background step back while somebody waits for an answer. */
final class Courtesy {
  /** How long it steps back at most, so that it gets somewhere under steady load. */
  private static final Duration LONGEST = Duration.ofMillis(500);

  private static final Duration STEP = Duration.ofMillis(5);

  private final AtomicInteger visitors = new AtomicInteger();

  /** Somebody waits, until what is returned is run. */
  Runnable visit() {
    visitors.incrementAndGet();
    return visitors::decrementAndGet;
  }

  /** Returns when nobody waits, or it has taken long enough. */
  void give() {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (visitors.get() > 0 && System.nanoTime() < end) {
      try {
        Thread.sleep(STEP.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}

package io.kurobe.server.statement;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that plan, start and read statements. Platform threads, because the native code
 * beneath would pin virtual ones; with deep stacks, because parsers recurse as deep as a statement
 * nests.
 */
final class Workers implements Executor, AutoCloseable {
  private static final long STACK_BYTES = 8L << 20;

  private final ThreadPoolExecutor pool;

  Workers(int most) {
    AtomicInteger count = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            0,
            most,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread =
                  new Thread(null, work, "statement-" + count.incrementAndGet(), STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Runs at once; refuses if all threads are at work. */
  @Override
  public void execute(Runnable work) {
    pool.execute(work);
  }

  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

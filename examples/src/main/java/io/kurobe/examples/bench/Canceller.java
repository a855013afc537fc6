package io.kurobe.examples.bench;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Cancels statements of other threads after some time. Threads share it. */
final class Canceller implements AutoCloseable {
  private static final int THREADS = 4;
  private static final long AGAIN_MILLIS = 100;

  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS);

  /**
   * Cancels a statement, again and again until the future is cancelled: JDBC ignores a cancel that
   * comes before the execution has begun.
   */
  Future<?> cancelAfter(Statement statement, long millis) {
    return clock.scheduleWithFixedDelay(
        () -> cancel(statement), millis, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // It has just ended; if it has not, whoever executes it says what is wrong.
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}

package io.kurobe.planner.ask;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.Execution;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads short results on threads of its own. A thread that waits for a source does not hear that it
 * is interrupted; one that waits for such a thread does, has the read cancelled and goes on. Its
 * threads end when they have nothing to do. Threads share it.
 */
public final class BriefReads {
  private static final int MOST_AT_WORK = 16;
  private static final int IDLE_SECONDS = 30;

  /** How long a read that was cancelled is waited for. */
  private static final Duration HOMECOMING = Duration.ofMillis(100);

  /** Reads from an execution, which is closed after it. */
  interface Reader<T> {
    T read(Execution execution) throws IOException;
  }

  private final ExecutorService threads;

  public BriefReads() {
    var count = new AtomicInteger();
    var pool =
        new ThreadPoolExecutor(
            MOST_AT_WORK,
            MOST_AT_WORK,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "kurobe-brief-read-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  /**
   * What is read.
   *
   * @param execution closed by this, soon after it returns at the latest
   * @throws KurobeException TIMEOUT if it takes longer, CANCELLED if the calling thread is
   *     interrupted, or what reading comes to
   */
  <T> T read(Execution execution, Duration patience, Reader<T> reader) {
    Future<T> reading;
    try {
      reading = threads.submit(() -> closing(execution, reader));
    } catch (RuntimeException e) {
      execution.close();
      throw e;
    }
    try {
      return reading.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      abandon(execution, reading);
      throw new KurobeException(
          ErrorCode.TIMEOUT, "it took longer than " + patience.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      abandon(execution, reading);
      Thread.currentThread().interrupt();
      throw new KurobeException(ErrorCode.CANCELLED, "the statement was cancelled", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KurobeException known) {
        throw known;
      }
      throw new KurobeException(ErrorCode.INTERNAL, "reading rows failed: " + e.getCause(), e);
    }
  }

  private static <T> T closing(Execution execution, Reader<T> reader) throws IOException {
    try (execution) {
      return reader.read(execution);
    }
  }

  /** Has it stopped at its source, and gives it a moment to come home. */
  private static void abandon(Execution execution, Future<?> reading) {
    // A source may take its time to let itself be cancelled.
    CompletableFuture.runAsync(execution::cancel);
    try {
      reading.get(HOMECOMING.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // It failed because it was cancelled, or does so later.
    }
  }
}

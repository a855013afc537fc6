package io.kurobe.driver;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What is done while its caller goes on: the next page of a result, and telling that something is
 * closed. A thread for each, of which there are as many as results are being read; they end when
 * nothing came for a moment, so that a driver which is not used any more can be unloaded.
 */
final class Ahead {
  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), Ahead::thread);

  private Ahead() {}

  /** Does something; completes with what comes of it, or with why it failed. */
  static <T> CompletableFuture<T> of(Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    THREADS.execute(
        () -> {
          try {
            done.complete(work.call());
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "kurobe-jdbc-ahead");
    thread.setDaemon(true);
    // It outlives whoever made it, whose class loader is not to be held by it.
    thread.setContextClassLoader(null);
    return thread;
  }
}

package io.kurobe.planner.execute;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.fragment.SourceFragment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One relation's staging: waiting for a thread, at work, or done. One that still waits when its
 * query is cancelled is over at once, so that a query that ends does not wait for the threads of
 * others.
 */
final class StagingLoad {
  private final SourceFragment fragment;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final AtomicBoolean taken = new AtomicBoolean();

  StagingLoad(SourceFragment fragment) {
    this.fragment = fragment;
  }

  /** What is staged. */
  SourceFragment fragment() {
    return fragment;
  }

  /** Has work done on one of the threads. */
  void submit(Executor threads, Runnable work) {
    try {
      threads.execute(
          () -> {
            if (taken.compareAndSet(false, true)) {
              run(work);
            }
          });
    } catch (RejectedExecutionException e) {
      taken.set(true);
      done.completeExceptionally(
          new KurobeException(ErrorCode.SHUTTING_DOWN, "the gateway is shutting down", e));
    }
  }

  private void run(Runnable work) {
    try {
      work.run();
      done.complete(null);
    } catch (Throwable e) {
      done.completeExceptionally(e);
    }
  }

  /** Ends it if it has not begun; one at work ends by itself when its stream is cancelled. */
  void cancel() {
    if (taken.compareAndSet(false, true)) {
      done.completeExceptionally(
          new KurobeException(ErrorCode.CANCELLED, "the query was cancelled"));
    }
  }

  /** Completes when nothing of it is at work any more. */
  CompletableFuture<Void> done() {
    return done;
  }
}

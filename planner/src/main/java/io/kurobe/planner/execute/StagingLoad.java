package io.kurobe.planner.execute;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.fragment.SourceFragment;
import java.util.List;
import java.util.Optional;
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
  private final String relation;
  private final Optional<SourceFragment> fragment;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * Makes one that has not begun.
   *
   * @param fragment what is staged; empty where the engine computes the relation
   */
  StagingLoad(String relation, Optional<SourceFragment> fragment) {
    this.relation = relation;
    this.fragment = fragment;
  }

  /** The relation that it fills. */
  String relation() {
    return relation;
  }

  /** What is staged; empty where the engine computes the relation. */
  Optional<SourceFragment> fragment() {
    return fragment;
  }

  /** Has work done once others have ended well; without them there is nothing to do. */
  void submitAfter(List<StagingLoad> others, Executor threads, Runnable work) {
    CompletableFuture.allOf(
            others.stream().map(StagingLoad::done).toArray(CompletableFuture[]::new))
        .whenComplete(
            (done, error) -> {
              if (error == null) {
                submit(threads, work);
              } else {
                cancel();
              }
            });
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

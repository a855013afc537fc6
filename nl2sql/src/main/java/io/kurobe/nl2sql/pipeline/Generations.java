package io.kurobe.nl2sql.pipeline;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Generator;
import io.kurobe.nl2sql.generate.Proposal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs the generators of one question at the same time, each within a time. One that fails or is
 * late is a step of the trace; it is an error only if no other has anything to propose. Threads
 * share it; its own end when they have nothing to do.
 */
final class Generations {
  private static final int MOST_AT_WORK = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** A proposal, and whether it is Kurobe's SQL as it stands. */
  record Proposed(Proposal proposal, boolean ours) {}

  /**
   * What came of it.
   *
   * @param proposals in the order of the generators
   * @param failures of those that have none
   */
  record Outcome(List<Proposed> proposals, List<KurobeException> failures) {}

  private final ThreadPoolExecutor executor;

  Generations() {
    var threads = new AtomicInteger();
    executor =
        new ThreadPoolExecutor(
            MOST_AT_WORK,
            MOST_AT_WORK,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "kurobe-generate-" + threads.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Asks all generators.
   *
   * @throws KurobeException CANCELLED if the calling thread is interrupted
   */
  Outcome run(List<Generator> generators, GenerationTask task) {
    List<Proposed> proposals = new ArrayList<>();
    List<KurobeException> failures = new ArrayList<>();
    if (generators.size() == 1) {
      Generator only = generators.get(0);
      take(only, () -> only.propose(task), task, proposals, failures);
      return new Outcome(proposals, failures);
    }
    List<Future<List<Proposal>>> running =
        generators.stream().map(each -> executor.submit(() -> each.propose(task))).toList();
    long until = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (int i = 0; i < generators.size(); i++) {
        Future<List<Proposal>> future = running.get(i);
        take(generators.get(i), () -> await(future, until), task, proposals, failures);
      }
    } finally {
      running.forEach(future -> future.cancel(true));
    }
    return new Outcome(proposals, failures);
  }

  /**
   * Does several things at the same time, each within the generators' time; what fails has nothing.
   *
   * @throws KurobeException CANCELLED if the calling thread is interrupted
   */
  <T> Map<String, Optional<T>> atOnce(Map<String, Supplier<Optional<T>>> work) {
    Map<String, Future<Optional<T>>> running = new LinkedHashMap<>();
    work.forEach((key, each) -> running.put(key, executor.submit(each::get)));
    long until = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Optional<T>> done = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Future<Optional<T>>> each : running.entrySet()) {
        try {
          done.put(each.getKey(), await(each.getValue(), until));
        } catch (KurobeException e) {
          if (e.code() == ErrorCode.CANCELLED) {
            throw e;
          }
          done.put(each.getKey(), Optional.empty());
        }
      }
    } finally {
      running.values().forEach(future -> future.cancel(true));
    }
    return done;
  }

  private interface Answer {
    List<Proposal> get();
  }

  private static void take(
      Generator generator,
      Answer answer,
      GenerationTask task,
      List<Proposed> proposals,
      List<KurobeException> failures) {
    long since = System.nanoTime();
    try {
      List<Proposal> proposed = answer.get();
      long tokens = proposed.stream().mapToLong(Proposal::tokens).sum();
      task.trace()
          .add(
              "generate",
              generator.name(),
              proposed.size() == 1 ? "1 proposal" : proposed.size() + " proposals",
              "proposed",
              null,
              since,
              tokens == 0 ? null : tokens);
      proposed.forEach(each -> proposals.add(new Proposed(each, generator.writesOurSql())));
    } catch (KurobeException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      failures.add(e);
      task.trace().add("generate", generator.name(), e.getMessage(), "failed", null, since, null);
    }
  }

  private static <T> T await(Future<T> future, long until) {
    try {
      return future.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new KurobeException(
          ErrorCode.MODEL_UNAVAILABLE, "no answer within " + PATIENCE.toSeconds() + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KurobeException(ErrorCode.CANCELLED, "the question was cancelled", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KurobeException failure) {
        throw failure;
      }
      throw new KurobeException(ErrorCode.INTERNAL, "a generator failed: " + e.getCause(), e);
    }
  }
}

package io.kurobe.driver;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The life of one statement as far as ending it early goes: what {@code cancel()} and the time-out
 * do, and which error the thread that waits then sees.
 *
 * <p>Avatica's {@code Statement.cancel()} is synchronized on the statement, so it waits for the
 * very query it should end. Here no lock is taken: a cancel is an exchange of its own, the server
 * ends the query, and the pending exchange returns its error. Where the server has then forgotten
 * the statement, {@link #begin} tells the owner to get a new one.
 */
final class Cancellation {
  /** What the server did about a cancel. */
  enum Outcome {
    /** What ran ends; the statement may run again. */
    ENDED,
    /** The statement is closed. */
    FORGOTTEN,
    /** It knew of nothing that runs: the cancel overtook the request that runs it, or was late. */
    NOTHING_RUNS
  }

  /** Tells the server to end what runs on a statement; called from any thread. */
  interface OnServer {
    Outcome cancel() throws SQLException;
  }

  private static final int MOST_TRIES = 200;
  private static final int MILLIS_BETWEEN_TRIES = 10;

  private final OnServer server;
  private volatile boolean active;
  private volatile boolean waiting;
  private volatile boolean cancelled;
  private volatile boolean timedOut;
  private volatile boolean lost;

  /** A cancellation of a statement that is not running. */
  Cancellation(OnServer server) {
    this.server = server;
  }

  /**
   * Marks the start of an execution.
   *
   * @return whether the server no longer knows the statement, so that the owner needs a new one and
   *     then calls {@link #renewed}
   */
  boolean begin() {
    cancelled = false;
    timedOut = false;
    active = true;
    return lost;
  }

  /** Marks that the owner has a statement again that the server knows. */
  void renewed() {
    lost = false;
  }

  /** Marks that there is nothing more to cancel: no result, or the result was read or closed. */
  void end() {
    active = false;
  }

  /** Ends what runs, if anything does; returns when the server has taken note. */
  void cancel() throws SQLException {
    if (!active) {
      return;
    }
    cancelled = true;
    try {
      onServer();
    } catch (RuntimeException e) {
      throw SqlErrors.translate(e);
    }
  }

  /** Ends what runs before its statement is closed by another thread than the one that waits. */
  void close() {
    if (waiting) {
      try {
        cancel();
      } catch (SQLException e) {
        // The statement is closed all the same; the server ends what it knows of in time.
      }
    }
  }

  private void onServer() throws SQLException {
    Outcome outcome = server.cancel();
    for (int i = 0; outcome == Outcome.NOTHING_RUNS && waiting && i < MOST_TRIES; i++) {
      try {
        TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_TRIES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      outcome = server.cancel();
    }
    if (outcome == Outcome.FORGOTTEN) {
      lost = true;
    }
  }

  /** Throws if the statement was cancelled or ran out of time. */
  void check(int timeoutSeconds) throws SQLException {
    if (timedOut) {
      throw SqlErrors.timedOut(timeoutSeconds);
    }
    if (cancelled) {
      throw SqlErrors.cancelled();
    }
  }

  /**
   * Runs a part of the statement that waits for the server.
   *
   * @param timeoutSeconds after how many seconds to cancel; 0 means never
   */
  <T> T run(int timeoutSeconds, Callable<T> call) throws SQLException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (timeoutSeconds > 0) {
      CompletableFuture<Void> unused =
          done.orTimeout(timeoutSeconds, TimeUnit.SECONDS)
              .whenCompleteAsync((nothing, problem) -> expire(problem));
    }
    waiting = true;
    try {
      // A cancel since the beginning found nothing at the server, and nobody who waits.
      check(timeoutSeconds);
      return call.call();
    } catch (Exception e) {
      SQLException problem = SqlErrors.translate(e);
      if (SqlErrors.NO_SUCH_STATEMENT.equals(problem.getSQLState())) {
        lost = true;
      }
      if (!cancelled && isGivenUp(problem)) {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(this::endUnawaited);
      }
      if (timedOut || !SqlErrors.CANCELLED.equals(problem.getSQLState())) {
        check(timeoutSeconds);
      }
      throw problem;
    } finally {
      waiting = false;
      done.complete(null);
    }
  }

  /**
   * Whether the client waits no longer for an answer that the server may still be about to give.
   */
  private static boolean isGivenUp(SQLException problem) {
    return SqlErrors.CONNECTION_LOST.equals(problem.getSQLState())
        || (SqlErrors.CANCELLED.equals(problem.getSQLState())
            && Thread.currentThread().isInterrupted());
  }

  private void endUnawaited() {
    try {
      onServer();
    } catch (SQLException | RuntimeException e) {
      // It is gone, or ends in time what nobody fetches.
    }
  }

  private void expire(Throwable problem) {
    if (problem instanceof TimeoutException && active) {
      timedOut = true;
      cancelled = true;
      try {
        onServer();
      } catch (SQLException | RuntimeException e) {
        // Whoever waits for the statement is told what is wrong with the server.
      }
    }
  }
}

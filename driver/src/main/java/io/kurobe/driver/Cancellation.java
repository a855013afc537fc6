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
 * very query it should end. Here no lock is taken: a cancel closes the statement on the server
 * through an exchange of its own, the server ends the query, and the pending exchange returns its
 * error. The server has then forgotten the statement; {@link #begin} tells the owner to get a new
 * one.
 */
final class Cancellation {
  private final Runnable closeOnServer;
  private volatile boolean active;
  private volatile boolean cancelled;
  private volatile boolean timedOut;
  private volatile boolean lost;

  /**
   * A cancellation of a statement that is not running.
   *
   * @param closeOnServer closes the statement on the server; called from any thread
   */
  Cancellation(Runnable closeOnServer) {
    this.closeOnServer = closeOnServer;
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
    lost = true;
    try {
      closeOnServer.run();
    } catch (RuntimeException e) {
      throw SqlErrors.translate(e);
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
    try {
      return call.call();
    } catch (Exception e) {
      SQLException problem = SqlErrors.translate(e);
      if (SqlErrors.NO_SUCH_STATEMENT.equals(problem.getSQLState())) {
        lost = true;
      }
      if (timedOut || !SqlErrors.CANCELLED.equals(problem.getSQLState())) {
        check(timeoutSeconds);
      }
      throw problem;
    } finally {
      done.complete(null);
    }
  }

  private void expire(Throwable problem) {
    if (problem instanceof TimeoutException && active) {
      timedOut = true;
      cancelled = true;
      lost = true;
      closeOnServer.run();
    }
  }
}

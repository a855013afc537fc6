package io.kurobe.server.statement;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where finished statements are written down. Never waits and never fails; threads share it. */
public interface History {
  /**
   * Writes one down, at some time soon.
   *
   * @return completes, never with an error, when it survives the process, or when it is certain
   *     that it will not
   */
  CompletableFuture<Void> record(Entry entry);

  /** The last that were written down, the latest first. */
  default List<Entry> latest(int most) {
    return List.of();
  }

  /** Writes nothing down. */
  History NONE = entry -> CompletableFuture.completedFuture(null);

  /**
   * A statement that has ended.
   *
   * @param queryId its id
   * @param principal who sent it
   * @param sql its text
   * @param kind QUERY or COMMAND; empty if it was never understood
   * @param rows how many rows were given
   * @param outcome how it ended
   * @param sqlState the error's SQLSTATE; empty if there was none
   */
  record Entry(
      String queryId,
      String principal,
      String sql,
      Optional<String> kind,
      Instant started,
      Instant ended,
      long rows,
      Outcome outcome,
      Optional<String> sqlState) {
    public Entry {
      requireNonNull(queryId, "queryId is null");
      requireNonNull(principal, "principal is null");
      requireNonNull(sql, "sql is null");
      requireNonNull(kind, "kind is null");
      requireNonNull(started, "started is null");
      requireNonNull(ended, "ended is null");
      requireNonNull(outcome, "outcome is null");
      requireNonNull(sqlState, "sqlState is null");
    }
  }

  /** How a statement ended. */
  enum Outcome {
    FINISHED,
    /** The client closed it before the last row. */
    CLOSED,
    CANCELLED,
    FAILED
  }
}

package io.kurobe.server.statement;

import io.kurobe.planner.Execution.Progress;
import java.time.Instant;
import java.util.Optional;

/**
 * A statement at work or waiting for that, as {@code system.runtime.queries} shows it.
 *
 * @param rows how many rows were given so far
 * @param progress what its parts have done; empty while it is planned
 */
public record RunningQuery(
    String queryId,
    String principal,
    String sql,
    State state,
    Instant started,
    long rows,
    Optional<Progress> progress) {
  /** What it is doing. */
  public enum State {
    /** It waits for others to end. */
    QUEUED,
    PLANNING,
    RUNNING
  }
}

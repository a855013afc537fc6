package io.kurobe.server.statement;

import java.time.Instant;

/**
 * A statement at work or waiting for that, as {@code system.runtime.queries} shows it.
 *
 * @param rows how many rows were given so far
 */
public record RunningQuery(
    String queryId, String principal, String sql, State state, Instant started, long rows) {
  /** What it is doing. */
  public enum State {
    /** It waits for others to end. */
    QUEUED,
    PLANNING,
    RUNNING
  }
}

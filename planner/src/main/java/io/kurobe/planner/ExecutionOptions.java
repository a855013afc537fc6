package io.kurobe.planner;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How one execution runs.
 *
 * @param queryId in every error, log line and system table
 * @param timeout from start to the last row
 * @param maxRows rows given at most; 0 means all
 */
public record ExecutionOptions(String queryId, Duration timeout, long maxRows) {
  public ExecutionOptions {
    requireNonNull(queryId, "queryId is null");
    requireNonNull(timeout, "timeout is null");
  }
}

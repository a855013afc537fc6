package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What users who have a role may use, in the place of what all may: an entry of {@code roles} of
 * {@code limits:}. What is empty is as for all.
 *
 * @param queryTimeout how long a statement may take where its session does not say
 * @param longestQuery how long its session may have it take
 * @param maxRows rows a statement gives at most; 0 means no limit
 * @param maxBytes bytes of rows that a statement gives at most; 0 means no limit
 * @param maxScan bytes that a statement reads at most, by estimate; 0 means no limit
 * @param statementsPerMinute how many statements may begin within a minute; 0 means no limit
 */
public record RoleLimits(
    Optional<Duration> queryTimeout,
    Optional<Duration> longestQuery,
    OptionalInt maxRows,
    Optional<DataSize> maxBytes,
    Optional<DataSize> maxScan,
    OptionalInt statementsPerMinute) {
  /** The longest that can be granted. */
  public static final Duration LONGEST = Duration.ofDays(1);

  public RoleLimits {
    requireNonNull(queryTimeout, "queryTimeout is null");
    requireNonNull(longestQuery, "longestQuery is null");
    requireNonNull(maxRows, "maxRows is null");
    requireNonNull(maxBytes, "maxBytes is null");
    requireNonNull(maxScan, "maxScan is null");
    requireNonNull(statementsPerMinute, "statementsPerMinute is null");
  }
}

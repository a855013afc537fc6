package io.kurobe.planner.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What one statement of a session may use.
 *
 * @param queryTimeout from start to the last row
 * @param maxRows rows returned at most; 0 means no limit
 * @param maxStatementLength characters of a statement's text at most
 * @param configuredTimeout the query time-out of a session that did not set one
 * @param longestTimeout the longest query time-out that a session may set
 * @param maxBytes bytes of rows returned at most; 0 means no limit
 * @param maxScan bytes read from sources at most, by estimate; 0 means no limit
 */
public record Limits(
    Duration queryTimeout,
    long maxRows,
    int maxStatementLength,
    Duration configuredTimeout,
    Duration longestTimeout,
    long maxBytes,
    long maxScan) {
  /** No statement may take longer where nothing else is said. */
  public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

  public static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), 0, 1_000_000);

  public Limits {
    requireNonNull(queryTimeout, "queryTimeout is null");
    requireNonNull(configuredTimeout, "configuredTimeout is null");
    requireNonNull(longestTimeout, "longestTimeout is null");
  }

  /** Limits as they are configured. */
  public Limits(Duration queryTimeout, long maxRows, int maxStatementLength) {
    this(queryTimeout, maxRows, maxStatementLength, queryTimeout, LONGEST_TIMEOUT, 0, 0);
  }

  /** The same with another query time-out for now. */
  public Limits withQueryTimeout(Duration timeout) {
    return new Limits(
        timeout, maxRows, maxStatementLength, configuredTimeout, longestTimeout, maxBytes, maxScan);
  }

  /** The same with other limits of bytes: of the rows returned, and of what is read for them. */
  public Limits withBytes(long returned, long read) {
    return new Limits(
        queryTimeout,
        maxRows,
        maxStatementLength,
        configuredTimeout,
        longestTimeout,
        returned,
        read);
  }

  /** The same with another longest query time-out. */
  public Limits withLongestTimeout(Duration longest) {
    return new Limits(
        queryTimeout, maxRows, maxStatementLength, configuredTimeout, longest, maxBytes, maxScan);
  }

  /** Other limits, under which a query time-out that was set stays as far as it may. */
  public Limits changedTo(Limits others) {
    if (queryTimeout.equals(configuredTimeout)) {
      return others;
    }
    boolean tooLong = queryTimeout.compareTo(others.longestTimeout) > 0;
    return others.withQueryTimeout(tooLong ? others.longestTimeout : queryTimeout);
  }
}

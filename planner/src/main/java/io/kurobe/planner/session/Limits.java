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
 * @param maxBytes bytes of rows returned at most; 0 means no limit
 */
public record Limits(
    Duration queryTimeout,
    long maxRows,
    int maxStatementLength,
    Duration configuredTimeout,
    long maxBytes) {
  public static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), 0, 1_000_000);

  public Limits {
    requireNonNull(queryTimeout, "queryTimeout is null");
    requireNonNull(configuredTimeout, "configuredTimeout is null");
  }

  /** Limits as they are configured. */
  public Limits(Duration queryTimeout, long maxRows, int maxStatementLength) {
    this(queryTimeout, maxRows, maxStatementLength, queryTimeout, 0);
  }

  /** The same with another query time-out for now. */
  public Limits withQueryTimeout(Duration timeout) {
    return new Limits(timeout, maxRows, maxStatementLength, configuredTimeout, maxBytes);
  }

  /** The same with another limit of bytes. */
  public Limits withMaxBytes(long most) {
    return new Limits(queryTimeout, maxRows, maxStatementLength, configuredTimeout, most);
  }
}

package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.session.Limits;
import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code limits:}.
 *
 * @param queryTimeout how long a statement may take, from start to the last row
 * @param maxRows rows a statement gives at most; 0 means no limit
 * @param maxStatementLength characters of a statement's text at most
 * @param connections open connections at most
 * @param connectionIdle after how long an unused connection is closed
 * @param statements open statements of one connection at most
 * @param statementIdle after how long a statement nobody fetches from is closed
 * @param running statements at work at most, of all connections, and waiting for that
 * @param requestSize bytes of one request at most
 * @param maxBytes bytes of rows that a statement gives at most; none means no limit
 * @param rates how many statements may begin within a minute
 */
public record LimitSettings(
    Duration queryTimeout,
    int maxRows,
    int maxStatementLength,
    int connections,
    Duration connectionIdle,
    int statements,
    Duration statementIdle,
    RunningLimits running,
    DataSize requestSize,
    Optional<DataSize> maxBytes,
    RateLimits rates) {
  /** No statement may take longer, whatever is configured or SET. */
  public static final Duration LONGEST_QUERY = Duration.ofMinutes(5);

  public static final LimitSettings DEFAULT =
      new LimitSettings(
          Limits.DEFAULT.queryTimeout(),
          0,
          1_000_000,
          1_000,
          Duration.ofMinutes(30),
          1_000,
          Duration.ofMinutes(10),
          RunningLimits.DEFAULT,
          new DataSize(16 << 20));

  /** Limits without those of bytes and rates. */
  public LimitSettings(
      Duration queryTimeout,
      int maxRows,
      int maxStatementLength,
      int connections,
      Duration connectionIdle,
      int statements,
      Duration statementIdle,
      RunningLimits running,
      DataSize requestSize) {
    this(
        queryTimeout,
        maxRows,
        maxStatementLength,
        connections,
        connectionIdle,
        statements,
        statementIdle,
        running,
        requestSize,
        Optional.empty(),
        RateLimits.NONE);
  }

  public LimitSettings {
    requireNonNull(queryTimeout, "queryTimeout is null");
    requireNonNull(connectionIdle, "connectionIdle is null");
    requireNonNull(statementIdle, "statementIdle is null");
    requireNonNull(running, "running is null");
    requireNonNull(requestSize, "requestSize is null");
    requireNonNull(maxBytes, "maxBytes is null");
    requireNonNull(rates, "rates is null");
  }

  /** What of it travels with each session. */
  public Limits ofStatements() {
    return new Limits(queryTimeout, maxRows, maxStatementLength)
        .withMaxBytes(maxBytes.map(DataSize::bytes).orElse(0L));
  }
}

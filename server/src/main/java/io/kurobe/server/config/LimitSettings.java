package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.session.Limits;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The section {@code limits:}.
 *
 * @param queryTimeout how long a statement may take, from start to the last row
 * @param maxRows rows a statement gives at most; 0 means no limit
 * @param maxStatementLength characters of a statement's text at most
 * @param connections open connections at most
 * @param connectionIdle after how long an unused connection is closed
 * @param statements open statements at most
 * @param statementIdle after how long a statement nobody fetches from is closed
 * @param running statements at work at most, of all connections, and waiting for that
 * @param requestSize bytes of one request at most
 * @param maxBytes bytes of rows that a statement gives at most; none means no limit
 * @param maxScan bytes that a statement reads from sources at most, by estimate; none means no
 *     limit
 * @param rates how many statements may begin within a minute
 * @param roles what users who have a role may use instead, by the role's name
 */
public record LimitSettings(
    Duration queryTimeout,
    int maxRows,
    int maxStatementLength,
    int connections,
    Duration connectionIdle,
    StatementLimits statements,
    Duration statementIdle,
    RunningLimits running,
    DataSize requestSize,
    Optional<DataSize> maxBytes,
    Optional<DataSize> maxScan,
    RateLimits rates,
    Map<String, RoleLimits> roles) {
  /** No statement may take longer, whatever is configured or SET, unless a role may. */
  public static final Duration LONGEST_QUERY = Limits.LONGEST_TIMEOUT;

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

  /** Limits without those of bytes, rates and roles. */
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
        StatementLimits.of(statements),
        statementIdle,
        running,
        requestSize,
        Optional.empty(),
        Optional.empty(),
        RateLimits.NONE,
        Map.of());
  }

  public LimitSettings {
    requireNonNull(queryTimeout, "queryTimeout is null");
    requireNonNull(connectionIdle, "connectionIdle is null");
    requireNonNull(statements, "statements is null");
    requireNonNull(statementIdle, "statementIdle is null");
    requireNonNull(running, "running is null");
    requireNonNull(requestSize, "requestSize is null");
    requireNonNull(maxBytes, "maxBytes is null");
    requireNonNull(maxScan, "maxScan is null");
    requireNonNull(rates, "rates is null");
    roles = Map.copyOf(roles);
  }

  /** The same with limits of bytes, rates and roles. */
  public LimitSettings with(
      Optional<DataSize> bytes,
      Optional<DataSize> scan,
      RateLimits perMinute,
      Map<String, RoleLimits> ofRoles) {
    return new LimitSettings(
        queryTimeout,
        maxRows,
        maxStatementLength,
        connections,
        connectionIdle,
        statements,
        statementIdle,
        running,
        requestSize,
        bytes,
        scan,
        perMinute,
        ofRoles);
  }

  /**
   * What of it travels with each session of a user who has some roles. Where several of them say
   * something, it is what allows most.
   */
  public Limits ofStatements(Set<String> rolesOfUser) {
    List<RoleLimits> own = own(rolesOfUser);
    Duration longest = most(own, RoleLimits::longestQuery).orElse(LONGEST_QUERY);
    Duration timeout = most(own, RoleLimits::queryTimeout).orElse(queryTimeout);
    long rows = mostOrNoLimit(own, role -> boxed(role.maxRows())).orElse((long) maxRows);
    return new Limits(timeout, rows, maxStatementLength)
        .withLongestTimeout(longest)
        .withBytes(
            mostOrNoLimit(own, role -> role.maxBytes().map(DataSize::bytes))
                .orElse(bytes(maxBytes)),
            mostOrNoLimit(own, role -> role.maxScan().map(DataSize::bytes)).orElse(bytes(maxScan)));
  }

  /** How many statements a user who has some roles may begin within a minute; 0 means any. */
  public int statementsPerMinute(Set<String> rolesOfUser) {
    return mostOrNoLimit(own(rolesOfUser), role -> boxed(role.statementsPerMinute()))
        .map(Long::intValue)
        .orElse(rates.ofUser());
  }

  private List<RoleLimits> own(Set<String> rolesOfUser) {
    return rolesOfUser.stream().flatMap(role -> Stream.ofNullable(roles.get(role))).toList();
  }

  private static <T extends Comparable<T>> Optional<T> most(
      List<RoleLimits> roles, Function<RoleLimits, Optional<T>> limit) {
    return roles.stream()
        .flatMap(role -> limit.apply(role).stream())
        .max(Comparator.naturalOrder());
  }

  /** The same of numbers of which 0 means no limit. */
  private static Optional<Long> mostOrNoLimit(
      List<RoleLimits> roles, Function<RoleLimits, Optional<Long>> limit) {
    return roles.stream()
        .flatMap(role -> limit.apply(role).stream())
        .max(Comparator.comparing(most -> most == 0 ? Long.MAX_VALUE : most));
  }

  private static Optional<Long> boxed(OptionalInt number) {
    return number.isPresent() ? Optional.of((long) number.getAsInt()) : Optional.empty();
  }

  private static long bytes(Optional<DataSize> size) {
    return size.map(DataSize::bytes).orElse(0L);
  }
}

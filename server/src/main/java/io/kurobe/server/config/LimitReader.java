package io.kurobe.server.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the section {@code limits:}. */
final class LimitReader {
  private static final int MOST = Integer.MAX_VALUE;
  private static final int MOST_RUNNING = 10_000;

  private LimitReader() {}

  static LimitSettings read(Section section, SecuritySettings security) {
    LimitSettings standard = LimitSettings.DEFAULT;
    var limits =
        new LimitSettings(
            time(section, "queryTimeout", LimitSettings.LONGEST_QUERY, "5m")
                .orElse(standard.queryTimeout()),
            section.integer("maxRows", standard.maxRows(), 0, MOST),
            section.integer("maxStatementLength", standard.maxStatementLength(), 1, MOST),
            section.integer("connections", standard.connections(), 1, MOST),
            section.duration("connectionIdle", standard.connectionIdle()),
            open(section, standard.statements()),
            section.duration("statementIdle", standard.statementIdle()),
            running(section, standard.running()),
            section.size("requestSize").orElse(standard.requestSize()),
            section.size("maxBytes"),
            section.size("maxScan"),
            new RateLimits(
                section.integer("statementsPerMinute", 0, 0, MOST),
                section.integer("statementsPerMinutePerKey", 0, 0, MOST)),
            roles(section.section("roles")));
    if (!limits.roles().isEmpty() && security.mode() == SecuritySettings.Mode.OPEN) {
      section.problem("roles", "in mode open nobody has a role; set security: {mode: users}");
    }
    section.finish();
    return limits;
  }

  private static StatementLimits open(Section section, StatementLimits standard) {
    return new StatementLimits(
        section.integer("statements", standard.ofConnection(), 1, MOST),
        section.integer("statementsPerUser", standard.ofUser(), 1, MOST),
        section.integer("statementsInAll", standard.inAll(), 1, MOST));
  }

  private static RunningLimits running(Section section, RunningLimits standard) {
    return new RunningLimits(
        section.integer("running", standard.running(), 1, MOST_RUNNING),
        section.integer("runningPerUser", standard.runningPerUser(), 0, MOST_RUNNING),
        section.integer("queued", standard.queued(), 0, MOST_RUNNING),
        section.integer("queuedPerUser", standard.queuedPerUser(), 0, MOST_RUNNING));
  }

  private static Map<String, RoleLimits> roles(Section section) {
    Map<String, RoleLimits> roles = new LinkedHashMap<>();
    for (String name : section.names()) {
      roles.put(name, role(section.section(name)));
    }
    return roles;
  }

  private static RoleLimits role(Section section) {
    Optional<Duration> longest = time(section, "longestQuery", RoleLimits.LONGEST, "1d");
    var limits =
        new RoleLimits(
            time(
                section,
                "queryTimeout",
                longest.orElse(LimitSettings.LONGEST_QUERY),
                "longestQuery"),
            longest,
            count(section, "maxRows"),
            size(section, "maxBytes"),
            size(section, "maxScan"),
            count(section, "statementsPerMinute"));
    section.finish();
    return limits;
  }

  private static Optional<DataSize> size(Section section, String key) {
    return section.has(key)
        ? section.size(key).or(() -> Optional.of(new DataSize(0)))
        : Optional.empty();
  }

  private static OptionalInt count(Section section, String key) {
    int none = -1;
    int count = section.integer(key, none, 0, MOST);
    return count == none ? OptionalInt.empty() : OptionalInt.of(count);
  }

  private static Optional<Duration> time(
      Section section, String key, Duration longest, String nameOfLongest) {
    Duration time =
        section.value(
            key,
            Duration.ZERO,
            "a duration such as 30s, " + nameOfLongest + " at most",
            text ->
                Durations.parse(text)
                    .filter(some -> !some.isZero())
                    .filter(some -> some.compareTo(longest) <= 0));
    return time.isZero() ? Optional.empty() : Optional.of(time);
  }
}

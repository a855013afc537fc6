package io.kurobe.planner.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a session: SET, RESET and SHOW. */
public final class Settings {
  private Settings() {}

  /** The session with a setting changed; an unknown name or a bad value is refused. */
  public static Session set(Session session, String name, List<String> values) {
    String key = key(name);
    return switch (key) {
      case "search_path" ->
          session.withSearchPath(values.stream().map(SearchPathEntry::parse).toList());
      case "time_zone" -> session.withZone(zone(single(name, values)));
      case "query_timeout" -> session.withLimits(timeout(session, single(name, values)));
      case "application_name", Session.CONVERSATION ->
          session.withSetting(key, single(name, values));
      case "pushdown", "dynamic_filters" ->
          session.withSetting(key, onOrOff(name, single(name, values)));
      default ->
          throw new KurobeException(ErrorCode.INVALID_SETTING, "there is no setting " + name)
              .withHint("settings are " + String.join(", ", all(session).keySet()));
    };
  }

  /** The session with a setting at its default. */
  public static Session reset(Session session, String name) {
    return switch (key(name)) {
      case "search_path" -> session.withSearchPath(List.of());
      case "time_zone" -> session.withZone(session.configuredZone());
      case "query_timeout" ->
          session.withLimits(
              session.limits().withQueryTimeout(session.limits().configuredTimeout()));
      case "application_name", Session.CONVERSATION -> session.withSetting(key(name), "");
      case "pushdown", "dynamic_filters" -> session.withSetting(key(name), "on");
      default -> set(session, name, List.of());
    };
  }

  /** All settings and their values, by name. */
  public static Map<String, String> all(Session session) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "search_path",
        session.searchPath().stream()
            .map(SearchPathEntry::toString)
            .collect(Collectors.joining(", ")));
    all.put("time_zone", session.zone().getId());
    all.put("query_timeout", session.limits().queryTimeout().toSeconds() + "s");
    all.put("application_name", session.settings().getOrDefault("application_name", ""));
    all.put(Session.CONVERSATION, session.settings().getOrDefault(Session.CONVERSATION, ""));
    all.put("pushdown", session.settings().getOrDefault("pushdown", "on"));
    all.put("dynamic_filters", session.settings().getOrDefault("dynamic_filters", "on"));
    return all;
  }

  /** Whether sources may do more than give their tables; off is for finding what one does wrong. */
  public static boolean pushdown(Session session) {
    return !session.settings().getOrDefault("pushdown", "on").equals("off");
  }

  /** Whether a large fragment may wait for the keys of small ones. */
  public static boolean dynamicFilters(Session session) {
    return pushdown(session)
        && !session.settings().getOrDefault("dynamic_filters", "on").equals("off");
  }

  private static String onOrOff(String name, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true", "1", "yes" -> "on";
      case "off", "false", "0", "no" -> "off";
      default ->
          throw new KurobeException(
              ErrorCode.INVALID_SETTING, name + " is on or off, not '" + value + "'");
    };
  }

  private static String key(String name) {
    String key = name.toLowerCase(Locale.ROOT).replace(' ', '_');
    return key.equals("timezone") ? "time_zone" : key;
  }

  private static String single(String name, List<String> values) {
    if (values.size() != 1) {
      throw new KurobeException(ErrorCode.INVALID_SETTING, name + " takes one value");
    }
    return values.get(0);
  }

  private static ZoneId zone(String value) {
    try {
      return ZoneId.of(value);
    } catch (DateTimeException e) {
      throw new KurobeException(
              ErrorCode.INVALID_SETTING, "there is no time zone '" + value + "'", e)
          .withHint("write a name such as 'Europe/Berlin' or an offset such as '+02:00'");
    }
  }

  private static Limits timeout(Session session, String value) {
    String number = value.strip().toLowerCase(Locale.ROOT).replaceFirst("\\s*s(econds)?$", "");
    Duration timeout;
    try {
      timeout = Duration.ofSeconds(Long.parseLong(number));
    } catch (NumberFormatException e) {
      throw new KurobeException(
              ErrorCode.INVALID_SETTING, "query_timeout is not a number of seconds: " + value, e)
          .withHint("write SET query_timeout = 60");
    }
    Duration longest = session.limits().longestTimeout();
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(longest) > 0) {
      throw new KurobeException(
          ErrorCode.INVALID_SETTING,
          "query_timeout lies between 1 and " + longest.toSeconds() + " seconds");
    }
    return session.limits().withQueryTimeout(timeout);
  }
}

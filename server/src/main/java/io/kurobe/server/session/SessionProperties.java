package io.kurobe.server.session;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.command.Settings;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.server.config.TimeZones;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client's connection properties change in its session: {@code searchPath}, {@code
 * timeZone}, {@code catalog}, {@code schema}, {@code applicationName} and {@code settings}, which
 * are what SET takes: {@code query_timeout=120;pushdown=off}. Their names are in any case. Clients
 * send many more, which mean nothing here.
 */
public final class SessionProperties {
  private SessionProperties() {}

  static Session apply(Session session, Map<String, String> properties) {
    Session result = session;
    Optional<String> catalog = Optional.empty();
    Optional<String> schema = Optional.empty();
    for (Map.Entry<String, String> property : properties.entrySet()) {
      String value = property.getValue();
      if (value == null || value.isBlank()) {
        continue;
      }
      switch (property.getKey().toLowerCase(Locale.ROOT)) {
        case "searchpath" -> result = result.withSearchPath(searchPath(value));
        case "timezone" -> result = result.withZone(zone(value));
        case "catalog" -> catalog = Optional.of(value);
        case "schema" -> schema = Optional.of(value);
        case "applicationname" ->
            result = Settings.set(result, "application_name", List.of(value.strip()));
        case "settings" -> result = settings(result, value);
        default -> {
          // Of the client's own concern.
        }
      }
    }
    return catalog.isPresent() ? current(result, catalog.get(), schema) : result;
  }

  /** Makes a catalog and schema the current ones: the first entry of the search path. */
  public static Session current(Session session, String catalog, Optional<String> schema) {
    List<SearchPathEntry> path = new ArrayList<>();
    path.add(new SearchPathEntry(catalog, schema));
    session.searchPath().stream().skip(1).forEach(path::add);
    return session.withSearchPath(path);
  }

  private static List<SearchPathEntry> searchPath(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .map(SearchPathEntry::parse)
        .toList();
  }

  private static Session settings(Session session, String value) {
    Session result = session;
    for (String setting : value.split(";")) {
      if (setting.isBlank()) {
        continue;
      }
      int equals = setting.indexOf('=');
      if (equals < 0) {
        throw new KurobeException(
                ErrorCode.INVALID_SETTING, "'" + setting.strip() + "' is no setting with its value")
            .withHint("Write them as query_timeout=120;pushdown=off.");
      }
      String name = setting.substring(0, equals).strip();
      result = Settings.set(result, name, List.of(setting.substring(equals + 1).strip()));
    }
    return result;
  }

  private static ZoneId zone(String value) {
    return TimeZones.parse(value)
        .orElseThrow(
            () ->
                new KurobeException(ErrorCode.INVALID_SETTING, "'" + value + "' is no time zone")
                    .withHint("Write one such as UTC or Europe/Vienna."));
  }
}

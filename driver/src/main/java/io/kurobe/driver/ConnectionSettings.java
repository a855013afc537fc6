package io.kurobe.driver;

import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a connection is opened with: the server's address and the checked properties, from {@code
 * jdbc:kurobe://host[:port][/source[/schema]][?property=value&…]} and the caller's {@link
 * Properties}. The URL wins over the properties, and its path over both.
 */
final class ConnectionSettings {
  static final String PREFIX = "jdbc:kurobe:";
  static final int DEFAULT_PORT = 8765;

  private static final List<String> COMPRESSIONS = List.of("auto", "none", "lz4");

  private final ServerAddress address;
  private final Map<DriverProperty, String> values;

  private ConnectionSettings(ServerAddress address, Map<DriverProperty, String> values) {
    this.address = address;
    this.values = values;
  }

  static ConnectionSettings parse(String url, Properties properties) throws SQLException {
    Map<DriverProperty, String> values = new EnumMap<>(DriverProperty.class);
    for (String key : properties.stringPropertyNames()) {
      put(values, key, properties.getProperty(key));
    }
    // Programs put numbers and truth values, though the class is for texts.
    for (Map.Entry<Object, Object> entry : properties.entrySet()) {
      Object value = entry.getValue();
      if (value instanceof Number || value instanceof Boolean) {
        put(values, entry.getKey().toString(), value.toString());
      }
    }
    String rest = url.substring(PREFIX.length());
    if (!rest.startsWith("//")) {
      throw malformed("expected jdbc:kurobe://host[:port][/source[/schema]], found " + redact(url));
    }
    rest = rest.substring(2);
    int query = rest.indexOf('?');
    if (query >= 0) {
      putQuery(values, rest.substring(query + 1));
      rest = rest.substring(0, query);
    }
    int slash = rest.indexOf('/');
    if (slash >= 0) {
      putPath(values, rest.substring(slash + 1));
    }
    ServerAddress address = ServerAddress.parse(slash < 0 ? rest : rest.substring(0, slash));
    ConnectionSettings settings = new ConnectionSettings(address, values);
    settings.check();
    return settings;
  }

  /**
   * Every property with what URL and properties say of it. A tool calls this while the URL is still
   * being typed, so what cannot be parsed yet shows the defaults.
   */
  static DriverPropertyInfo[] describe(String url, Properties properties) {
    Map<DriverProperty, String> values = Map.of();
    try {
      values = parse(url, properties).values;
    } catch (SQLException e) {
      // Connecting reports it.
    }
    DriverPropertyInfo[] infos = new DriverPropertyInfo[DriverProperty.values().length];
    for (DriverProperty property : DriverProperty.values()) {
      String value = property.isSecret() ? null : values.get(property);
      infos[property.ordinal()] = property.info(value);
    }
    return infos;
  }

  private static void putQuery(Map<DriverProperty, String> values, String query)
      throws SQLException {
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw malformed("property " + pair + " of the URL has no value");
      }
      put(
          values,
          PercentCoding.decode(pair.substring(0, equals)),
          PercentCoding.decode(pair.substring(equals + 1)));
    }
  }

  private static void putPath(Map<DriverProperty, String> values, String path) throws SQLException {
    String[] segments = path.split("/");
    if (segments.length > 2) {
      throw malformed("the URL's path is /source/schema, found /" + path);
    }
    if (!segments[0].isEmpty()) {
      values.put(DriverProperty.CATALOG, PercentCoding.decode(segments[0]));
      // The schema of another source must not stay behind when the path names the source alone.
      values.remove(DriverProperty.SCHEMA);
    }
    if (segments.length == 2) {
      values.put(DriverProperty.SCHEMA, PercentCoding.decode(segments[1]));
    }
  }

  private static void put(Map<DriverProperty, String> values, String key, String value)
      throws SQLException {
    Optional<DriverProperty> property = DriverProperty.named(key);
    if (property.isEmpty()) {
      String nearest =
          NearestName.of(key, DriverProperty.keys())
              .map(name -> "; did you mean " + name + "?")
              .orElse("; known are " + String.join(", ", DriverProperty.keys()));
      throw malformed("unknown connection property " + key + nearest);
    }
    values.put(property.get(), value);
  }

  private void check() throws SQLException {
    seconds(DriverProperty.CONNECT_TIMEOUT);
    seconds(DriverProperty.QUERY_TIMEOUT);
    if (fetchSize() < 0) {
      throw malformed("fetchSize is " + fetchSize() + ", expected rows from 0");
    }
    String tls = text(DriverProperty.TLS).orElse("false");
    if (!tls.equalsIgnoreCase("true") && !tls.equalsIgnoreCase("false")) {
      throw malformed("tls is " + tls + ", expected true or false");
    }
    if (text(DriverProperty.TLS_CERTIFICATE).isPresent() && !tls()) {
      throw malformed("tlsCertificate is given, but tls is not true");
    }
    String compression = text(DriverProperty.COMPRESSION).orElse("auto");
    if (!COMPRESSIONS.contains(compression.toLowerCase(Locale.ROOT))) {
      throw malformed("compression is " + compression + ", expected auto, none or lz4");
    }
    zone();
    long proofs =
        Stream.of(DriverProperty.PASSWORD, DriverProperty.API_KEY, DriverProperty.TOKEN)
            .filter(property -> text(property).isPresent())
            .count();
    if (proofs > 1) {
      throw malformed("give one of password, apiKey and token");
    }
  }

  private static SQLException malformed(String message) {
    return SqlErrors.of(SqlErrors.CONNECTION_REFUSED, message);
  }

  /** The property's value or its default; an empty text counts as absent. */
  Optional<String> text(DriverProperty property) {
    String value = values.get(property);
    if (value == null || value.isEmpty()) {
      value = property.defaultValue();
    }
    return Optional.ofNullable(value);
  }

  private int number(DriverProperty property) throws SQLException {
    String value = text(property).orElse("0");
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw malformed(property.key() + " is " + value + ", expected a whole number");
    }
  }

  private int seconds(DriverProperty property) throws SQLException {
    int seconds = number(property);
    if (seconds < 0) {
      throw malformed(property.key() + " is " + seconds + ", expected seconds from 0");
    }
    return seconds;
  }

  int fetchSize() throws SQLException {
    return number(DriverProperty.FETCH_SIZE);
  }

  /** Seconds; 0 means no time-out of the driver's own. */
  int queryTimeout() throws SQLException {
    return seconds(DriverProperty.QUERY_TIMEOUT);
  }

  Optional<Duration> connectTimeout() throws SQLException {
    int seconds = seconds(DriverProperty.CONNECT_TIMEOUT);
    return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  Optional<ZoneId> zone() throws SQLException {
    Optional<String> zone = text(DriverProperty.TIME_ZONE);
    try {
      return zone.map(ZoneId::of);
    } catch (DateTimeException e) {
      throw malformed("timeZone is " + zone.orElse("") + ", expected one like Europe/Zurich");
    }
  }

  /** Whether rows are to come compressed: on this machine that costs more than it saves. */
  boolean compressed() {
    String compression = text(DriverProperty.COMPRESSION).orElse("auto");
    return compression.equalsIgnoreCase("lz4")
        || (compression.equalsIgnoreCase("auto") && !address.isLoopback());
  }

  boolean tls() {
    return text(DriverProperty.TLS).orElse("false").equalsIgnoreCase("true");
  }

  /** What the server is told when the connection is opened; never the password. */
  Map<String, String> session() {
    Map<String, String> session = new LinkedHashMap<>();
    DriverProperty[] sent = {
      DriverProperty.USER,
      DriverProperty.CATALOG,
      DriverProperty.SCHEMA,
      DriverProperty.SEARCH_PATH,
      DriverProperty.TIME_ZONE,
      DriverProperty.SETTINGS,
      DriverProperty.APPLICATION_NAME
    };
    for (DriverProperty property : sent) {
      text(property).ifPresent(value -> session.put(property.key(), value));
    }
    return session;
  }

  /** The URL as {@code DatabaseMetaData} may show it: address and path, no property. */
  String publicUrl() {
    StringBuilder url = new StringBuilder(PREFIX).append("//").append(address);
    text(DriverProperty.CATALOG).ifPresent(catalog -> url.append('/').append(catalog));
    if (text(DriverProperty.CATALOG).isPresent()) {
      text(DriverProperty.SCHEMA).ifPresent(schema -> url.append('/').append(schema));
    }
    return url.toString();
  }

  ServerAddress address() {
    return address;
  }

  private static String redact(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}

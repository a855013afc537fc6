package io.kurobe.driver;

import java.sql.DriverPropertyInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The closed list of connection properties, as {@code getPropertyInfo} shows them to a tool. */
enum DriverProperty {
  USER("user", null, "User name; sent with the password as HTTP basic authentication."),
  PASSWORD("password", null, "Password of the user, or an API key."),
  API_KEY("apiKey", null, "API key, kb_…, in the place of user and password."),
  TOKEN("token", null, "Token (JWT) of the server's issuer, in the place of user and password."),
  CATALOG("catalog", null, "Source that unqualified names start from; the URL's path wins."),
  SCHEMA("schema", null, "Schema that unqualified names start from; the URL's path wins."),
  SEARCH_PATH(
      "searchPath", null, "Comma-separated source.schema entries that bare names are found along."),
  TIME_ZONE("timeZone", null, "Zone of the session, such as Europe/Zurich; else the server's."),
  SETTINGS(
      "settings",
      null,
      "Settings of the session as SET takes them, such as query_timeout=120;pushdown=off."),
  FETCH_SIZE(
      "fetchSize",
      "0",
      "Rows that one exchange with the server brings at most; 0 is as many as fit."),
  CONNECT_TIMEOUT("connectTimeout", "10", "Seconds to wait for a connection; 0 waits forever."),
  QUERY_TIMEOUT(
      "queryTimeout",
      "0",
      "Seconds after which a statement is cancelled; 0 is the server's limit."),
  APPLICATION_NAME("applicationName", null, "Name of the program, shown in system.runtime."),
  COMPRESSION(
      "compression",
      "auto",
      "Whether rows come compressed: lz4, none, or auto, which is lz4 unless the server is on this"
          + " machine."),
  TLS("tls", "false", "Whether to speak HTTPS, trusting what the Java runtime trusts."),
  TLS_CERTIFICATE(
      "tlsCertificate",
      null,
      "File of PEM with the server's certificate or its authority's, to trust that alone.");

  private final String key;
  private final @Nullable String defaultValue;
  private final String description;

  DriverProperty(String key, @Nullable String defaultValue, String description) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** Whether nobody may be shown what it is. */
  boolean isSecret() {
    return this == PASSWORD || this == API_KEY || this == TOKEN;
  }

  /** The name in a URL or in {@link java.util.Properties}. */
  String key() {
    return key;
  }

  @Nullable String defaultValue() {
    return defaultValue;
  }

  static Optional<DriverProperty> named(String key) {
    for (DriverProperty property : values()) {
      if (property.key.equalsIgnoreCase(key)) {
        return Optional.of(property);
      }
    }
    return Optional.empty();
  }

  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (DriverProperty property : values()) {
      keys.add(property.key);
    }
    return Collections.unmodifiableList(keys);
  }

  DriverPropertyInfo info(@Nullable String value) {
    DriverPropertyInfo info = new DriverPropertyInfo(key, value == null ? defaultValue : value);
    info.description = description;
    info.required = false;
    if (this == TLS) {
      info.choices = new String[] {"false", "true"};
    } else if (this == COMPRESSION) {
      info.choices = new String[] {"auto", "none", "lz4"};
    }
    return info;
  }
}

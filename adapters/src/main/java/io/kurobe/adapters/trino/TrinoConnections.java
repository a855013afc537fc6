package io.kurobe.adapters.trino;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Properties;

/**
 * Opens connections to one catalog of a cluster. They hold no socket: what they share, the driver
 * pools. The driver tries a dead server again for as long as it may, so that it is first knocked
 * at.
 */
final class TrinoConnections {
  private static final String PREFIX = "jdbc:";
  private static final Duration KNOCK = Duration.ofSeconds(5);

  /** How long a server that is well may keep an answer that it does not have yet, and some more. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final SourceConfig config;
  private final URI address;
  private final String catalog;
  private final String schema;

  TrinoConnections(SourceConfig config) {
    this.config = config;
    String url = config.url().orElse("");
    if (!url.startsWith("jdbc:trino://")) {
      throw configuration("its url must be jdbc:trino://host:port/catalog[/schema]");
    }
    this.address = uri(url);
    String[] path = String.valueOf(address.getPath()).split("/", -1);
    if (address.getHost() == null || path.length < 2 || path[1].isEmpty()) {
      throw configuration("its url names no catalog: jdbc:trino://host:port/catalog[/schema]");
    }
    this.catalog = path[1];
    this.schema = path.length > 2 && !path[2].isEmpty() ? path[2] : "default";
  }

  private URI uri(String url) {
    try {
      return URI.create(url.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw configuration("its url is not a JDBC URL");
    }
  }

  private KurobeException configuration(String what) {
    return new KurobeException(ErrorCode.CONFIGURATION, "source " + config.name() + ": " + what);
  }

  String catalog() {
    return catalog;
  }

  /** The URL's schema, else {@code default}. */
  String schema() {
    return schema;
  }

  /**
   * A connection in a session's zone; the caller closes it.
   *
   * @param patience how long the server may be silent, if the source's time-out is no shorter
   */
  Connection open(ZoneId zone, Duration patience) throws SQLException {
    Duration silence = patience.compareTo(config.timeout()) < 0 ? patience : config.timeout();
    knock(silence);
    var properties = new Properties();
    config.user().ifPresent(user -> properties.setProperty("user", user));
    config.password().ifPresent(password -> properties.setProperty("password", password));
    properties.setProperty("source", "kurobe");
    properties.setProperty("timezone", zone.normalized().getId());
    // Of each wait for a socket; the other, of how long the driver tries again.
    if (!String.valueOf(address.getQuery()).matches("(.*&)?timeout=.*")) {
      properties.setProperty("timeout", silence.plus(GRACE).toMillis() + "ms");
    }
    Connection connection = DriverManager.getConnection(config.url().orElseThrow(), properties);
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.max(1, silence.toMillis())));
    return connection;
  }

  private void knock(Duration patience) {
    Duration wait = patience.compareTo(KNOCK) < 0 ? patience : KNOCK;
    int port = address.getPort() < 0 ? 80 : address.getPort();
    if (address.getPort() < 0 && String.valueOf(address.getQuery()).contains("SSL=true")) {
      port = 443;
    }
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.getHost(), port),
          Math.toIntExact(Math.max(1, wait.toMillis())));
    } catch (IOException e) {
      throw new KurobeException(
          ErrorCode.SOURCE_UNAVAILABLE,
          "source "
              + config.name()
              + " is unavailable: no answer from "
              + address.getHost()
              + ":"
              + port,
          e);
    }
  }
}

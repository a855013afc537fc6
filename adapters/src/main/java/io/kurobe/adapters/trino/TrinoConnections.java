package io.kurobe.adapters.trino;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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
  private static final Duration KNOCK = Duration.ofSeconds(5);

  /** How long a server that is well may keep an answer that it does not have yet, and some more. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final SourceConfig config;
  private final TrinoAddress address;

  TrinoConnections(SourceConfig config) {
    this.config = config;
    this.address =
        config
            .url()
            .flatMap(TrinoAddress::of)
            .orElseThrow(
                () ->
                    new KurobeException(
                        ErrorCode.CONFIGURATION,
                        "source " + config.name() + ": its url must be " + TrinoAddress.FORM));
  }

  String catalog() {
    return address.catalog();
  }

  /** The URL's schema, else {@code default}. */
  String schema() {
    return address.schema();
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
    if (!address.hasTimeout()) {
      properties.setProperty("timeout", silence.plus(GRACE).toMillis() + "ms");
    }
    Connection connection = DriverManager.getConnection(config.url().orElseThrow(), properties);
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.max(1, silence.toMillis())));
    return connection;
  }

  private void knock(Duration patience) {
    Duration wait = patience.compareTo(KNOCK) < 0 ? patience : KNOCK;
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.host(), address.port()),
          Math.toIntExact(Math.max(1, wait.toMillis())));
    } catch (IOException e) {
      throw new KurobeException(
          ErrorCode.SOURCE_UNAVAILABLE,
          "source "
              + config.name()
              + " is unavailable: no answer from "
              + address.host()
              + ":"
              + address.port(),
          e);
    }
  }
}

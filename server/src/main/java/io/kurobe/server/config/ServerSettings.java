package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The section {@code server:}.
 *
 * @param host the address it listens on
 * @param port the port; 0 takes a free one
 * @param data the directory of its state
 * @param state a database that holds the state; empty keeps it in {@code data}
 * @param timeZone the zone of sessions that set none
 * @param grace how long statements at work may go on when the gateway stops
 * @param tls where the keys are; empty speaks HTTP without TLS
 */
public record ServerSettings(
    String host,
    int port,
    Path data,
    Optional<StateSettings> state,
    ZoneId timeZone,
    Duration grace,
    Optional<TlsSettings> tls) {
  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 8765;

  /** Well within the half minute that those who stop processes usually give them. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

  public ServerSettings {
    requireNonNull(host, "host is null");
    requireNonNull(data, "data is null");
    requireNonNull(state, "state is null");
    requireNonNull(timeZone, "timeZone is null");
    requireNonNull(grace, "grace is null");
    requireNonNull(tls, "tls is null");
  }

  /** On loopback, in UTC. */
  public static ServerSettings of(int port, Path data) {
    return new ServerSettings(
        DEFAULT_HOST, port, data, Optional.empty(), TimeZones.UTC, DEFAULT_GRACE, Optional.empty());
  }
}

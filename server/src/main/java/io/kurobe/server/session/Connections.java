package io.kurobe.server.session;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The open connections. Each belongs to the principal that opened it: a request on it by another is
 * refused. Threads share it.
 */
public final class Connections {
  private final int most;
  private final Duration idle;
  private final ZoneId zone;
  private final Function<Principal, Limits> limits;
  private final Clock clock;
  private final Map<String, ClientConnection> open = new ConcurrentHashMap<>();

  /**
   * Makes an empty set.
   *
   * @param most connections open at once
   * @param idle after how long an unused one may be expired
   * @param zone of sessions that choose none
   * @param limits what statements of somebody may use
   */
  public Connections(
      int most, Duration idle, ZoneId zone, Function<Principal, Limits> limits, Clock clock) {
    this.most = most;
    this.idle = requireNonNull(idle, "idle is null");
    this.zone = requireNonNull(zone, "zone is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Opens a connection; opening an open one again leaves it as it is.
   *
   * @param id the client's own id of it, unguessable
   * @param properties what the client's URL said; unknown names are ignored
   */
  public ClientConnection open(String id, Caller caller, Map<String, String> properties) {
    if (id.isEmpty() || id.length() > 200) {
      throw new KurobeException(ErrorCode.MALFORMED_REQUEST, "the connection's id is not usable");
    }
    ClientConnection known = open.get(id);
    if (known != null) {
      return owned(known, caller);
    }
    if (open.size() >= most) {
      throw new KurobeException(
              ErrorCode.TOO_MANY_CONNECTIONS, "there are already " + most + " connections open")
          .withHint("Close connections that are not used, or raise limits.connections.");
    }
    Principal principal = caller.principal();
    Session session =
        SessionProperties.apply(
            new Session(id, principal, zone, List.of(), limits.apply(principal), Map.of()),
            properties);
    ClientConnection made = new ClientConnection(session, caller, clock.instant());
    ClientConnection raced = open.putIfAbsent(id, made);
    return owned(raced == null ? made : raced, caller);
  }

  /** The connection of that id, marked as used now. */
  public ClientConnection get(String id, Caller caller) {
    ClientConnection connection = open.get(id);
    if (connection == null) {
      throw new KurobeException(
              ErrorCode.NO_SUCH_CONNECTION, "the connection is not open, or was closed when idle")
          .withHint("Connect again.");
    }
    return owned(connection, caller);
  }

  /** The connection of that id, whoever asks; it does not count as used. */
  public Optional<ClientConnection> find(String id) {
    return Optional.ofNullable(open.get(id));
  }

  /** Closes a connection; empty if it was not open. */
  public Optional<ClientConnection> close(String id, Caller caller) {
    ClientConnection connection = open.get(id);
    if (connection == null) {
      return Optional.empty();
    }
    owned(connection, caller);
    return Optional.ofNullable(open.remove(id));
  }

  /**
   * Takes out the connections that nobody used for too long.
   *
   * @param idleSince whether nothing has been at work on one since a moment: a client that waits
   *     for the gateway does not ask, and is not idle
   */
  public List<ClientConnection> expire(BiPredicate<ClientConnection, Instant> idleSince) {
    Instant before = clock.instant().minus(idle);
    List<ClientConnection> expired = new ArrayList<>();
    for (ClientConnection connection : List.copyOf(open.values())) {
      if (connection.lastUsed().isBefore(before)
          && idleSince.test(connection, before)
          && open.remove(connection.id(), connection)) {
        expired.add(connection);
      }
    }
    return expired;
  }

  /** Takes out the connections whose opener is no longer wanted. */
  public List<ClientConnection> remove(Predicate<Caller> unwanted) {
    return list().stream()
        .filter(connection -> unwanted.test(connection.caller()))
        .filter(connection -> open.remove(connection.id(), connection))
        .toList();
  }

  /** All of them, the oldest first. */
  public List<ClientConnection> list() {
    return open.values().stream().sorted(Comparator.comparing(ClientConnection::created)).toList();
  }

  public int size() {
    return open.size();
  }

  private ClientConnection owned(ClientConnection connection, Caller caller) {
    if (!connection.principal().name().equals(caller.principal().name())) {
      throw new KurobeException(
          ErrorCode.AUTHENTICATION_FAILED, "the connection belongs to another user");
    }
    if (!connection.caller().key().equals(caller.key())) {
      throw new KurobeException(
          ErrorCode.AUTHENTICATION_FAILED, "the connection was opened with something else");
    }
    connection.seenAs(caller.principal(), limits);
    connection.touch(clock.instant());
    return connection;
  }
}

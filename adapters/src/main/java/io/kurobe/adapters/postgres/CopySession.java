package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.ReadRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;

/**
 * One COPY out of the server on a connection of its own, begun at the first {@link #next}. One
 * thread reads and closes; {@link #cancel} may come from any other.
 *
 * <p>A cancel travels beside the connection and says only which backend to stop, not what: one that
 * arrives late would stop the next user's query. So a connection goes back to the pool only if no
 * cancel is under way, or if the server has confirmed it by the error 57014; else it is discarded.
 *
 * <p>A server that is there no more confirms nothing, and its connection may stay open for hours.
 * So a read that is cancelled, or whose time is over, waits for the server's word for a moment and
 * then goes on without it: its socket is closed.
 */
final class CopySession {
  /** How long the server may take to say that it stopped. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /**
   * What holds in the transaction. One query of functions, and prepared: five times SET would be
   * read and planned each time.
   */
  private static final String SETTINGS =
      "SELECT pg_catalog.set_config('TimeZone', ?, true),"
          + " pg_catalog.set_config('statement_timeout', ?, true),"
          + " pg_catalog.set_config('intervalstyle', 'iso_8601', true),"
          + " pg_catalog.set_config('datestyle', 'ISO', true),"
          + " pg_catalog.set_config('standard_conforming_strings', 'on', true)";

  private final PostgresConnections connections;
  private final PostgresErrors errors;
  private final ReadRequest request;
  private final String statement;
  private final CountDownLatch over = new CountDownLatch(1);

  private volatile boolean cancelled;
  private volatile boolean expired;
  private @Nullable PgConnection signalled;
  private @Nullable CompletableFuture<Void> deadline;

  private @Nullable Connection lease;
  private @Nullable CopyOut copy;
  private long begun;
  private boolean ended;

  CopySession(
      PostgresConnections connections,
      PostgresErrors errors,
      ReadRequest request,
      String statement) {
    this.connections = connections;
    this.errors = errors;
    this.request = request;
    this.statement = statement;
  }

  /** The bytes of the next message; null at the end. */
  byte @Nullable [] next() {
    if (cancelled) {
      throw errors.cancelled();
    }
    if (ended) {
      return null;
    }
    try {
      if (copy == null) {
        copy = begin();
      }
      byte[] message = copy.readFromCopy();
      if (message == null) {
        end(false);
      }
      return message;
    } catch (SQLException e) {
      end(PostgresErrors.isFatal(e));
      throw translate(e);
    }
  }

  private CopyOut begin() throws SQLException {
    begun = System.nanoTime();
    Duration patience = request.timeout().plus(GRACE);
    var expiry =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS);
    deadline = expiry;
    var unused = expiry.thenRun(this::expire);
    Connection connection =
        connections.borrow(request.timeout(), () -> cancelled || expired, this::beginTransaction);
    lease = connection;
    return connection.unwrap(PgConnection.class).getCopyAPI().copyOut(statement);
  }

  private void beginTransaction(Connection connection) throws SQLException {
    PgConnection postgres = connection.unwrap(PgConnection.class);
    synchronized (over) {
      signalled = postgres;
    }
    if (cancelled) {
      throw errors.cancelled();
    }
    if (expired) {
      throw errors.silent(request.timeout(), null);
    }
    var tables = new PlannedTables(request.tables(), errors.source());
    long millis = Math.min(Math.max(request.timeout().toMillis(), 1), Integer.MAX_VALUE / 2);
    connection.setNetworkTimeout(Runnable::run, (int) (millis + GRACE.toMillis()));
    try (PreparedStatement settings = postgres.prepareStatement(SETTINGS + tables.sql())) {
      settings.setString(1, zone(request.zone()));
      settings.setString(2, Long.toString(millis));
      settings.execute();
      tables.check(settings);
    }
  }

  /** A zone as the server reads it: by name, or by an offset whose sign ISO 8601 gives. */
  static String zone(ZoneId zone) {
    ZoneId normal = zone.normalized();
    if (normal instanceof ZoneOffset offset) {
      // Of a POSIX zone the name has ISO's sign, and the offset the opposite one.
      return offset.equals(ZoneOffset.UTC)
          ? "UTC"
          : "<"
              + offset.getId()
              + ">"
              + ZoneOffset.ofTotalSeconds(-offset.getTotalSeconds()).getId();
    }
    return zone.getId();
  }

  /** The server's own time-out should have ended it: it is no longer there. */
  private void expire() {
    synchronized (over) {
      if (over.getCount() == 0) {
        return;
      }
      expired = true;
    }
    abort();
  }

  /** Closes the socket, so that whoever reads from it fails. */
  private void abort() {
    synchronized (over) {
      if (signalled == null) {
        return;
      }
      try {
        signalled.abort(Runnable::run);
      } catch (SQLException e) {
        // It is closed already.
      }
    }
  }

  /** Stops the query; returns at once. */
  void cancel() {
    synchronized (over) {
      if (cancelled || over.getCount() == 0) {
        return;
      }
      cancelled = true;
      var thread = new Thread(this::signal, "kurobe-cancel");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Asks the server to stop, again and again until the reader has seen the end: a request that
   * arrives just before the COPY begins is lost.
   */
  private void signal() {
    long end = System.nanoTime() + GRACE.toNanos();
    try {
      for (long pause = 50; System.nanoTime() < end; pause *= 2) {
        PgConnection target;
        synchronized (over) {
          target = signalled;
        }
        if (target != null) {
          stop(target);
        }
        if (over.await(pause, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      abort();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean stop(PgConnection connection) {
    try {
      connection.cancelQuery();
      return true;
    } catch (SQLException e) {
      // Nobody there to stop; the reader meets the same.
      return false;
    }
  }

  private RuntimeException translate(SQLException error) {
    if (cancelled) {
      return errors.cancelled();
    }
    if (expired) {
      return errors.silent(request.timeout(), error);
    }
    if (PostgresErrors.isCancel(error)) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
      return elapsed.compareTo(request.timeout()) >= 0
          ? errors.timeout(request.timeout(), error)
          : errors.cancelledByOthers(error);
    }
    return errors.of(error);
  }

  /** Stops what still runs and gives the connection back. Without effect the second time. */
  void close() {
    if (ended) {
      return;
    }
    CopyOut running = copy;
    Connection connection = lease;
    if (running == null || connection == null || !running.isActive()) {
      end(false);
      return;
    }
    boolean healthy = false;
    try {
      connection.setNetworkTimeout(Runnable::run, (int) GRACE.toMillis());
      healthy = stop(connection.unwrap(PgConnection.class)) && !cancelled;
      while (healthy) {
        if (running.readFromCopy() == null) {
          // It had ended by itself: the cancel may still be on its way.
          healthy = false;
        }
      }
    } catch (SQLException e) {
      healthy = healthy && PostgresErrors.isCancel(e);
    }
    end(!healthy);
  }

  private void end(boolean broken) {
    ended = true;
    boolean wasCancelled;
    synchronized (over) {
      wasCancelled = cancelled;
      signalled = null;
      over.countDown();
    }
    if (deadline != null) {
      deadline.cancel(false);
    }
    Connection connection = lease;
    lease = null;
    copy = null;
    if (connection == null) {
      return;
    }
    if (broken || wasCancelled || !rolledBack(connection)) {
      connections.discard(connection);
    } else {
      PostgresConnections.giveBack(connection);
    }
  }

  private static boolean rolledBack(Connection connection) {
    try {
      connection.unwrap(PgConnection.class).rollback();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}

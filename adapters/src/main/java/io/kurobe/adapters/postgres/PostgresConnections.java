package io.kurobe.adapters.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PgConnection;

/**
 * The pooled connections of one source, all read only and without autocommit. The pool is made at
 * the first use, so that a source may be down when it is configured. Threads share it.
 *
 * <p>Hikari keeps trying until a wait is over and only then tells why. A user of a source that is
 * down should not wait that long, so waits are short, and a pool without any connection is probed
 * by a connection of our own, whose error is the one reported.
 */
final class PostgresConnections implements AutoCloseable {
  private static final Duration SLICE = Duration.ofSeconds(1);

  private final SourceConfig config;
  private final PostgresErrors errors;
  private final PGSimpleDataSource direct;
  private @Nullable HikariDataSource pool;
  private boolean closed;

  PostgresConnections(SourceConfig config, PostgresErrors errors) {
    this.config = config;
    this.errors = errors;
    this.direct = dataSource(config);
  }

  /** What is said first on a connection that was borrowed; it may be said more than once. */
  interface FirstWords {
    void on(Connection connection) throws SQLException;
  }

  /**
   * Borrows a connection and says something on it. One that the server ended while it lay in the
   * pool is dropped, and the same is said on another: nothing had been asked of it yet. Where the
   * words fail otherwise, the connection is dropped too.
   *
   * @param patience how long to wait for one to be free
   * @param given whether the caller has given up meanwhile
   */
  Connection borrow(Duration patience, BooleanSupplier given, FirstWords first)
      throws SQLException {
    for (int lost = 0; ; lost++) {
      Connection connection = borrow(patience, given);
      boolean said = false;
      try {
        first.on(connection);
        said = true;
        return connection;
      } catch (SQLException e) {
        if (!PostgresErrors.isLost(e) || given.getAsBoolean() || lost >= config.poolSize()) {
          throw e;
        }
      } finally {
        if (!said) {
          discard(connection);
        }
      }
    }
  }

  /** Borrows a connection; closing it gives it back. */
  private Connection borrow(Duration patience, BooleanSupplier given) {
    HikariDataSource connections = pool();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      if (connections.getHikariPoolMXBean().getTotalConnections() == 0) {
        probe();
      }
      try {
        return connections.getConnection();
      } catch (SQLTransientConnectionException e) {
        if (System.nanoTime() - deadline > 0) {
          throw errors.tooManyConnections(config.poolSize());
        }
        if (given.getAsBoolean()) {
          throw errors.cancelled();
        }
      } catch (SQLException e) {
        throw errors.of(e);
      }
    }
  }

  /** Gives back a connection. */
  static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // Hikari has dropped it then.
    }
  }

  /** Closes a connection that must not be used again, its socket at once. */
  void discard(Connection connection) {
    try {
      connection.unwrap(PgConnection.class).abort(Runnable::run);
    } catch (SQLException e) {
      // It is closed already.
    }
    synchronized (this) {
      if (pool != null) {
        pool.evictConnection(connection);
      }
    }
  }

  private void probe() {
    try {
      direct.getConnection().close();
    } catch (SQLException e) {
      throw errors.of(e);
    }
  }

  private synchronized HikariDataSource pool() {
    if (closed) {
      throw new KurobeException(
          ErrorCode.SOURCE_UNAVAILABLE, "source " + config.name() + " is closed");
    }
    if (pool == null) {
      var hikari = new HikariConfig();
      hikari.setPoolName("kurobe-" + config.name());
      hikari.setDataSource(direct);
      hikari.setInitializationFailTimeout(-1);
      hikari.setConnectionTimeout(SLICE.toMillis());
      hikari.setValidationTimeout(SLICE.toMillis());
      hikari.setMaximumPoolSize(config.poolSize());
      hikari.setMinimumIdle(0);
      hikari.setIdleTimeout(Math.max(config.poolIdle().toMillis(), 10_000));
      hikari.setReadOnly(true);
      hikari.setAutoCommit(false);
      pool = new HikariDataSource(hikari);
    }
    return pool;
  }

  /** Whether PostgreSQL's driver can make something of a URL. */
  static boolean isUrl(String url) {
    try {
      new PGSimpleDataSource().setURL(url);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static PGSimpleDataSource dataSource(SourceConfig config) {
    var source = new Direct();
    try {
      source.setURL(config.url().orElseThrow());
    } catch (IllegalArgumentException e) {
      // The driver's message holds the whole URL, perhaps with a password.
      throw new KurobeException(
          ErrorCode.CONFIGURATION,
          "source " + config.name() + ": its url is none that PostgreSQL's driver reads");
    }
    config.user().ifPresent(source::setUser);
    config.password().ifPresent(source::setPassword);
    int seconds = (int) Math.min(Math.max(config.timeout().toSeconds(), 1), 3600);
    source.setApplicationName("kurobe");
    source.setConnectTimeout(Math.min(seconds, 10));
    // The server's own time-outs speak first.
    source.setSocketTimeout(seconds + 2);
    source.setCancelSignalTimeout(Math.min(seconds, 2));
    source.setTcpKeepAlive(true);
    source.setReadOnlyMode("transaction");
    return source;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.close();
    }
  }

  /** The driver's data source, whose login time-out Hikari must not set to its own short wait. */
  private static final class Direct extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    @Override
    public void setLoginTimeout(int seconds) {}

    /** Also how long Hikari waits, when it closes, for a connection being made. */
    @Override
    public int getLoginTimeout() {
      return 5;
    }
  }
}

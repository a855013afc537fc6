package io.kurobe.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.config.StateSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The state in PostgreSQL, in a schema of its own, which is made if it is not there. A few
 * connections are enough: most of what is kept is also in memory.
 */
final class PostgresDatabase implements Database {
  static final String SCHEMA = "kurobe";

  private static final int CONNECTIONS = 4;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  /** What was committed survives, also where the server leaves that to its clients. */
  private static final String DURABLE =
      "SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') = 'off'";

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private PostgresDatabase(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  static PostgresDatabase open(StateSettings settings) {
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config(settings));
    } catch (PoolInitializationException e) {
      throw unusable(settings, e);
    }
    try {
      Migrations.POSTGRES.apply(pool);
      return new PostgresDatabase(pool);
    } catch (FlywayException e) {
      pool.close();
      throw unusable(settings, e);
    }
  }

  private static HikariConfig config(StateSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.url());
    settings.user().ifPresent(config::setUsername);
    settings.password().ifPresent(config::setPassword);
    config.setPoolName("kurobe-state");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
    config.setSchema(SCHEMA);
    config.setConnectionInitSql(DURABLE);
    Map.of(
            "ApplicationName", "kurobe-state",
            "connectTimeout", Long.toString(CONNECT_WITHIN.toSeconds()),
            "socketTimeout", Long.toString(ANSWER_WITHIN.toSeconds()),
            "tcpKeepAlive", "true",
            // Errors would quote what was to be stored.
            "logServerErrorDetail", "false")
        .forEach(config::addDataSourceProperty);
    return config;
  }

  private static KurobeException unusable(StateSettings settings, Exception cause) {
    return new KurobeException(
            ErrorCode.CONFIGURATION,
            "the database " + settings.address() + " cannot hold the gateway's state" + why(cause),
            cause)
        .withHint(
            "server.state names it; its user needs a schema "
                + SCHEMA
                + " of its own, or the right to make it.");
  }

  private static String why(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return ", SQLSTATE " + sql.getSQLState();
      }
    }
    return "";
  }

  @Override
  public <T> T inTransaction(Survives survives, Function<Handle, T> work) {
    return jdbi.inTransaction(work::apply);
  }

  @Override
  public KurobeException told(JdbiException failure) {
    Optional<String> state = sqlState(failure);
    if (state.filter("53100"::equals).isPresent()) {
      return new KurobeException(
              ErrorCode.DISK_FULL, "the database that holds the gateway's state is full", failure)
          .withHint("Free space there; what is stored already is safe.");
    }
    boolean away = state.isEmpty() || state.get().startsWith("08") || state.get().startsWith("57P");
    if (!away) {
      return new KurobeException(
          ErrorCode.INTERNAL, "the gateway's state could not be read or written", failure);
    }
    if (pool.getHikariPoolMXBean() != null) {
      // Where one connection is lost, the others of the same server are as well.
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    return new KurobeException(
            ErrorCode.STATE_UNAVAILABLE,
            "the database that holds the gateway's state does not answer",
            failure)
        .withHint("server.state names it. Try again; what is stored already is safe.");
  }

  private static Optional<String> sqlState(Throwable failure) {
    Optional<String> found = Optional.empty();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && sql.getSQLState() != null) {
        found = Optional.of(sql.getSQLState());
      }
    }
    return found;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {
    pool.close();
  }
}

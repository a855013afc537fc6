package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.SourceConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs queries on the server's own tables, each set of them in one snapshot. */
final class CatalogQueries {
  private final SourceConfig config;
  private final PostgresConnections connections;
  private final PostgresErrors errors;

  CatalogQueries(SourceConfig config, PostgresConnections connections, PostgresErrors errors) {
    this.config = config;
    this.connections = connections;
    this.errors = errors;
  }

  /** Queries on one connection, within one transaction. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  <T> T run(Work<T> work) {
    long begun = System.nanoTime();
    Connection connection = borrow();
    boolean broken = false;
    try {
      T result = work.on(connection);
      connection.rollback();
      return result;
    } catch (SQLException e) {
      broken = PostgresErrors.isFatal(e);
      boolean late = System.nanoTime() - begun >= config.timeout().toNanos();
      throw PostgresErrors.isCancel(e) && late ? errors.timeout(config.timeout(), e) : errors.of(e);
    } finally {
      if (broken) {
        connections.discard(connection);
      } else {
        PostgresConnections.giveBack(connection);
      }
    }
  }

  private Connection borrow() {
    try {
      return connections.borrow(
          config.timeout(),
          () -> false,
          connection -> {
            try (Statement statement = connection.createStatement()) {
              statement.execute(
                  "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL statement_timeout = "
                      + Math.max(config.timeout().toMillis(), 1));
            }
          });
    } catch (SQLException e) {
      throw errors.of(e);
    }
  }

  static String serverVersion(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW server_version")) {
      rows.next();
      return rows.getString(1);
    }
  }
}

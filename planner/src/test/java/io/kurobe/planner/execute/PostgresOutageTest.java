package io.kurobe.planner.execute;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;

/** {@link SourceOutageContract} of PostgreSQL. */
class PostgresOutageTest extends SourceOutageContract {
  static final String SLOW_AND_FEW =
      """
      CREATE FUNCTION slowly(i bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS
        $$ BEGIN PERFORM pg_sleep(0.01); RETURN i; END $$;
      CREATE VIEW slow AS SELECT slowly(i) AS n FROM generate_series(1, 100000) i;
      CREATE TABLE few AS SELECT CAST(i AS bigint) AS n FROM generate_series(1, 10) i;
      """;

  private static PostgresServer.Database behind;

  @BeforeAll
  static void fillFar() throws SQLException {
    behind =
        PostgresServer.database(
            "outage_far",
            SLOW_AND_FEW,
            "CREATE TABLE many AS SELECT CAST(i AS bigint) AS n, repeat('x', 100) AS pad"
                + " FROM generate_series(1, 400000) i");
  }

  @Override
  SourceConfig direct() {
    return SourceConfig.ofUrl("far", "postgres", behind.url(), behind.user());
  }

  @Override
  String schema() {
    return "public";
  }

  @Override
  int atWork() throws SQLException {
    return atWork(behind);
  }

  /** Statements of Kurobe that a database is at, or holds a transaction open for. */
  static int atWork(PostgresServer.Database database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kurobe'"
                    + " AND datname = current_database() AND state <> 'idle'")) {
      row.next();
      return row.getInt(1);
    }
  }
}

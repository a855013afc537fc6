package io.kurobe.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.TrinoServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link ReplanningContract} of Trino. */
class TrinoReplanningTest extends ReplanningContract {
  private String url;

  @Override
  SourceConfig source() throws SQLException {
    url = TrinoServer.url("memory/replanning");
    execute("CREATE SCHEMA memory.replanning");
    return SourceConfig.ofUrl("s", "trino", url, "tester");
  }

  @Override
  void replace(String columns, List<String> rows) throws SQLException {
    execute("DROP TABLE IF EXISTS memory.replanning.t");
    execute("CREATE TABLE memory.replanning.t (" + columns + ")");
    execute("INSERT INTO memory.replanning.t VALUES (" + String.join("), (", rows) + ")");
  }

  @Test
  void theTypesOfPlainColumnsTellWithoutAnotherQuery() throws SQLException {
    int before = queries();
    query("SELECT price, id FROM t WHERE id = 1 OR seen IS NULL ORDER BY seen LIMIT 5");
    assertThat(queries() - before).isEqualTo(1);
    before = queries();
    query("SELECT SUM(price) FROM t");
    assertThat(queries() - before).as("the sum, and what its table is now").isEqualTo(2);
  }

  /** How many were asked of the table. */
  private int queries() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "tester", null);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM system.runtime.queries WHERE source = 'kurobe'"
                    + " AND query LIKE '%\"replanning\".\"t\"%'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "tester", null);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package io.kurobe.planner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.planner.Execution;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@link SourceOutageContract} of Trino. */
class TrinoOutageTest extends SourceOutageContract {
  private static final int MANY = 60_175;

  private static String url;

  @BeforeAll
  static void fillFar() throws SQLException {
    url = TrinoServer.url("memory/outage");
    try (Connection connection = DriverManager.getConnection(url, "tester", null);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA memory.outage");
      statement.execute(
          "CREATE TABLE memory.outage.few AS SELECT n FROM UNNEST(sequence(1, 10)) AS t(n)");
      statement.execute(
          "CREATE VIEW memory.outage.many AS"
              + " SELECT orderkey AS n, rpad(comment, 200, '.') AS pad FROM tpch.tiny.lineitem"
              + " CROSS JOIN UNNEST(sequence(1, 5))");
      statement.execute(
          "CREATE VIEW memory.outage.slow AS"
              + " SELECT orderkey AS n FROM tpch.sf1000.lineitem WHERE comment LIKE '%zzz%'");
    }
  }

  @Override
  SourceConfig direct() {
    return SourceConfig.ofUrl("far", "trino", url, "tester");
  }

  @Override
  String schema() {
    return "outage";
  }

  @Override
  int atWork() throws SQLException {
    return running().size();
  }

  @Override
  void forget() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "tester", null);
        Statement statement = connection.createStatement()) {
      for (String query : running()) {
        statement.execute("CALL system.runtime.kill_query('" + query + "', 'out of reach')");
      }
    }
  }

  private static List<String> running() throws SQLException {
    List<String> queries = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, "tester", null);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT query_id FROM system.runtime.queries WHERE source = 'kurobe'"
                    + " AND query LIKE '%\"outage\"%' AND state NOT IN ('FINISHED', 'FAILED')")) {
      while (rows.next()) {
        queries.add(rows.getString(1));
      }
    }
    return queries;
  }

  /** What was not answered is asked again, and no row comes twice. */
  @Test
  void givesEveryRowOnceAfterABreakOfItsConnections() throws Exception {
    try (Execution execution = start(many(), PLENTY)) {
      assertThat(execution.reader().loadNextBatch()).isTrue();
      long first = execution.reader().getVectorSchemaRoot().getRowCount();
      network().cut();
      assertThat(first + rows(execution)).isEqualTo(5L * MANY);
    }
  }
}

package io.kurobe.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One query over PostgreSQL, Trino and DuckDB. */
class ThreeSourcesTest {
  @TempDir static Path directory;

  private static Federation federation;

  @BeforeAll
  static void openSources() throws SQLException {
    TrinoServer.requireJava();
    PostgresServer.Database database =
        PostgresServer.database(
            "three_sources",
            """
            CREATE TABLE continents (region_key bigint PRIMARY KEY, label text NOT NULL);
            INSERT INTO continents VALUES (0, 'Africa'), (1, 'America'), (2, 'Asia');
            """);
    Path file = directory.resolve("three.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE visits (nation VARCHAR, visitors BIGINT)");
      statement.execute(
          "INSERT INTO visits VALUES ('KENYA', 3), ('PERU', 4), ('JAPAN', 5), ('CHINA', 7)");
    }
    federation =
        Federation.of(
            List.of(
                SourceConfig.ofUrl("pg", "postgres", database.url(), database.user()),
                SourceConfig.ofUrl("lake", "trino", TrinoServer.url("tpch/tiny"), "tester"),
                SourceConfig.ofPath("files", "duckdb", file.toString())),
            List.of(),
            (question, session, support) ->
                new AskOutcome.Refused(
                    new io.kurobe.adapters.error.KurobeException(
                        io.kurobe.adapters.error.ErrorCode.NOT_UNDERSTOOD, "not asked here"),
                    List.of()));
  }

  @AfterAll
  static void closeSources() {
    if (federation != null) {
      federation.close();
    }
  }

  @Test
  void runsAWholeQueryInTrino() {
    String sql =
        "SELECT r.name, COUNT(*) FROM lake.tiny.nation n JOIN lake.tiny.region r"
            + " ON r.regionkey = n.regionkey GROUP BY r.name HAVING COUNT(*) = 5";
    assertThat(federation.query(sql)).hasSize(5).allMatch(row -> row.get(1).equals(5L));
    assertThat(federation.query("EXPLAIN " + sql))
        .singleElement()
        .satisfies(row -> assertThat(row.get(1)).isEqualTo("lake"));
  }

  @Test
  void joinsAllThree() {
    String sql =
        "SELECT c.label, SUM(v.visitors) AS visitors FROM lake.tiny.nation n"
            + " JOIN pg.public.continents c ON c.region_key = n.regionkey"
            + " JOIN files.main.visits v ON v.nation = n.name"
            + " GROUP BY c.label ORDER BY c.label";
    assertThat(federation.query(sql))
        .extracting(row -> row.get(0) + " " + row.get(1))
        .containsExactly("Africa 3", "America 4", "Asia 12");
    assertThat(federation.query("EXPLAIN " + sql))
        .extracting(row -> row.get(1))
        .containsExactlyInAnyOrder("lake", "pg", "duckdb engine");
  }
}

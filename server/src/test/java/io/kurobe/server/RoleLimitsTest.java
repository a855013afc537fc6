package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** How much a statement may read and how long it may take, of users with a role and without. */
class RoleLimitsTest {
  @TempDir private static Path directory;

  private static SecuredGateway gateway;

  @BeforeAll
  static void start() throws SQLException {
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("a.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE big AS SELECT i::INTEGER AS id, i % 10 AS part, 'text of ' || i AS note"
              + " FROM range(100000) t(i)");
      statement.execute("CREATE TABLE small AS SELECT i::INTEGER AS id FROM range(10) t(i)");
    }
    gateway =
        new SecuredGateway(
            directory,
            """
            sources:
              files: {type: duckdb, path: a.duckdb}
            security:
              mode: users
              admin: {user: root, password: opensesame}
            limits:
              maxScan: 500KB
              roles:
                analyst: {queryTimeout: 6m, longestQuery: 10m, maxScan: 1GB, maxRows: 20}
                guest: {statementsPerMinute: 2}
            """,
            List.of("ada", "ben", "eve"));
    gateway.say(
        "root",
        "CREATE ROLE analyst",
        "CREATE ROLE guest",
        "GRANT ROLE analyst TO ada",
        "GRANT ROLE guest TO eve",
        "GRANT SELECT ON SOURCE files TO ROLE public");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void refused(String user, String sql, String state, String why) {
    assertThatThrownBy(() -> gateway.rows(user, sql))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).as(sql).isEqualTo(state))
        .hasMessageContaining(why);
  }

  @Test
  void whatWouldReadTooMuchIsRefusedBeforeItsSourceIsAsked() {
    for (String sql :
        List.of(
            "SELECT * FROM files.main.big",
            "SELECT MAX(note) FROM files.main.big",
            "SELECT COUNT(*) FROM files.main.big WHERE note LIKE '%99%'",
            "SELECT a.id FROM files.main.small a JOIN files.main.big b ON b.note LIKE '%99'",
            "SELECT id FROM files.main.small UNION ALL SELECT LENGTH(note) FROM files.main.big",
            "EXPLAIN ANALYZE SELECT * FROM files.main.big")) {
      refused("ben", sql, "53400", "limits.maxScan");
    }
  }

  @Test
  void whatReadsLittleOfALargeTableIsNot() throws SQLException {
    for (String sql :
        List.of(
            "SELECT note FROM files.main.big WHERE id = 7",
            "SELECT * FROM files.main.big LIMIT 3",
            "SELECT MAX(id) FROM files.main.big",
            "SELECT COUNT(*) FROM files.main.big",
            "EXPLAIN SELECT * FROM files.main.big",
            "SELECT COUNT(*) FROM system.jdbc.columns")) {
      assertThat(SqlStates.of(() -> gateway.rows("ben", sql))).as(sql).isEqualTo("null");
    }
  }

  @Test
  void aRoleMayReadMoreAndTakeLonger() throws SQLException {
    assertThat(gateway.rows("ada", "SELECT MAX(note) FROM files.main.big")).hasSize(1);
    assertThat(gateway.rows("ada", "SELECT id FROM files.main.big")).hasSize(20);
    assertThat(gateway.rows("ada", "SHOW query_timeout")).containsExactly("query_timeout 360s");
    gateway.say("ada", "SET query_timeout = 600");
    refused("ada", "SET query_timeout = 601", "22023", "between 1 and 600");
    refused("ben", "SET query_timeout = 301", "22023", "between 1 and 300");
  }

  @Test
  void whoLosesARoleLosesWhatItAllowsOnConnectionsThatAreOpen() throws SQLException {
    gateway.say("root", "CREATE USER kim PASSWORD 'opensesame'", "GRANT ROLE analyst TO kim");
    String sql = "SELECT MAX(note) FROM files.main.big";
    try (Connection kim = gateway.connect("kim");
        Statement statement = kim.createStatement()) {
      statement.execute("SET query_timeout = 500");
      statement.executeQuery(sql).close();
      gateway.say("root", "REVOKE ROLE analyst FROM kim");
      assertThatThrownBy(() -> statement.executeQuery(sql)).hasMessageContaining("limits.maxScan");
      assertThat(ConfiguredGateway.rows(statement.executeQuery("SHOW query_timeout")))
          .containsExactly("query_timeout 300s");
    }
  }

  @Test
  void aRoleMayBeAllowedLessOften() throws SQLException {
    try (Connection eve = gateway.connect("eve");
        Statement statement = eve.createStatement()) {
      statement.executeQuery("SELECT 1").close();
      statement.executeQuery("SELECT 1").close();
      assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
          .hasMessageContaining("more than 2 statements within a minute");
    }
  }
}

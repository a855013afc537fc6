package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions that go on from the one before, on one connection and on several. */
class ConversationTest {
  @TempDir private static Path directory;

  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start() throws SQLException {
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("a.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE visits (id INTEGER PRIMARY KEY, town VARCHAR, kind VARCHAR, visited_on"
              + " DATE)");
      statement.execute(
          "INSERT INTO visits VALUES (1, 'Graz', 'work', '2024-05-01'), (2, 'Graz', 'trip',"
              + " '2025-05-01'), (3, 'Bonn', 'trip', '2025-06-01')");
    }
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              files: {type: duckdb, path: a.duckdb}
            """);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(gateway.url(), user, "");
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return ConfiguredGateway.rows(statement.executeQuery(sql));
    }
  }

  private static void say(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aFragmentGoesOnFromTheQuestionBefore() throws SQLException {
    try (Connection ada = connect("ada")) {
      assertThat(rows(ada, "ASK 'how many visits were there in 2025'")).containsExactly("2");
      assertThat(rows(ada, "ASK 'and in 2024?'")).containsExactly("1");
      assertThat(rows(ada, "ASK 'how many visits were there'")).containsExactly("3");
      assertThat(rows(ada, "ASK 'only in Graz'")).containsExactly("2");
      assertThat(rows(ada, "ASK 'what about Bonn'")).containsExactly("1");
      assertThat(rows(ada, "EXPLAIN ASK 'and for Graz?'").get(0))
          .contains("conversation", "goes on");
      assertThat(rows(ada, "ASK SQL 'and for Graz?'").get(0)).contains("'Graz'");
      assertThat(
              rows(
                  ada,
                  "SELECT question, whole_question FROM system.ask.history WHERE question = 'what"
                      + " about Bonn'"))
          .singleElement()
          .asString()
          .contains("how many visits");
    }
  }

  @Test
  void aToolMayWrapAndPrepareAFragmentSeveralTimes() throws SQLException {
    try (Connection ada = connect("ada")) {
      rows(ada, "ASK 'how many visits were there'");
      assertThat(rows(ada, "SELECT * FROM (ASK 'only in Graz') t LIMIT 0")).isEmpty();
      assertThat(rows(ada, "SELECT * FROM (ASK 'only in Graz') t")).containsExactly("2");
      try (PreparedStatement prepared = ada.prepareStatement("ASK 'only in Graz'")) {
        rows(ada, "ASK 'how many visits were there in 2024'");
        assertThat(ConfiguredGateway.rows(prepared.executeQuery())).containsExactly("2");
      }
      try (PreparedStatement prepared = ada.prepareStatement("ASK ?")) {
        prepared.setString(1, "how many visits were there in 2024");
        prepared.executeQuery().close();
        prepared.setString(1, "and in 2025?");
        try (ResultSet result = prepared.executeQuery()) {
          assertThat(ConfiguredGateway.rows(result)).containsExactly("2");
        }
      }
    }
  }

  @Test
  void whatIsResetOrOutOfContextIsNotGoneOnFrom() throws SQLException {
    try (Connection ada = connect("ada")) {
      rows(ada, "ASK 'how many visits were there'");
      assertThat(rows(ada, "EXPLAIN ASK 'only in Graz'").toString()).contains("goes on");
      assertThat(rows(ada, "EXPLAIN ASK 'only in Graz' WITH (context = false)").toString())
          .doesNotContain("goes on");
      say(ada, "RESET CONVERSATION");
      assertThat(rows(ada, "EXPLAIN ASK 'only in Graz'").toString()).doesNotContain("goes on");
    }
  }

  @Test
  void aNamedConversationGoesOnFromAnotherConnectionOfTheSameUserAlone() throws SQLException {
    try (Connection ada = connect("ada");
        Connection again = connect("ada");
        Connection ben = connect("ben")) {
      say(ada, "SET conversation = 'travel'");
      rows(ada, "ASK 'how many visits were there'");
      say(again, "SET conversation = 'travel'");
      assertThat(rows(again, "SHOW conversation")).containsExactly("conversation travel");
      assertThat(rows(again, "ASK 'only in Graz'")).containsExactly("2");
      assertThat(SqlStates.of(() -> say(ben, "SET conversation = 'travel'"))).isEqualTo("42704");
      say(ben, "SET conversation = 'mine'");
    }
  }

  @Test
  void aNamedConversationGoesOnAfterARestart(@TempDir Path other) throws SQLException {
    String sources =
        "sources:\n  files: {type: duckdb, path: '" + directory.resolve("a.duckdb") + "'}\n";
    try (ConfiguredGateway before = ConfiguredGateway.start(other, sources);
        Connection ada = DriverManager.getConnection(before.url(), "ada", "")) {
      say(ada, "SET conversation = 'travel'");
      rows(ada, "ASK 'how many visits were there'");
    }
    try (ConfiguredGateway after = ConfiguredGateway.start(other, sources);
        Connection ada = DriverManager.getConnection(after.url(), "ada", "");
        Connection ben = DriverManager.getConnection(after.url(), "ben", "")) {
      say(ada, "SET conversation = 'travel'");
      assertThat(rows(ada, "ASK 'only in Graz'")).containsExactly("2");
      assertThat(SqlStates.of(() -> say(ben, "SET conversation = 'travel'"))).isEqualTo("42704");
      say(ada, "RESET CONVERSATION");
      assertThat(rows(ada, "EXPLAIN ASK 'only in Bonn'").toString()).doesNotContain("goes on");
    }
  }

  @Test
  void aViewKeepsTheWholeQuestion() throws SQLException {
    try (Connection ada = connect("ada")) {
      rows(ada, "ASK 'how many visits were there'");
      say(ada, "CREATE VIEW graz AS ASK 'only in Graz'");
      rows(ada, "ASK 'how many visits were there in 2024'");
      say(ada, "REFRESH VIEW graz");
      assertThat(rows(ada, "SELECT * FROM views.main.graz")).containsExactly("2");
    }
  }
}

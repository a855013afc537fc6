package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people teach is answered from at once, to whoever may run it; what they say is noted. */
class TaughtQuestionsTest {
  @TempDir private static Path directory;

  private static SecuredGateway gateway;

  @BeforeAll
  static void start() throws SQLException {
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("a.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE towns (id INTEGER PRIMARY KEY, name VARCHAR, people INTEGER)");
      statement.execute(
          "INSERT INTO towns VALUES (1, 'Graz', 300), (2, 'Bonn', 330), (3, 'Bad Ems', 9)");
      statement.execute(
          "CREATE TABLE wages (town_id INTEGER, year_paid INTEGER, total INTEGER, paid_on DATE)");
      statement.execute(
          "INSERT INTO wages VALUES (1, 2024, 7, '2024-05-01'), (2, 2024, 8, '2024-06-01'),"
              + " (1, 2025, 70, '2025-05-01')");
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
              roles:
                all:
                  members: [ada]
                  grants: [files.main.towns, files.main.wages]
                few:
                  members: [ben]
                  grants: [files.main.towns]
            """,
            List.of("ada", "ben"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void aTaughtQuestionIsAnsweredAsTaught() throws SQLException {
    gateway.say(
        "ada", "TEACH 'How crowded is Graz?' AS SELECT people FROM towns WHERE name = 'Graz'");
    assertThat(gateway.rows("ada", "ASK 'how crowded is  graz'")).containsExactly("300");
    assertThat(gateway.rows("ada", "ASK SQL 'How crowded is Graz?'"))
        .singleElement()
        .asString()
        .contains(" 1.0 ");
    assertThat(gateway.rows("ben", "ASK 'How crowded is Graz?'")).containsExactly("300");
    assertThat(gateway.rows("ben", "EXPLAIN ASK 'How crowded is Graz?'"))
        .singleElement()
        .asString()
        .contains("memory", "verified");
  }

  @Test
  void anotherStoredValueIsPutIn() throws SQLException {
    gateway.say(
        "ada", "TEACH 'folk living at Graz' AS SELECT people FROM towns WHERE name = 'Graz'");
    assertThat(gateway.rows("ben", "ASK 'folk living at Bonn'")).containsExactly("330");
    assertThat(gateway.rows("ben", "ASK 'Folk living at bad ems?'")).containsExactly("9");
    assertThat(gateway.rows("ben", "ASK 'folk living at \"Nowhere\"'")).isEmpty();
    gateway.refuses("ben", "KA004", "ASK 'folk living at Atlantis'");
  }

  @Test
  void anotherNumberOrYearIsPutIn() throws SQLException {
    gateway.say(
        "ada",
        "TEACH 'who has over 300 souls' AS SELECT name FROM towns WHERE people > 300",
        "TEACH 'the bill for 2024' AS SELECT SUM(total) FROM wages WHERE paid_on >= DATE"
            + " '2024-01-01' AND paid_on < DATE '2025-01-01'");
    assertThat(gateway.rows("ada", "ASK 'who has over 100 souls'")).hasSize(2);
    assertThat(gateway.rows("ada", "ASK 'the bill for 2024'")).containsExactly("15");
    assertThat(gateway.rows("ada", "ASK 'the bill for 2025'")).containsExactly("70");
  }

  @Test
  void whatOneMayNotRunIsSetAsideWithoutItsNames() throws SQLException {
    gateway.say("ada", "TEACH 'how rich are we' AS SELECT SUM(total) FROM wages");
    assertThat(gateway.rows("ada", "ASK 'how rich are we'")).containsExactly("85");
    gateway.refuses("ben", "KA004", "ASK 'how rich are we'");
    assertThat(gateway.rows("ben", "EXPLAIN ASK 'how rich are we'").get(0))
        .contains("set aside")
        .doesNotContain("wages");
    assertThat(gateway.rows("ben", "SELECT question FROM system.ask.examples")).isEmpty();
    assertThat(gateway.rows("root", "SELECT question FROM system.ask.examples"))
        .contains("how rich are we");
  }

  @Test
  void whatTheCatalogDoesNotAllowAnyMoreSaysWhy() throws SQLException {
    gateway.say(
        "ada",
        "CREATE VIEW big AS SELECT name FROM towns WHERE people > 100",
        "TEACH 'the large ones of all' AS SELECT name FROM views.main.big",
        "DROP VIEW big");
    gateway.refuses("ada", "KA004", "ASK 'the large ones of all'");
    assertThat(
            gateway.rows(
                "ada",
                "SELECT state, reason FROM system.ask.examples WHERE question = 'the large ones of"
                    + " all'"))
        .singleElement()
        .asString()
        .startsWith("set aside")
        .contains("big");
  }

  @Test
  void whatWritesAndWhatCannotBeRunIsNotTaught() {
    gateway.refuses("ada", "0A000", "TEACH 'q' AS DELETE FROM towns");
    gateway.refuses("ada", "42P01", "TEACH 'q' AS SELECT * FROM nowhere");
    gateway.refuses("ben", "42P01", "TEACH 'q' AS SELECT * FROM files.main.wages");
    gateway.refuses("ada", "KA001", "TEACH '??' AS SELECT 1");
    gateway.refuses("ada", "0A000", "TEACH 'q' AS SELECT * FROM towns WHERE id = ?");
  }

  @Test
  void oneForgetsOnesOwn() throws SQLException {
    gateway.say("ada", "TEACH 'to be forgotten' AS SELECT 1");
    gateway.refuses("ben", "42704", "FORGET 'to be forgotten'");
    gateway.say("ada", "FORGET 'To be forgotten?'");
    gateway.refuses("ada", "42704", "FORGET 'to be forgotten'");
  }

  @Test
  void anAnswerCanBeTaughtAndIsKept() throws SQLException {
    gateway.say("ada", "TEACH 'headcount' AS ASK 'how many towns are there'");
    assertThat(gateway.rows("ada", "ASK 'headcount'")).containsExactly("3");
  }

  @Test
  void feedbackIsOnOnesOwnAnswers() throws SQLException {
    gateway.refuses("ben", "42704", "FEEDBACK GOOD");
    gateway.refuses("ben", "42601", "FEEDBACK FINE");
    try (Connection connection = gateway.connect("ada");
        Statement statement = connection.createStatement()) {
      statement.executeQuery("ASK 'how many towns are there'").close();
      statement.execute("FEEDBACK BAD 'too few'");
    }
    String id =
        gateway
            .rows("ada", "SELECT query_id FROM system.ask.history WHERE remark = 'too few'")
            .get(0);
    gateway.refuses("ben", "42704", "FEEDBACK GOOD ON '" + id + "'");
    gateway.say("ada", "FEEDBACK GOOD ON '" + id + "' 'but now'");
    assertThat(
            gateway.rows(
                "ada",
                "SELECT accepted, remark FROM system.ask.history WHERE query_id = '" + id + "'"))
        .containsExactly("true but now");
    assertThat(gateway.rows("ben", "SELECT * FROM system.ask.history WHERE remark = 'but now'"))
        .isEmpty();
    assertThat(gateway.rows("root", "SELECT * FROM system.ask.history WHERE remark = 'but now'"))
        .hasSize(1);
    assertThat(
            gateway.rows(
                "ada",
                "SELECT generator, verdict FROM system.ask.candidates WHERE query_id = '"
                    + id
                    + "'"))
        .contains("offline valid");
  }

  @Test
  void whatSeveralAcceptIsSuggested() throws SQLException {
    for (String user : List.of("ada", "ben", "ben")) {
      try (Connection connection = gateway.connect(user);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("ASK 'number of towns'")) {
        assertThat(rows.next()).isTrue();
        statement.execute("FEEDBACK GOOD");
      }
    }
    String suggested = "SELECT question FROM system.ask.examples WHERE state = 'suggested'";
    assertThat(gateway.rows("root", suggested)).contains("number of towns");
    assertThat(gateway.rows("ben", suggested)).isEmpty();
  }

  @Test
  void refusalsAreInTheHistory() throws SQLException {
    gateway.refuses("ben", "KA004", "ASK 'zzzz qqqq'");
    assertThat(
            gateway.rows(
                "ben", "SELECT outcome FROM system.ask.history WHERE question = 'zzzz qqqq'"))
        .containsExactly("KA004");
  }
}

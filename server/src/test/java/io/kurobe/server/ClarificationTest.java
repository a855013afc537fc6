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

/** What may mean several things is asked back, with choices that the next question takes. */
class ClarificationTest {
  private static final String GEORGIA = "ASK 'how many trips from Georgia are there'";

  @TempDir private static Path directory;

  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start() throws SQLException {
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("a.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE trips (id INTEGER PRIMARY KEY, country VARCHAR, state VARCHAR,"
              + " guide VARCHAR, driver VARCHAR, made_on DATE)");
      statement.execute(
          "INSERT INTO trips VALUES (1, 'Georgia', 'Kakheti', 'Ana', 'Ben', '2024-05-01'),"
              + " (2, 'USA', 'Georgia', 'Ben', 'Cem', '2024-06-01'), (3, 'USA', 'Georgia', 'Ben',"
              + " 'Ana', '2025-06-01'), (4, 'USA', 'Ohio', 'Dora', 'Dora', '2025-07-01')");
      statement.execute("CREATE TABLE tickets (id INTEGER PRIMARY KEY, price DECIMAL(9,2))");
      statement.execute("INSERT INTO tickets VALUES (1, 10), (2, 20)");
      statement.execute("CREATE TABLE meals (id INTEGER PRIMARY KEY, price DECIMAL(9,2))");
      statement.execute("INSERT INTO meals VALUES (1, 1), (2, 2)");
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

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return ConfiguredGateway.rows(statement.executeQuery(sql));
    }
  }

  private static void asksBack(Connection connection, String sql, String... choices) {
    assertThatThrownBy(() -> rows(connection, sql))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("KA002");
              for (String choice : choices) {
                assertThat(e.getMessage()).contains(choice);
              }
            });
  }

  @Test
  void aValueOfTwoColumnsIsAskedBackAndTakenByNumberOrWords() throws SQLException {
    try (Connection ada = gateway.connect()) {
      asksBack(
          ada, GEORGIA, "1) how many trips with", "2) how many trips with", "state", "country");
      assertThat(rows(ada, "ASK 'I meant the state'")).containsExactly("2");
      assertThat(rows(ada, "ASK 'only in 2025'")).containsExactly("1");
      asksBack(ada, GEORGIA);
      assertThat(rows(ada, "ASK 'country'")).containsExactly("1");
      asksBack(ada, GEORGIA);
      List<String> first = rows(ada, "ASK '1'");
      asksBack(ada, GEORGIA);
      List<String> second = rows(ada, "ASK 'the second one'");
      assertThat(List.of(first.get(0), second.get(0))).containsExactlyInAnyOrder("1", "2");
    }
  }

  @Test
  void aNumberThatIsNoChoiceIsTold() throws SQLException {
    try (Connection ada = gateway.connect()) {
      asksBack(ada, GEORGIA);
      asksBack(ada, "ASK '7'", "there are 2 choices");
    }
  }

  @Test
  void aColumnOfTwoTablesIsAskedBack() throws SQLException {
    try (Connection ada = gateway.connect()) {
      asksBack(ada, "ASK 'average price'", "average price of tickets", "average price of meals");
      assertThat(rows(ada, "ASK 'meals'").get(0)).startsWith("1.5");
    }
  }

  @Test
  void whatIsClearOrComesToTheSameIsAnswered() throws SQLException {
    try (Connection ada = gateway.connect()) {
      assertThat(rows(ada, "ASK 'how many trips with state Georgia are there'"))
          .containsExactly("2");
      assertThat(rows(ada, "ASK 'average price of tickets'").get(0)).startsWith("15");
      // Dora guides and drives the same trip.
      assertThat(rows(ada, "ASK 'how many trips of Dora are there'")).containsExactly("1");
      assertThat(
              SqlStates.of(
                  () -> rows(ada, "ASK 'how many trips of Dora are there' WITH (clarify = true)")))
          .isEqualTo("KA002");
    }
  }

  @Test
  void whoWantsNoQuestionBackGetsAnAnswer() throws SQLException {
    try (Connection ada = gateway.connect()) {
      assertThat(rows(ada, GEORGIA + " WITH (clarify = false)")).hasSize(1);
    }
  }

  @Test
  void whatIsTaughtIsClear() throws SQLException {
    try (Connection ada = gateway.connect();
        Statement statement = ada.createStatement()) {
      statement.execute(
          "TEACH 'trips from Georgia' AS SELECT COUNT(*) FROM trips WHERE country = 'Georgia'");
      assertThat(rows(ada, "ASK 'trips from Georgia'")).containsExactly("1");
    }
  }

  @Test
  void theChoicesOfOneConversationAreNotThoseOfAnother() throws SQLException {
    try (Connection ada = gateway.connect();
        Connection other = gateway.connect()) {
      asksBack(ada, GEORGIA);
      assertThat(SqlStates.of(() -> rows(other, "ASK '1'"))).startsWith("KA");
      assertThat(rows(ada, "EXPLAIN ASK '1'").get(0)).contains("chosen");
    }
  }
}

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about the catalog are answered from it, and what is no question is refused kindly. */
class CatalogQuestionsTest {
  @TempDir private static Path directory;

  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start() throws SQLException {
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("a.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE stores (id INTEGER PRIMARY KEY, city VARCHAR)");
      statement.execute("COMMENT ON TABLE stores IS 'Shops in the street'");
      statement.execute("COMMENT ON COLUMN stores.city IS 'where it stands'");
      statement.execute("CREATE TABLE web_sessions (id INTEGER, city VARCHAR)");
    }
    gateway =
        ConfiguredGateway.start(directory, "sources: {files: {type: duckdb, path: a.duckdb}}\n");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static List<String> rows(String sql) throws SQLException {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      return ConfiguredGateway.rows(statement.executeQuery(sql));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "what do you know about stores?",
        "What do you know about the stores",
        "tell me about stores",
        "describe stores",
        "which columns does the table stores have?",
        "what columns are in stores",
        "what can I ask about files.main.stores"
      })
  void columnsOfATable(String question) throws SQLException {
    assertThat(rows("ASK '" + question + "'"))
        .containsExactly(
            "files stores id INTEGER null", "files stores city VARCHAR where it stands");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "which tables are there?",
        "what can I ask",
        "what data do you have?",
        "what do you know?",
        "list tables",
        "what tables are there in files"
      })
  void tables(String question) throws SQLException {
    assertThat(rows("ASK '" + question + "'"))
        .containsExactly("files main stores Shops in the street", "files main web_sessions null");
  }

  @Test
  void tablesWithAColumn() throws SQLException {
    assertThat(rows("ASK 'which tables have a city?'")).hasSize(2);
    assertThat(rows("ASK 'what do you know about web sessions'")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "Hi there!",
        "How are you?",
        "thanks a lot",
        "who are you",
        "tell me a joke"
      })
  void smallTalkIsRefusedWithWhatCanBeAsked(String text) {
    assertThatThrownBy(() -> rows("ASK '" + text + "'"))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(e.getSQLState()).isEqualTo("KA004");
              assertThat(e.getMessage()).contains("stores");
            });
  }

  @Test
  void commentsOfOnesOwnTakeThePlaceOfTheSources() throws SQLException {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("COMMENT ON TABLE web_sessions IS 'visits to the site'");
      statement.execute("COMMENT ON COLUMN files.main.web_sessions.city IS 'from where'");
      assertThat(ConfiguredGateway.rows(statement.executeQuery("SHOW TABLES")).toString())
          .contains("visits to the site");
      assertThat(rows("ASK 'what do you know about web sessions'").toString())
          .contains("from where");
      assertThat(rows("SHOW MSCHEMA").get(0)).contains("visits to the site", "from where");
      statement.execute("COMMENT ON TABLE web_sessions IS NULL");
      statement.execute("COMMENT ON COLUMN web_sessions.city IS NULL");
      assertThat(ConfiguredGateway.rows(statement.executeQuery("SHOW TABLES")).toString())
          .doesNotContain("visits to the site");
      assertThat(SqlStates.of(() -> statement.execute("COMMENT ON TABLE nowhere IS 'x'")))
          .isEqualTo("42P01");
      assertThat(SqlStates.of(() -> statement.execute("COMMENT ON COLUMN stores.size IS 'x'")))
          .isEqualTo("42703");
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> rows("ASK 'what do you know about unicorns?'"))
        .hasMessageContaining("unicorns");
  }

  @Test
  void questionsAboutDataAreNotTakenForThese() throws SQLException {
    assertThat(rows("ASK 'how many stores are there'")).containsExactly("0");
    assertThat(rows("ASK 'describe the city of stores'")).isEmpty();
  }
}

package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers in words: from a model where it may see the rows, else from the query. */
class NarrationTest {
  private static final String SOURCES =
      """
      sources:
        shop: {type: duckdb, path: shop.duckdb}
        hidden: {type: duckdb, path: hidden.duckdb, models: closed}
        quiet: {type: duckdb, path: quiet.duckdb, models: no-values}
      """;

  @TempDir private Path directory;

  private final ModelEndpoint model = new ModelEndpoint(told -> "Oslo has\nmost\torders.");

  @BeforeEach
  void makeSources() throws SQLException {
    duckDb(
        "shop.duckdb",
        "CREATE TABLE orders AS SELECT * FROM (VALUES (1, 'Oslo'), (2, 'Oslo'), (3, 'Bonn'))"
            + " t(id, city)",
        "CREATE TABLE readers AS SELECT * FROM (VALUES (1, 'eve@example.com'), (2,"
            + " 'finn@example.com')) t(id, email)");
    duckDb(
        "hidden.duckdb", "CREATE TABLE blueprints AS SELECT * FROM (VALUES (1, 'x')) t(id, plan)");
    duckDb("quiet.duckdb", "CREATE TABLE wages AS SELECT * FROM (VALUES (1, 'high')) t(id, step)");
  }

  private void duckDb(String file, String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve(file));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @AfterEach
  void stop() {
    model.close();
  }

  private ConfiguredGateway withModel() {
    return ConfiguredGateway.start(
        directory,
        SOURCES
            + """
            ask:
              models:
                main: {provider: openai-compatible, model: any, url: "%s", apiKey: "k", retries: 0}
              agents:
                narration: {model: main}
            """
                .formatted(model.url()));
  }

  /** What an answer says in words; its rows are counted. */
  private static String narrated(Connection connection, String question, int rows)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("ASK '" + question + "' WITH (narrate = true)")) {
      int found = 0;
      while (result.next()) {
        found++;
      }
      assertThat(found).isEqualTo(rows);
      List<String> words = new ArrayList<>();
      for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
        if (each.getSQLState().equals("01KA3")) {
          words.add(each.getMessage());
        }
      }
      assertThat(words).hasSize(1);
      return words.get(0);
    }
  }

  @Test
  void aModelSaysWhatRowsSay() throws SQLException {
    try (ConfiguredGateway gateway = withModel();
        Connection connection = gateway.connect()) {
      assertThat(narrated(connection, "number of orders per city", 2))
          .startsWith("Oslo has most orders.");
      assertThat(model.told().get(0)).contains("Oslo | 2", "Bonn | 1", "(all rows)");
      int before = model.told().size();
      try (Statement statement = connection.createStatement()) {
        statement.executeQuery("ASK 'number of orders per city'").close();
      }
      assertThat(model.told()).hasSize(before);
    }
  }

  @Test
  void rowsOfSourcesThatDoNotAllowItAreKept() throws SQLException {
    try (ConfiguredGateway gateway = withModel();
        Connection connection = gateway.connect()) {
      assertThat(narrated(connection, "list the blueprints", 1))
          .contains("No model was told of the rows: source 'hidden' gives models nothing");
      assertThat(narrated(connection, "how many wages are there", 1))
          .contains("source 'quiet' gives models no values (models: no-values)");
      assertThat(model.told()).isEmpty();
    }
  }

  @Test
  void personalRowsAreKept() throws SQLException {
    try (ConfiguredGateway gateway = withModel();
        Connection connection = gateway.connect()) {
      assertThat(narrated(connection, "show the email of readers", 2))
          .contains("No model was told of the rows", "email is held to be personal");
      assertThat(model.told()).isEmpty();
    }
  }

  @Test
  void aModelThatFailsLeavesWhatTheQueryDoes() throws SQLException {
    model.answering(500, told -> "no");
    try (ConfiguredGateway gateway = withModel();
        Connection connection = gateway.connect()) {
      assertThat(narrated(connection, "number of orders per city", 2))
          .contains("Shows", "The model gave no words for the rows.");
    }
  }

  @Test
  void withoutAModelItIsSaidWhatTheQueryDoes() throws SQLException {
    try (ConfiguredGateway gateway = ConfiguredGateway.start(directory, SOURCES);
        Connection connection = gateway.connect()) {
      assertThat(narrated(connection, "number of orders per city", 2)).startsWith("Shows");
    }
  }
}

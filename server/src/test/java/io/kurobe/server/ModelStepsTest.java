package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model does beside proposing queries: intent, repair, selection, explanation. */
class ModelStepsTest {
  @TempDir private Path directory;

  private final ModelEndpoint model = new ModelEndpoint(told -> "");

  @BeforeEach
  void makeSources() throws SQLException {
    duckDb(
        "shop.duckdb",
        "CREATE TABLE orders AS SELECT * FROM (VALUES (1, 'Oslo'), (2, 'Oslo'), (3, 'Bonn'))"
            + " t(id, city)");
    duckDb("quiet.duckdb", "CREATE TABLE patients AS SELECT 1 AS id, 'gout' AS illness");
    duckDb("hidden.duckdb", "CREATE TABLE blueprints AS SELECT 1 AS id, 'engine' AS contents");
  }

  private void duckDb(String file, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve(file));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @AfterEach
  void stop() {
    model.close();
  }

  /** A gateway whose recorded generators propose these for any question of a test. */
  private ConfiguredGateway gateway(String agents, String... proposals) throws IOException {
    StringBuilder candidates = new StringBuilder();
    for (int i = 0; i < proposals.length; i++) {
      candidates
          .append(i == 0 ? "" : ", ")
          .append("\"g")
          .append(i)
          .append("\": \"")
          .append(proposals[i])
          .append('"');
    }
    Files.writeString(
        directory.resolve("queries.jsonl"),
        "{\"question\": \"which city?\", \"candidates\": {" + candidates + "}}\n");
    return ConfiguredGateway.start(
        directory,
        """
        sources:
          shop: {type: duckdb, path: shop.duckdb}
          quiet: {type: duckdb, path: quiet.duckdb, models: no-values}
          hidden: {type: duckdb, path: hidden.duckdb, models: closed}
        ask:
          models: {main: {provider: openai-compatible, model: any, url: "%s", retries: 0}}
          agents: {%s}
          generators: [{type: replay, file: queries.jsonl}]
        """
            .formatted(model.url(), agents));
  }

  private void answering(Function<String, String> answers) {
    model.answering(200, answers);
  }

  private static List<String> ask(Connection connection, String statement) throws SQLException {
    try (Statement asking = connection.createStatement()) {
      return ConfiguredGateway.rows(asking.executeQuery(statement));
    }
  }

  private static List<String> steps(Connection connection) throws SQLException {
    try (Statement asking = connection.createStatement()) {
      return ConfiguredGateway.rows(
          asking.executeQuery("EXPLAIN ASK 'which city?'"), "agent", "verdict");
    }
  }

  @Test
  void mendsOnceWhatRulesDoNot() throws Exception {
    answering(told -> "```sql\nSELECT city FROM shop.main.orders WHERE id = 3\n```");
    try (ConfiguredGateway gateway =
            gateway("repair: {model: main}", "SELECT place FROM orders WHERE id = 3");
        Connection connection = gateway.connect()) {
      assertThat(ask(connection, "ASK 'which city?'")).containsExactly("Bonn");
      assertThat(model.told()).hasSize(1);
      assertThat(model.told().get(0))
          .contains("SELECT place FROM orders", "place", "shop.main.orders");
      assertThat(steps(connection)).contains("refine kept", "validate repaired", "select chosen");
    }
  }

  @Test
  void whatMendsNothingIsNotTaken() throws Exception {
    answering(told -> "SELECT nowhere FROM shop.main.orders");
    try (ConfiguredGateway gateway =
            gateway("repair: {model: main}", "SELECT place FROM orders WHERE id = 3");
        Connection connection = gateway.connect()) {
      assertThatThrownBy(() -> ask(connection, "ASK 'which city?'"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("42703");
                assertThat(e.getMessage()).contains("place").doesNotContain("nowhere");
              });
      assertThat(model.told()).hasSize(1);
      assertThat(steps(connection)).contains("refine dropped");
    }
  }

  @Test
  void aDoubtIsAnsweredOnlyByWhatRemovesIt() throws Exception {
    String doubtful = "SELECT id FROM orders WHERE city = 'Paris'";
    answering(told -> "SELECT id FROM shop.main.orders WHERE city = 'Rome'");
    try (ConfiguredGateway gateway = gateway("repair: {model: main}", doubtful);
        Connection connection = gateway.connect()) {
      assertThat(ask(connection, "ASK 'which city?'")).isEmpty();
      assertThat(model.told().get(0)).contains("no city is 'Paris'");
    }
    answering(told -> "SELECT id FROM shop.main.orders WHERE city = 'Bonn'");
    try (ConfiguredGateway gateway = gateway("repair: {model: main}", doubtful);
        Connection connection = gateway.connect()) {
      assertThat(ask(connection, "ASK 'which city?'")).containsExactly("3");
    }
    model.answering(503, told -> "");
    try (ConfiguredGateway gateway = gateway("repair: {model: main}", doubtful);
        Connection connection = gateway.connect()) {
      assertThat(ask(connection, "ASK 'which city?'")).isEmpty();
      assertThat(steps(connection)).contains("refine failed");
    }
  }

  @Test
  void aModelIsNotToldWhatItMayNotKnow() throws Exception {
    answering(told -> "SELECT 1");
    try (ConfiguredGateway gateway =
            gateway(
                "repair: {model: main}, selection: {model: main}, explanation: {model: main}",
                "SELECT contents FROM hidden.main.blueprints WHERE contents = 'x'",
                "SELECT id FROM hidden.main.blueprints",
                "SELECT nothing FROM hidden.main.blueprints");
        Connection connection = gateway.connect()) {
      assertThat(ask(connection, "ASK 'which city?'")).hasSize(1);
      assertThat(model.told()).noneMatch(told -> told.contains("engine"));
      // Names that the recorded queries hold are their author's; the gateway's own are not told.
      assertThat(model.told()).hasSize(1);
      assertThat(model.told().get(0)).doesNotContain("contents");
    }
  }

  @Test
  void aJudgeDecidesWhereCandidatesDisagree() throws Exception {
    String[] proposals = {
      "SELECT city FROM orders WHERE id = 1",
      "SELECT DISTINCT city FROM orders WHERE id < 3",
      "SELECT city FROM orders WHERE id = 3"
    };
    answering(told -> "The third shows another city.\nANSWER: 2");
    try (ConfiguredGateway gateway = gateway("selection: {model: main}", proposals);
        Connection connection = gateway.connect()) {
      // The two that agree are shown first, then the other one: two of three are the larger half.
      answering(told -> "It asks for the last one.\nANSWER: 3");
      assertThat(ask(connection, "ASK 'which city?'")).containsExactly("Bonn");
      assertThat(model.told()).hasSize(1);
      String told = model.told().get(0);
      assertThat(told).contains("Candidate 3", "1 row", "Bonn", "Oslo");
      assertThat(told.indexOf("id = 1")).isLessThan(told.indexOf("id < 3"));
      assertThat(told.indexOf("id < 3")).isLessThan(told.indexOf("id = 3"));
      assertThat(steps(connection)).contains("judge chosen");
    }
  }

  @Test
  void withoutAClearWordOfTheJudgeVotesDecide() throws Exception {
    String[] proposals = {
      "SELECT city FROM orders WHERE id = 1",
      "SELECT DISTINCT city FROM orders WHERE id < 3",
      "SELECT city FROM orders WHERE id = 3"
    };
    for (String answer :
        List.of("I like 3 best", "ANSWER: 4", "ANSWER: 3 or 1", "", "DROP TABLE x")) {
      answering(told -> answer);
      try (ConfiguredGateway gateway = gateway("selection: {model: main}", proposals);
          Connection connection = gateway.connect()) {
        assertThat(ask(connection, "ASK 'which city?'")).as(answer).containsExactly("Oslo");
      }
    }
    model.answering(503, told -> "");
    try (ConfiguredGateway gateway = gateway("selection: {model: main}", proposals);
        Connection connection = gateway.connect()) {
      assertThat(ask(connection, "ASK 'which city?'")).containsExactly("Oslo");
      assertThat(steps(connection)).contains("judge failed", "select chosen");
    }
  }

  @Test
  void aJudgeSeesNoRowsOfASourceThatKeepsThem() throws Exception {
    answering(told -> "ANSWER: 2");
    try (ConfiguredGateway gateway =
            gateway(
                "selection: {model: main}",
                "SELECT illness FROM patients",
                "SELECT id FROM patients WHERE illness = 'Gout'");
        Connection connection = gateway.connect()) {
      // The literal was mended to the stored one, which models may not know.
      assertThat(ask(connection, "ASK 'which city?'")).containsExactly("1");
      assertThat(model.told()).hasSize(1);
      assertThat(model.told().get(0)).contains("patients", "1 row").doesNotContain("gout");
    }
  }

  @Test
  void aModelExplainsElseThePlan() throws Exception {
    answering(told -> "Lists the city\nof order 3.");
    try (ConfiguredGateway gateway =
            gateway("explanation: {model: main}", "SELECT city FROM orders WHERE id = 3");
        Connection connection = gateway.connect()) {
      assertThat(explanation(connection)).isEqualTo("Lists the city of order 3.");
      assertThat(steps(connection)).contains("explain said");
    }
    model.answering(503, told -> "");
    try (ConfiguredGateway gateway =
            gateway("explanation: {model: main}", "SELECT city FROM orders WHERE id = 3");
        Connection connection = gateway.connect()) {
      assertThat(explanation(connection))
          .startsWith("Shows city from orders where")
          .contains("id = 3");
      assertThat(steps(connection)).contains("explain failed", "explain said");
    }
  }

  private static String explanation(Connection connection) throws SQLException {
    try (Statement asking = connection.createStatement()) {
      return ConfiguredGateway.rows(asking.executeQuery("ASK SQL 'which city?'"), "explanation")
          .get(0);
    }
  }

  @Test
  void aModelTellsWhatAQuestionWants() throws Exception {
    try (ConfiguredGateway gateway =
            gateway("intent: {model: main}", "SELECT city FROM orders WHERE id = 3");
        Connection connection = gateway.connect()) {
      answering(told -> "DATA");
      assertThat(ask(connection, "ASK 'which city?'")).containsExactly("Bonn");
      assertThat(steps(connection)).contains("intent passed on");
      answering(told -> "UNANSWERABLE: There is nothing about the weather.");
      assertThatThrownBy(() -> ask(connection, "ASK 'how warm will it be in Oslo?'"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("KA004");
                assertThat(e.getMessage()).contains("nothing about the weather");
              });
      answering(told -> "CATALOG: orders");
      assertThat(ask(connection, "ASK 'do tell what an order looks like in here'"))
          .anySatisfy(row -> assertThat(row).contains("orders", "city"));
      answering(told -> "AMBIGUOUS:\n- which city?\n- which cities are there?");
      assertThatThrownBy(() -> ask(connection, "ASK 'where from?'"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("KA002");
                assertThat(e.getMessage()).contains("1) which city?", "2) which cities");
              });
      // What was offered is taken as it stands, whatever the model says of it.
      assertThat(ask(connection, "ASK '1'")).containsExactly("Bonn");
    }
  }
}

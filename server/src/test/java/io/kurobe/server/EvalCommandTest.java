package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.command.Kurobe;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurobe eval} over our driver and a gateway that replays what three systems proposed. */
class EvalCommandTest {
  private static final String QUESTIONS =
      """
      {"id": "q1", "source": "shop", "question": "How many stores are there?", "ordered": false, "rows": [[3]], "candidates": {"a": "SELECT COUNT(*) FROM store", "b": "SELECT COUNT(`id`) FROM `store`;", "c": "SELECT COUNT(*) FROM sale"}}
      {"id": "q2", "source": "shop", "question": "Which stores are in Oslo?", "evidence": "stores refers to store_name", "ordered": false, "rows": [["Harbour"], ["Old"]], "candidates": {"a": "SELECT store_name FROM store WHERE city = 'oslo'", "b": "SELECT store_name FROM stores WHERE city = 'Oslo'", "c": "SELECT city FROM store"}}
      {"id": "q3", "source": "shop", "question": "What's the largest amount?", "ordered": false, "rows": [[99]], "candidates": {"a": "SELECT MAX(amount) FROM sale", "b": "DROP TABLE sale", "c": "none"}}
      """;

  @TempDir private Path directory;

  private record Outcome(int code, String out, String err) {}

  private static Outcome run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Kurobe.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  @Test
  void countsWhatIsRightTogetherAndAlone() throws Exception {
    PostgresServer.Database shop =
        PostgresServer.database(
            "evaluated",
            """
            CREATE TABLE store (id int PRIMARY KEY, store_name text, city text);
            CREATE TABLE sale (id int PRIMARY KEY, store_id int REFERENCES store, amount int);
            INSERT INTO store VALUES (1, 'Central', 'Berlin'), (2, 'Harbour', 'Oslo'), (3, 'Old', 'Oslo');
            INSERT INTO sale VALUES (1, 1, 10), (2, 2, 20);
            """);
    Path questions = Files.writeString(directory.resolve("questions.jsonl"), QUESTIONS);
    Path predictions = directory.resolve("predictions.jsonl");
    Path report = directory.resolve("report.html");
    String yaml =
        """
        sources:
          shop: {type: postgres, url: "%s", user: %s}
        ask:
          generators: [{type: replay, file: "%s"}]
        """
            .formatted(shop.url(), shop.user(), questions);
    Outcome outcome;
    try (ConfiguredGateway gateway = ConfiguredGateway.start(directory, yaml)) {
      outcome =
          run(
              "eval",
              "--url",
              gateway.url(),
              "--questions",
              questions.toString(),
              "--predictions",
              predictions.toString(),
              "--report",
              report.toString());
    }
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .containsPattern("together +3 +3 +2 +66.7 %")
        .containsPattern("a alone +3 +3 +2 +66.7 %")
        .containsPattern("b alone +3 +2 +2 +66.7 %")
        .containsPattern("c alone +3 +2 +0 +0.0 %")
        .containsPattern("recorded queries made right +3")
        .doesNotContain("made wrong  1")
        .contains("expected calibration error");
    assertThat(Files.readString(report)).contains("What&#39;s", "<h2>Execution accuracy</h2>");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(predictions)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).get("id").asText()).isEqualTo("q2");
    assertThat(lines.get(1).get("rows").toString()).contains("Harbour", "Old");
    assertThat(lines.get(1).get("error").isNull()).isTrue();
    assertThat(lines.get(1).get("confidence").asDouble()).isBetween(0.1, 1.0);
  }

  @Test
  void aRecordingOfSeveralSourcesIsAskedOfEach() throws Exception {
    for (String name : List.of("north", "south")) {
      try (Connection connection =
              DriverManager.getConnection("jdbc:duckdb:" + directory.resolve(name + ".duckdb"));
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE boat AS SELECT '" + name + "' AS sea, 1 AS hull");
      }
    }
    Path questions =
        Files.writeString(
            directory.resolve("recorded.jsonl"),
            """
            {"id": "n", "source": "north", "question": "Which sea?", "rows": [["north"]], "candidates": {"x": "SELECT `sea` FROM boat", "y": null}}
            {"id": "s", "source": "south", "question": "Which sea?", "rows": [["south"]], "candidates": {"x": "SELECT sea FROM boats;"}}
            {"id": "t", "source": "south", "question": "And how many hulls?", "rows": [[1]], "candidates": {"y": "SELECT COUNT(*) FROM boat"}}
            {"id": "u", "source": "south", "question": "Who sails?", "rows": [["Ada"]], "candidates": {}}
            """);
    Path predictions = directory.resolve("predictions.jsonl");
    Outcome outcome;
    try (ConfiguredGateway gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              north: {type: duckdb, path: north.duckdb}
              south: {type: duckdb, path: south.duckdb}
            ask:
              embeddings: off
              generators: [{type: replay, file: recorded.jsonl}]
            """)) {
      outcome =
          run(
              "eval",
              "--url",
              gateway.url(),
              "--questions",
              questions.toString(),
              "--predictions",
              predictions.toString(),
              "--generators",
              "x,y");
    }
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).containsPattern("together +4 +3 +3 +75.0 %");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(predictions)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines)
        .extracting(line -> line.get("id").asText())
        .containsExactly("n", "s", "t", "u");
    for (JsonNode line : lines) {
      List<String> fields = new ArrayList<>();
      line.fieldNames().forEachRemaining(fields::add);
      assertThat(fields)
          .containsExactly("id", "sql", "columns", "rows", "confidence", "ms", "error");
    }
    assertThat(lines.get(1).get("rows").toString()).isEqualTo("[[\"south\"]]");
    assertThat(lines.get(3).get("error").asText()).contains("no query recorded");
  }

  @Test
  void saysWhichLineIsNoJson() throws Exception {
    Path questions =
        Files.writeString(
            directory.resolve("questions.jsonl"), "{\"question\": \"q\"}\n{\"question\": \n");
    try (TestGateway gateway = TestGateway.start(directory.resolve("data"))) {
      Outcome outcome =
          run(
              "eval",
              "--url",
              "jdbc:kurobe://127.0.0.1:" + gateway.port(),
              "--questions",
              questions.toString());
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("line 2 of", "is not JSON");
    }
  }

  @Test
  void saysWhichLineIsNoQuestion() throws Exception {
    Path questions = Files.writeString(directory.resolve("questions.jsonl"), "{\"id\": 1}\n");
    try (TestGateway gateway = TestGateway.start(directory.resolve("data"))) {
      Outcome outcome =
          run(
              "eval",
              "--url",
              "jdbc:kurobe://127.0.0.1:" + gateway.port(),
              "--questions",
              questions.toString());
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("line 1 of", "has no 'question'");
    }
  }
}

package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.command.Kurobe;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurobe eval} over recorded systems, through a gateway, as docs/ask.md has it. */
@Tag("conformance")
class RecordedSystemsEvalTest {
  private static final Pattern TOGETHER = Pattern.compile("together +129 +\\d+ +(\\d+) ");

  @TempDir private Path directory;

  @Test
  void sevenSystemsAreBetterTogether() throws Exception {
    Path data =
        Path.of(
            System.getenv().getOrDefault("KUROBE_SHARED", "../shared"), "data", "bird-superhero");
    assumeTrue(Files.isDirectory(data), "the questions are not on this machine: set KUROBE_SHARED");
    PostgresServer.Database database =
        PostgresServer.database("superhero_eval", Files.readString(data.resolve("superhero.sql")));
    Path questions = data.resolve("questions.jsonl").toAbsolutePath();
    Path predictions = directory.resolve("predictions.jsonl");
    Path report = directory.resolve("report.html");
    var out = new StringWriter();
    var err = new StringWriter();
    int code;
    try (ConfiguredGateway gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              superhero: {type: postgres, url: "%s", user: %s, defaultSchema: superhero}
            ask:
              embeddings: off
              generators: [{type: replay, file: "%s"}]
            """
                .formatted(database.url(), database.user(), questions))) {
      code =
          Kurobe.commandLine()
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(err))
              .execute(
                  "eval",
                  "--url",
                  gateway.url(),
                  "--questions",
                  questions.toString(),
                  "--generators",
                  "alpha,c3,chess,codes-15b,dail,rsl-gpt4o,super",
                  "--predictions",
                  predictions.toString(),
                  "--report",
                  report.toString());
    }
    System.out.println(out);
    assertThat(code).as(err.toString()).isZero();
    Matcher together = TOGETHER.matcher(out.toString());
    assertThat(together.find()).isTrue();
    // The best of these alone has 111.
    assertThat(Integer.parseInt(together.group(1))).isGreaterThanOrEqualTo(111);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(predictions)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(129);
    assertThat(Files.readString(report)).contains("<h2>Execution accuracy</h2>");
  }
}

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
    Path predictions = directory.resolve("predictions.jsonl");
    Path report = directory.resolve("report.html");
    String told =
        eval(
            "replay, file: \"%s\"".formatted(questions()),
            "--generators",
            "alpha,c3,chess,codes-15b,dail,rsl-gpt4o,super",
            "--predictions",
            predictions.toString(),
            "--report",
            report.toString());
    // The best of these alone has 111.
    assertThat(right(told, TOGETHER)).isGreaterThanOrEqualTo(111);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(predictions)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(129);
    assertThat(Files.readString(report)).contains("<h2>Execution accuracy</h2>");
  }

  /** Each question has evidence: what the asker says that its words mean. */
  @Test
  void withoutAModelFortyOfAHundredAreRight() throws Exception {
    assertThat(right(eval("offline"), TOGETHER)).isGreaterThanOrEqualTo(52);
  }

  private static Path data() {
    Path data =
        Path.of(
            System.getenv().getOrDefault("KUROBE_SHARED", "../shared"), "data", "bird-superhero");
    assumeTrue(Files.isDirectory(data), "the questions are not on this machine: set KUROBE_SHARED");
    return data;
  }

  private static Path questions() {
    return data().resolve("questions.jsonl").toAbsolutePath();
  }

  private static int right(String told, Pattern line) {
    Matcher matcher = line.matcher(told);
    assertThat(matcher.find()).as(told).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  /** What {@code kurobe eval} prints over a gateway with one generator. */
  private String eval(String generator, String... options) throws Exception {
    PostgresServer.Database database =
        PostgresServer.database(
            "superhero_" + generator.split(",")[0],
            Files.readString(data().resolve("superhero.sql")));
    var out = new StringWriter();
    var err = new StringWriter();
    try (ConfiguredGateway gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              superhero: {type: postgres, url: "%s", user: %s, defaultSchema: superhero}
            ask:
              embeddings: off
              generators: [{type: %s}]
            """
                .formatted(database.url(), database.user(), generator))) {
      List<String> arguments = new ArrayList<>(List.of("eval", "--url", gateway.url()));
      arguments.addAll(List.of("--questions", questions().toString()));
      arguments.addAll(List.of(options));
      int code =
          Kurobe.commandLine()
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(err))
              .execute(arguments.toArray(String[]::new));
      System.out.println(out);
      assertThat(code).as(err.toString()).isZero();
    }
    return out.toString();
  }
}

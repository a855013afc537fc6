package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.command.Kurobe;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurobe sql} and {@code kurobe ask} over our driver and a gateway on loopback. */
class ClientCommandsTest {
  @TempDir private Path directory;
  private TestGateway gateway;

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void start() {
    gateway = TestGateway.start(directory.resolve("data"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Outcome run(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, "--url", url()));
    arguments.addAll(List.of(options));
    return run(arguments);
  }

  private static Outcome run(List<String> arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Kurobe.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }

  private String url() {
    return "jdbc:kurobe://127.0.0.1:" + gateway.port();
  }

  @Test
  void printsATable() {
    Outcome outcome = run("sql", "-e", "rows 2");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .isEqualToNormalizingNewlines(
            """
             id | name
            ----+--------
              0 | name 0
              1 | name 1
            """);
    assertThat(outcome.err()).matches("2 rows in \\d+ ms\\R");
  }

  @Test
  void printsEveryStatementOfAnOption() {
    Outcome outcome = run("sql", "--format", "csv", "-e", "rows 1; rows 0;", "-e", "rows 1");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .isEqualTo("id,name\r\n0,name 0\r\nid,name\r\nid,name\r\n0,name 0\r\n");
  }

  @Test
  void reportsAScriptThatCannotBeReadInOneLine() throws IOException {
    Path binary = directory.resolve("binary.sql");
    Files.write(binary, new byte[] {'r', 'o', 'w', 's', ' ', (byte) 0xff, (byte) 0xfe});

    Outcome notText = run("sql", "-f", binary.toString());
    Outcome notFile = run("sql", "-f", directory.toString());

    assertThat(notText.code()).isEqualTo(1);
    assertThat(notText.err())
        .isEqualToNormalizingNewlines("kurobe: " + binary + " is not text in UTF-8\n");
    assertThat(notFile.code()).isEqualTo(1);
    assertThat(notFile.err()).startsWith("kurobe: cannot read the statements: ").hasLineCount(1);
  }

  @Test
  void printsJson() {
    assertThat(run("sql", "--format", "JSON", "-e", "rows 2").out())
        .isEqualToNormalizingNewlines(
            """
            [
            {"id":0,"name":"name 0"},
            {"id":1,"name":"name 1"}
            ]
            """);
    assertThat(run("sql", "--format", "json", "-e", "rows 0").out())
        .isEqualToNormalizingNewlines("[]\n");
  }

  @Test
  void readsAScriptUpToItsFirstError() throws Exception {
    Path script = directory.resolve("script.sql");
    Files.writeString(script, "rows 1 -- a comment; with a semicolon\n;\nbroken;\nrows 2;\n");
    Outcome outcome = run("sql", "-f", script.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).contains("name 0").doesNotContain("name 1");
    assertThat(outcome.err())
        .contains("1 row in")
        .contains("kurobe: there is no column 'usr' at line 1, column 8.")
        .contains("(SQLSTATE 42703)")
        .contains("\n  Did you mean 'user'?");
  }

  @Test
  void streamsMoreRowsThanItMeasures() {
    Outcome outcome = run("sql", "-e", "rows 12000");
    assertThat(outcome.out().lines()).hasSize(12_002);
    assertThat(outcome.err()).startsWith("12000 rows in");
  }

  @Test
  void sendsAQuestionAsALiteral() {
    // The scripted planner echoes the first word of what it does not understand.
    assertThat(run("ask", "what's", "up?").err()).contains("what is 'ASK'?");
    assertThat(run("ask", "--explain", "why?").err()).contains("what is 'EXPLAIN'?");
  }

  @Test
  void failsWhenNoServerAnswers() {
    int port = gateway.port();
    gateway.close();
    Outcome outcome =
        run(List.of("sql", "--url", "jdbc:kurobe://127.0.0.1:" + port, "-e", "rows 1"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualToNormalizingNewlines(
            "kurobe: 127.0.0.1:"
                + port
                + " refused the connection; is the server running? (SQLSTATE 08001)\n");
  }

  @Test
  void refusesWrongUsage() {
    assertThat(run("sql", "--format", "xml").code()).isEqualTo(2);
    assertThat(run("sql", "--format", "xml").err()).contains("expected table, csv or json");
    assertThat(run("ask").code()).isEqualTo(2);
    assertThat(run("ask", "--explain", "--sql", "x").code()).isEqualTo(2);
    assertThat(run("sql", "-f", directory.resolve("none.sql").toString()).err())
        .contains("no such file");
    assertThat(run(List.of("sql", "--url", "localhost:8765", "-e", "rows 1")).code()).isEqualTo(2);
  }

  @Test
  void explainsItself() {
    Outcome outcome = run("sql", "--help");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("--url", "--user", "--password", "--format", "-e", "-f");
  }
}

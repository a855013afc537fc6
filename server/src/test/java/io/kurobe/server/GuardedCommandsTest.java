package io.kurobe.server;

import static io.kurobe.server.GuardedGateway.ADMIN;
import static io.kurobe.server.GuardedGateway.PASSWORD;
import static io.kurobe.server.GuardedGateway.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.command.Kurobe;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurobe sql} and {@code kurobe ask} of a gateway that asks for proof. */
class GuardedCommandsTest {
  @TempDir private Path directory;
  private GuardedGateway gateway;

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void start() {
    gateway = GuardedGateway.start(directory);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Outcome run(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, "--url", gateway.url()));
    arguments.addAll(List.of(options));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Kurobe.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }

  @Test
  void whoeverProvesNothingIsToldSo() {
    Outcome nobody = run("sql", "-e", "SELECT 1");
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err()).contains("28000", "password, an API key or a token");
    Outcome wrong = run("sql", "--user", ADMIN, "--password", "wrong", "-e", "SELECT 1");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("28000").doesNotContain("\tat ");
  }

  @Test
  void aPasswordOpensIt() {
    Outcome outcome =
        run("sql", "--user", ADMIN, "--password", PASSWORD, "--format", "csv", "-e", "SHOW USERS");
    assertThat(outcome.err()).contains("1 row");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("root,yes,yes");
  }

  @Test
  void aFileWithAKeyOpensItForWhatTheKeyIsFor() throws Exception {
    Path file = directory.resolve("key");
    try (Connection root = gateway.connect(ADMIN, PASSWORD)) {
      Files.writeString(file, key(root, "CREATE API KEY asking SCOPE 'ask'") + "\n");
    }
    String[] byKey = {"--api-key-file", file.toString()};
    Outcome asked = run("ask", byKey[0], byKey[1], "how many unicorns are there");
    assertThat(asked.err()).contains("KA0").doesNotContain("28000");
    Outcome sql = run("sql", byKey[0], byKey[1], "-e", "SELECT 1");
    assertThat(sql.err()).contains("42501");
    Outcome missing = run("sql", byKey[0], directory.resolve("none").toString(), "-e", "SELECT 1");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("cannot be read");
  }
}

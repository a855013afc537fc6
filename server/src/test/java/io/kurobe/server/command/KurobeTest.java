package io.kurobe.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KurobeTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Kurobe.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.getSubcommands()
        .values()
        .forEach(
            command -> {
              command.setOut(new PrintWriter(out, true));
              command.setErr(new PrintWriter(err, true));
            });
    return line.execute(arguments);
  }

  @Test
  void printsItsVersion() {
    assertThat(run("version")).isZero();
    assertThat(out.toString()).startsWith("kurobe 0.1.0, Java ");
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("nonsense")).isEqualTo(2);
    assertThat(run("serve", "--nonsense")).isEqualTo(2);
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : Kurobe.commandLine().getSubcommands().keySet()) {
      assertThat(run(command, "--help")).as(command).isZero();
    }
    assertThat(out.toString()).contains("--config");
  }

  @Test
  void serveReportsEveryMistakeOfItsConfigurationAndNoSecret(@TempDir Path directory)
      throws IOException {
    Files.writeString(directory.resolve("secret.txt"), "opensesame\n");
    Path file = directory.resolve("bad.yaml");
    Files.writeString(
        file,
        """
        server: {prt: 1, data: state}
        sources:
          sales:
            type: postgres
            url: jdbc:postgres://db/sales?password=opensesame
            pasword: opensesame
          lake: {type: trino, url: "jdbc:trino://trino:8080"}
          files: {type: duckdb, path: x.duckdb, pool: {size: "${file:secret.txt}"}}
        limits: {queryTimeout: 6m}
        """);

    assertThat(run("serve", "--config", file.toString())).isEqualTo(1);

    assertThat(err.toString().lines())
        .containsExactly(
            "bad.yaml:1: unknown key 'prt'; did you mean 'port'?",
            "bad.yaml:5: 'url' must be jdbc:postgresql://host:port/database",
            "bad.yaml:6: unknown key 'pasword'; did you mean 'password'?",
            "bad.yaml:7: 'url' must be jdbc:trino://host:port/catalog[/schema]",
            "bad.yaml:8: 'size' must be a whole number from 1 to 1000, not '${file:secret.txt}'",
            "bad.yaml:9: 'queryTimeout' must be a duration such as 30s, 5m at most, not '6m'");
    assertThat(out.toString() + err).doesNotContain("opensesame");
    assertThat(directory.resolve("state")).doesNotExist();
  }

  @Test
  void serveSaysThatThereIsNoSource(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("bad.yaml"), "sources: {}\n");

    assertThat(run("serve", "--config", file.toString())).isEqualTo(1);

    assertThat(err.toString().strip())
        .isEqualTo("bad.yaml:1: there is no source; sources: needs at least one");
  }
}

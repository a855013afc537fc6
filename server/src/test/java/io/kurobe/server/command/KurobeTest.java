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
  void serveReportsEveryMistakeOfItsConfiguration(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("bad.yaml");
    Files.writeString(file, "server: {prt: 1}\nsources: {}\n");

    assertThat(run("serve", "--config", file.toString())).isEqualTo(1);

    assertThat(err.toString().lines())
        .containsExactly(
            "bad.yaml:1: unknown key 'prt'; did you mean 'port'?",
            "bad.yaml:2: there is no source; sources: needs at least one");
  }
}

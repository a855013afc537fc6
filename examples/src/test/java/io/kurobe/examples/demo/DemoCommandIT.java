package io.kurobe.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurobe demo} in a process of its own, as the launcher runs it. */
class DemoCommandIT {
  @TempDir Path directory;

  @Test
  void showsThreeResultsAndEndsWellEvenAfterAKill() throws Exception {
    Path data = directory.resolve("data");
    killOnceUp(data);

    Project.Ended second = demo(data, "--exit");

    assertThat(second.exitCode()).as(second.output()).isZero();
    assertThat(second.output())
        .doesNotContain("creating about")
        .contains("── SQL over PostgreSQL", "── A question over both", "── How the question")
        .containsPattern("Newsletter .*\\d+\\.\\d\\d\n")
        .containsPattern("private +\\d+\n");
    assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
  }

  /** Kills the demo, which leaves its PostgreSQL running. */
  private static void killOnceUp(Path data) throws IOException, InterruptedException {
    Process process = Project.start(Project.kurobe(arguments(data)));
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder said = new StringBuilder();
      String line;
      while ((line = lines.readLine()) != null && !line.contains("stays up at")) {
        said.append(line).append('\n');
      }
      assertThat(line).as(said.toString()).isNotNull();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(data.resolve("postgres/postmaster.pid")).exists();
  }

  @Test
  void makesAnInterruptedShopAnew() throws Exception {
    Path data = directory.resolve("data");
    Files.createDirectories(data.resolve("postgres"));
    Files.writeString(data.resolve("postgres/PG_VERSION"), "18\n");
    Files.writeString(data.resolve("web.duckdb"), "half");
    Files.writeString(data.resolve(".kurobe-demo"), "");

    Project.Ended demo = demo(data, "--exit");

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output()).contains("making it anew", "creating about");
  }

  @Test
  void saysThatThePortIsBusy() throws Exception {
    try (var busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(busy.getLocalPort());
      Project.Ended demo =
          Project.java(
              Project.kurobe(
                  "demo", "--data", directory.resolve("data").toString(), "--port", port));
      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.output())
          .isEqualTo("kurobe demo: port " + port + " is in use; choose another with --port\n");
    }
  }

  @Test
  void saysThatTheDirectoryCannotBeWritten() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Project.Ended demo = demo(file.resolve("data"));
    assertThat(demo.exitCode()).isEqualTo(1);
    assertThat(demo.output().lines()).hasSize(1).first().asString().contains("cannot write to");
  }

  @Test
  void wrongUsageIsTwo() throws Exception {
    assertThat(demo(directory.resolve("data"), "--scale", "-1").exitCode()).isEqualTo(2);
    assertThat(demo(directory.resolve("data"), "--no-such-option").exitCode()).isEqualTo(2);
  }

  private static Project.Ended demo(Path data, String... more) throws Exception {
    return Project.java(Project.kurobe(arguments(data, more)));
  }

  private static String[] arguments(Path data, String... more) {
    String[] first = {"demo", "--data", data.toString(), "--port", "0", "--scale", "0.02"};
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }
}

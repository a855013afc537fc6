package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.command.Kurobe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code kurobe serve} in a process of its own. */
record ServerProcess(Process process, String address) implements AutoCloseable {
  private static final String READY = "Ready: jdbc:kurobe://";

  static ServerProcess start(Path config) throws IOException {
    return start(config, List.of());
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param launcher what runs the command, its arguments first; empty for nothing
   */
  static ServerProcess start(Path config, List<String> launcher) throws IOException {
    // Surefire's own class path is a jar that names the real one.
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>(launcher);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.nio=org.apache.arrow.memory.core,ALL-UNNAMED",
            "-Xmx512m",
            // It lives for seconds.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            Kurobe.class.getName(),
            "serve",
            "--config",
            config.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    String line = out.readLine();
    while (line != null && !line.startsWith(READY)) {
      said.append(line).append('\n');
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("the server did not start: " + said);
    }
    return new ServerProcess(process, line.substring(READY.length()));
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:avatica:remote:url=http://" + address + "/");
  }

  /** Ends it at once, as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit();
  }

  /** Asks it to stop, as whoever looks after services does. */
  void terminate() {
    process.destroy();
  }

  void awaitExit() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

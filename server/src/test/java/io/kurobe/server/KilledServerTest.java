package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.command.Kurobe;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server in a process of its own, killed as by {@code kill -9}. */
@Timeout(90)
class KilledServerTest {
  @Test
  void viewsAndHistorySurvive(@TempDir Path directory) throws Exception {
    Path config = config(directory);
    // The client's side is not closed: there is nobody left to close it at.
    try (Server server = Server.start(config)) {
      Statement statement = server.connect().createStatement();
      statement.execute("CREATE VIEW kept AS SELECT a + 1 AS b FROM files.main.t");
      assertThat(rows(statement, "SELECT b FROM kept")).containsExactly("2", "3");
      server.kill();
    }
    assertThat(history(directory))
        .containsExactlyInAnyOrder(
            "CREATE VIEW kept AS SELECT a + 1 AS b FROM files.main.t FINISHED",
            "SELECT b FROM kept FINISHED");
    try (Server server = Server.start(config)) {
      Statement statement = server.connect().createStatement();
      assertThat(rows(statement, "SELECT b FROM kept")).containsExactly("2", "3");
    }
  }

  private static Path config(Path directory) throws IOException {
    Path csv = Files.writeString(directory.resolve("t.csv"), "a\n1\n2\n");
    return Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state}
        sources:
          files: {type: duckdb, tables: {t: "%s"}}
        """
            .formatted(csv));
  }

  private static List<String> history(Path directory) throws SQLException {
    try (Connection state =
            DriverManager.getConnection(
                "jdbc:sqlite:" + directory.resolve("state").resolve("state.sqlite"));
        Statement statement = state.createStatement()) {
      return rows(statement, "SELECT statement || ' ' || outcome FROM query_history");
    }
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  /** The server's process. */
  private record Server(Process process, String address) implements AutoCloseable {
    static Server start(Path config) throws IOException {
      // Surefire's own class path is a jar that names the real one.
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--add-opens=java.base/java.nio=org.apache.arrow.memory.core,ALL-UNNAMED",
                  "-Xmx512m",
                  "-cp",
                  classPath,
                  Kurobe.class.getName(),
                  "serve",
                  "--config",
                  config.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader out =
          new BufferedReader(
              new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder said = new StringBuilder();
      String line = out.readLine();
      while (line != null && !line.startsWith("Ready: jdbc:kurobe://")) {
        said.append(line).append('\n');
        line = out.readLine();
      }
      if (line == null) {
        throw new IOException("the server did not start: " + said);
      }
      return new Server(process, line.substring("Ready: jdbc:kurobe://".length()));
    }

    Connection connect() throws SQLException {
      return DriverManager.getConnection("jdbc:avatica:remote:url=http://" + address + "/");
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}

package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
    try (ServerProcess server = ServerProcess.start(config)) {
      Statement statement = server.connect().createStatement();
      statement.execute("CREATE VIEW kept AS SELECT a + 1 AS b FROM files.main.t");
      assertThat(rows(statement, "SELECT b FROM kept")).containsExactly("2", "3");
      server.kill();
    }
    assertThat(history(directory))
        .containsExactlyInAnyOrder(
            "CREATE VIEW kept AS SELECT a + 1 AS b FROM files.main.t FINISHED",
            "SELECT b FROM kept FINISHED");
    try (ServerProcess server = ServerProcess.start(config)) {
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
}

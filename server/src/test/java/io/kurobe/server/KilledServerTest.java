package io.kurobe.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.store.SurvivingHistory;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server in a process of its own, killed as by {@code kill -9}. */
@Timeout(240)
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

  /** Of our driver, and of the stock one: what was open then and what is opened anew. */
  @Test
  void afterARestartOldConnectionsAreToldSoAtOnceAndNewOnesWork(@TempDir Path directory)
      throws Exception {
    Path config = config(directory);
    try (ServerProcess server = ServerProcess.start(config)) {
      Connection ours = DriverManager.getConnection("jdbc:kurobe://" + server.address());
      Connection stock = server.connect();
      for (Connection connection : List.of(ours, stock)) {
        assertThat(rows(connection.createStatement(), "SELECT a FROM files.main.t")).hasSize(2);
      }
      Statement statement = ours.createStatement();
      statement.setFetchSize(10);
      ResultSet open =
          statement.executeQuery("SELECT x.a FROM files.main.large x, files.main.large y");
      assertThat(open.next()).isTrue();
      server.kill();
      assertThat(SqlStates.of(() -> rows(ours.createStatement(), "SELECT 1"))).isEqualTo("08001");
      assertThat(ours.isValid(5)).isFalse();

      String port = server.address().substring(server.address().indexOf(':') + 1);
      Files.writeString(
          config, Files.readString(config).replace("port: 0,", "port: " + port + ","));
      try (ServerProcess again = ServerProcess.start(config)) {
        assertThat(again.address()).isEqualTo(server.address());
        for (Connection connection : List.of(ours, stock)) {
          assertThat(
                  SqlStates.of(
                      () -> rows(connection.createStatement(), "SELECT a FROM files.main.t")))
              .isEqualTo("08003");
        }
        assertThat(ours.isValid(5)).isFalse();
        // Rows that are here already may still be read; more of them are not made up. A page that
        // was on its way when the server went is lost with its connection.
        assertThat(
                SqlStates.of(
                    () -> {
                      while (open.next()) {
                        assertThat(open.getInt(1)).isPositive();
                      }
                    }))
            .isIn("08003", "08006");
        try (Connection fresh = DriverManager.getConnection("jdbc:kurobe://" + again.address());
            Connection freshStock = again.connect()) {
          for (Connection connection : List.of(fresh, freshStock)) {
            assertThat(rows(connection.createStatement(), "SELECT a FROM files.main.t")).hasSize(2);
          }
        }
      }
    }
  }

  private static Path config(Path directory) throws IOException {
    Path large =
        Files.writeString(
            directory.resolve("large.csv"),
            IntStream.rangeClosed(1, 2_000)
                .mapToObj(i -> i + "\n")
                .collect(joining("", "a\n", "")));
    Path csv = Files.writeString(directory.resolve("t.csv"), "a\n1\n2\n");
    return Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state}
        sources:
          files: {type: duckdb, tables: {t: "%s", large: "%s"}}
        """
            .formatted(csv, large));
  }

  private static List<String> history(Path directory) throws Exception {
    return SurvivingHistory.of(directory.resolve("state")).stream()
        .map(entry -> entry.sql() + " " + entry.outcome())
        .toList();
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

package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server with its audit on a disk of a few megabytes that is full. */
@Timeout(120)
class AuditFullDiskTest {
  @Test
  void whatCannotBeRecordedIsNotAnsweredUntilItCan(@TempDir Path directory) throws Exception {
    Path data = Files.createDirectories(directory.resolve("state"));
    List<String> launcher = TinyDisks.launcher("8m", List.of(data));
    Path csv = Files.writeString(directory.resolve("t.csv"), "n\n1\n2\n");
    Path config =
        Files.writeString(
            directory.resolve("kurobe.yaml"),
            """
            server: {port: 0, data: state}
            audit: {enabled: true}
            sources:
              files: {type: duckdb, tables: {t: "%s"}}
            """
                .formatted(csv));
    try (ServerProcess server = ServerProcess.start(config, launcher);
        Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      Path filler = TinyDisks.fill(TinyDisks.seenBy(server.process(), data));
      SQLException refused = null;
      // What the database has taken of the disk already is still written.
      for (int i = 0; refused == null && i < 5_000; i++) {
        int number = i;
        refused =
            catchThrowableOfType(
                SQLException.class,
                () ->
                    statement.executeQuery(
                        "SELECT n, '" + "x".repeat(10_000) + "' FROM files.main.t -- " + number));
      }
      assertThat((Throwable) refused).isNotNull();
      assertThat(refused.getSQLState()).isEqualTo("58000");
      assertThat(refused.getMessage()).contains("the audit cannot be written", "onFailure");
      assertThat(SqlStates.of(() -> statement.execute("CREATE VIEW v AS SELECT 1 AS a")))
          .isEqualTo("58000");

      Files.delete(filler);
      assertThat(ConfiguredGateway.rows(statement.executeQuery("SELECT n FROM files.main.t")))
          .containsExactly("1", "2");
      assertThat(SqlStates.of(() -> statement.executeQuery("SELECT a FROM views.main.v")))
          .isEqualTo("42P01");
    }
  }
}

package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.statement.History;
import io.kurobe.server.store.SurvivingHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server over disks of a few megabytes that are full. */
@Timeout(120)
class FullDiskTest {
  private static PostgresServer.Database postgres;
  private static ServerProcess server;
  private static Path spilled;
  private static Path state;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    Path data = Files.createDirectories(directory.resolve("state"));
    Path spill = Files.createDirectories(directory.resolve("spilled"));
    List<String> launcher = TinyDisks.launcher("8m", List.of(data, spill));
    postgres =
        PostgresServer.database(
            "full_disk",
            """
            CREATE VIEW large AS SELECT i % 10 AS k,
              md5(i::text) || md5('a' || i) || md5('b' || i) || md5('c' || i) || md5('d' || i)
              || md5('e' || i) || md5('f' || i) || md5('g' || i) AS pad
            FROM generate_series(1, 300000) i;
            """);
    Path csv = Files.writeString(directory.resolve("t.csv"), "n\n1\n2\n");
    Path config =
        Files.writeString(
            directory.resolve("kurobe.yaml"),
            """
            server: {port: 0, data: state}
            limits: {queryTimeout: 1m}
            engine: {type: duckdb, memory: 60MB, threads: 1, spill: spilled, spillLimit: 1GB}
            sources:
              pg: {type: postgres, url: "%s", user: %s}
              files: {type: duckdb, tables: {t: "%s"}}
            """
                .formatted(postgres.url(), postgres.user(), csv));
    server = ServerProcess.start(config, launcher);
    state = TinyDisks.seenBy(server.process(), data);
    spilled = TinyDisks.seenBy(server.process(), spill);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void whatSpillsToAFullDiskIsAnErrorThatSaysSoAndLeavesNothing() throws Exception {
    assertThat(Files.getFileStore(spilled).getTotalSpace()).isEqualTo(8 << 20);
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      SQLException error =
          catchThrowableOfType(
              SQLException.class,
              () ->
                  strings(
                      statement,
                      "SELECT COUNT(DISTINCT l.pad) AS n FROM pg.public.large l"
                          + " JOIN files.main.t t ON t.n = l.k"));
      assertThat(error.getSQLState()).isEqualTo("53100");
      assertThat(error.getMessage())
          .contains("the disk the engine spills to is full", "engine.spill")
          .doesNotContain(spilled.toString(), "PRAGMA");
      assertThat(strings(statement, "SELECT n FROM files.main.t ORDER BY n"))
          .containsExactly("1", "2");
      assertThat(atWork()).isZero();
      assertNothingIsSpilled();
    }
  }

  @Test
  void aFullDiskUnderTheStateKeepsNoStatementFromItsAnswer(@TempDir Path copy) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE VIEW kept AS SELECT n FROM files.main.t");
      Path filler = TinyDisks.fill(state);
      assertThat(strings(statement, "SELECT n FROM kept ORDER BY n")).containsExactly("1", "2");
      String large = "CREATE VIEW large AS SELECT '" + "x".repeat(500_000) + "' AS a";
      SQLException error = catchThrowableOfType(SQLException.class, () -> statement.execute(large));
      assertThat(error.getSQLState()).isEqualTo("53100");
      assertThat(error.getMessage()).contains("server.data");
      assertThat(SqlStates.of(() -> statement.executeQuery("SELECT x FROM kept")))
          .isEqualTo("42703");
      assertThat(strings(statement, "SELECT n FROM kept ORDER BY n DESC"))
          .containsExactly("2", "1");

      Files.delete(filler);
      statement.execute(large);
      assertThat(strings(statement, "SELECT n FROM kept WHERE n = 2")).containsExactly("2");
      assertThat(history(copy)).contains("SELECT n FROM kept WHERE n = 2");
      assertThat(strings(statement, "SELECT CHAR_LENGTH(a) FROM views.main.large"))
          .containsExactly("500000");
    }
  }

  /** Of a copy: SQLite would follow the path to the disk that is not the process's. */
  private static List<String> history(Path copy) throws Exception {
    for (String file :
        List.of("history-a.journal", "history-b.journal", "state.sqlite", "state.sqlite-wal")) {
      Files.copy(state.resolve(file), copy.resolve(file));
    }
    return SurvivingHistory.of(copy).stream().map(History.Entry::sql).toList();
  }

  private static List<String> strings(Statement statement, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static int atWork() throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      return strings(
              statement,
              "SELECT query FROM pg_stat_activity WHERE datname = current_database()"
                  + " AND application_name = 'kurobe' AND state <> 'idle'")
          .size();
    }
  }

  private static void assertNothingIsSpilled() throws Exception {
    // DuckDB keeps its own mark there, an empty file, while it runs.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    List<Path> left = List.of();
    do {
      try (Stream<Path> files = Files.list(spilled)) {
        left = files.filter(each -> !each.toString().endsWith("_owner")).toList();
      }
    } while (!left.isEmpty() && System.nanoTime() < deadline);
    assertThat(left).isEmpty();
  }
}

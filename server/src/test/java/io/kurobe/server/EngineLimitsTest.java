package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queries that need more than the engine has: of memory, and of disk to spill to. */
@Timeout(120)
class EngineLimitsTest {
  /** Nearly a hundred megabytes, which hardly compress. */
  private static final String STAGED =
      "SELECT COUNT(DISTINCT l.pad) AS n FROM pg.public.large l JOIN files.main.t t ON t.n = l.k";

  private static PostgresServer.Database postgres;
  @TempDir private Path directory;

  @BeforeAll
  static void load() throws Exception {
    postgres =
        PostgresServer.database(
            "engine_limits",
            """
            CREATE VIEW large AS SELECT i % 10 AS k,
              md5(i::text) || md5('a' || i) || md5('b' || i) || md5('c' || i) || md5('d' || i)
              || md5('e' || i) || md5('f' || i) || md5('g' || i) AS pad
            FROM generate_series(1, 300000) i;
            """);
  }

  @Test
  void whatIsStagedMayBeMoreThanTheMemory() throws Exception {
    try (Gateway gateway = start("memory: 60MB, threads: 1");
        Connection connection = connect(gateway)) {
      assertThat(number(connection, STAGED)).isEqualTo(300_000);
      assertNothingIsLeft(gateway);
    }
  }

  @Test
  void aSortOfMoreThanTheMemoryIsInOrder() throws Exception {
    try (Gateway gateway = start("memory: 60MB, threads: 1");
        Connection connection = connect(gateway)) {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT l.pad, t.n FROM pg.public.large l JOIN files.main.t t ON t.n = l.k"
                      + " ORDER BY l.pad")) {
        String last = "";
        int count = 0;
        while (rows.next()) {
          String pad = rows.getString(1);
          assertThat(pad).isGreaterThan(last);
          last = pad;
          count++;
        }
        assertThat(count).isEqualTo(300_000);
      }
      assertNothingIsLeft(gateway);
    }
  }

  @Test
  void aJoinWhoseSidesAreMoreThanTheMemoryIsWhole() throws Exception {
    try (Gateway gateway = start("memory: 60MB, threads: 1");
        Connection connection = connect(gateway)) {
      assertThat(
              number(
                  connection,
                  "SELECT COUNT(*) FROM pg.public.large l JOIN other.public.large o"
                      + " ON o.pad = l.pad WHERE l.k <> 3"))
          .isEqualTo(270_000);
      assertNothingIsLeft(gateway);
    }
  }

  @Test
  void theSpillLimitIsNamedWithItsKey() throws Exception {
    try (Gateway gateway = start("memory: 60MB, threads: 1, spillLimit: 5MB");
        Connection connection = connect(gateway)) {
      SQLException error = failure(connection, STAGED);
      assertThat(error.getSQLState()).isEqualTo("53100");
      assertThat(error.getMessage())
          .contains("spill", "5.0 MiB", "engine.spillLimit")
          .doesNotContain("max_temp_directory_size", "PRAGMA");
      assertNothingIsLeft(gateway);
      assertThat(number(connection, "SELECT COUNT(*) FROM files.main.t")).isEqualTo(10);
    }
  }

  @Test
  void theMemoryThatIsMissingIsNamedWithItsKey() throws Exception {
    try (Gateway gateway = start("memory: 60MB, threads: 1");
        Connection connection = connect(gateway)) {
      SQLException error =
          failure(
              connection,
              "SELECT CARDINALITY(ARRAY_AGG(l.pad)) FROM pg.public.large l"
                  + " JOIN files.main.t t ON t.n = l.k");
      assertThat(error.getSQLState()).isEqualTo("53200");
      assertThat(error.getMessage()).contains("engine.memory").doesNotContain("PRAGMA", "https:");
      assertNothingIsLeft(gateway);
      assertThat(number(connection, "SELECT COUNT(*) FROM files.main.t")).isEqualTo(10);
    }
  }

  private Gateway start(String engine) throws Exception {
    Path file = directory.resolve("files.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT i AS n FROM range(10) r(i)");
    }
    Path config =
        Files.writeString(
            directory.resolve("kurobe.yaml"),
            """
            server: {port: 0, data: state}
            limits: {queryTimeout: 1m}
            engine: {type: duckdb, spill: spilled, %1$s}
            sources:
              pg: {type: postgres, url: "%2$s", user: %3$s}
              other: {type: postgres, url: "%2$s", user: %3$s}
              files: {type: duckdb, path: files.duckdb}
            """
                .formatted(engine, postgres.url(), postgres.user()));
    Configuration.Reading reading = ConfigurationReader.create().read(config);
    assertThat(reading).isInstanceOf(Configuration.Valid.class);
    return Gateway.start(((Configuration.Valid) reading).configuration());
  }

  private static Connection connect(Gateway gateway) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:" + gateway.port() + "/;serialization=protobuf");
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private static SQLException failure(Connection connection, String sql) {
    return catchThrowableOfType(SQLException.class, () -> number(connection, sql));
  }

  /** Whoever waits is told at once; what it held is let go by another thread at the same time. */
  private void assertNothingIsLeft(Gateway gateway) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!databasesOfStatements(gateway).isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(databasesOfStatements(gateway)).isEmpty();
    assertThat(gateway.running()).isEmpty();
    try (Stream<Path> files = Files.list(directory.resolve("spilled"))) {
      // DuckDB keeps its own mark there, an empty file, while it runs.
      assertThat(files).allMatch(each -> each.toString().endsWith("_owner"));
    }
  }

  private static List<String> databasesOfStatements(Gateway gateway) throws Exception {
    try (Connection duckDb = gateway.runtime().duckDb().connect();
        Statement statement = duckDb.createStatement()) {
      return ConfiguredGateway.rows(
          statement.executeQuery(
              "SELECT database_name FROM duckdb_databases() WHERE database_name LIKE 'q\\_%'"
                  + " ESCAPE '\\'"));
    }
  }
}

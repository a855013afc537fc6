package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurobe.adapters.testing.TrinoProcess;
import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway over a Trino that is killed under it, and a DuckDB file that is not. */
@Tag("conformance")
@Timeout(600)
class TrinoFaultsTest {
  private static final String COUNT = "SELECT COUNT(*) FROM lake.tiny.nation";

  @TempDir private Path directory;

  private TrinoProcess trino;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    trino = TrinoServer.own();
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("files.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT i AS n FROM range(1000) r(i)");
    }
    Path config =
        Files.writeString(
            directory.resolve("kurobe.yaml"),
            """
            server: {port: 0, data: state}
            limits: {queryTimeout: 2m}
            sources:
              lake: {type: trino, url: "%s", user: tester, schemas: [tiny, sf1]}
              files: {type: duckdb, path: files.duckdb}
            """
                .formatted(trino.url("tpch")));
    Configuration.Reading reading = ConfigurationReader.create().read(config);
    assertThat(reading).isInstanceOf(Configuration.Valid.class);
    gateway = Gateway.start(((Configuration.Valid) reading).configuration());
  }

  @AfterEach
  void stop() throws Exception {
    if (gateway != null) {
      gateway.close();
      assertThat(gateway.runtime().allocator().getAllocatedMemory()).isZero();
    }
    trino.kill();
  }

  @Test
  void killedWhileItStreamsAndWhileItIsStaged() throws Exception {
    try (Connection connection = DriverManager.getConnection(gateway.url())) {
      assertThat(count(connection, COUNT)).isEqualTo(25);
      try (Statement streaming = connection.createStatement();
          ResultSet rows =
              streaming.executeQuery("SELECT orderkey, comment FROM lake.sf1.lineitem")) {
        assertThat(rows.next()).isTrue();
        CompletableFuture<Throwable> staging =
            CompletableFuture.supplyAsync(
                () ->
                    catchThrowable(
                        () ->
                            count(
                                connection,
                                "SELECT COUNT(DISTINCT l.comment) FROM lake.sf1.lineitem l"
                                    + " JOIN files.main.t ON t.n = l.orderkey % 1000")));
        eventually("both are at work", () -> gateway.running().size() == 2);
        trino.kill();
        assertNamesIt(
            catchThrowable(
                () -> {
                  while (rows.next()) {
                    assertThat(rows.getLong(1)).isPositive();
                  }
                }));
        assertNamesIt(staging.get(60, TimeUnit.SECONDS));
      }
      assertNamesIt(catchThrowable(() -> count(connection, COUNT)));
      assertThat(count(connection, "SELECT COUNT(*) FROM files.main.t")).isEqualTo(1000);
      eventually("nothing is at work", () -> gateway.running().isEmpty());

      trino.restart();
      eventually("it is back", () -> catchThrowable(() -> count(connection, COUNT)) == null);
      assertThat(count(connection, COUNT)).isEqualTo(25);
    }
  }

  private static void assertNamesIt(Throwable error) {
    assertThat(error).isInstanceOf(SQLException.class).hasMessageContaining("source lake");
    assertThat(((SQLException) error).getSQLState()).matches("HV00.*");
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private static void eventually(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}

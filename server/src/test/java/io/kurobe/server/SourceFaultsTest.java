package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.TcpProxy;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway over a PostgreSQL that the tests kill at every stage of a statement, one that lives,
 * and a DuckDB file. After each fault nothing is left open at the others, and the next statement on
 * the same connection works.
 */
@Timeout(120)
class SourceFaultsTest {
  private static final Duration SOON = Duration.ofSeconds(45);

  private static OwnPostgres victim;
  private static PostgresServer.Database other;
  private static int latePort;
  private static Gateway gateway;
  private static ExecutorService clients;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    victim = OwnPostgres.start(directory);
    victim.execute(
        """
        CREATE TABLE t AS SELECT i AS n, repeat('x', 100) AS pad FROM generate_series(1, 400000) i;
        CREATE FUNCTION slowly(i bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS
          $$ BEGIN PERFORM pg_sleep(0.01); RETURN i; END $$;
        CREATE VIEW slow AS SELECT slowly(i) AS n FROM generate_series(1, 100000) i;
        """);
    other =
        PostgresServer.database(
            "fault_other",
            """
            CREATE FUNCTION slowly(i bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS
              $$ BEGIN PERFORM pg_sleep(0.01); RETURN i; END $$;
            CREATE VIEW slow AS SELECT slowly(i) AS n FROM generate_series(1, 100000) i;
            CREATE TABLE t AS SELECT i AS n FROM generate_series(1, 1000) i;
            CREATE VIEW large AS SELECT i AS n FROM generate_series(1, 50000000) i;
            """);
    try (TcpProxy free = TcpProxy.before(otherPort())) {
      latePort = free.port();
    }
    Path file = directory.resolve("files.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT i AS n FROM range(1000) r(i)");
    }
    Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state}
        limits: {statementIdle: 8s, connectionIdle: 1m}
        sources:
          victim: {type: postgres, url: "%s", user: postgres}
          other: {type: postgres, url: "%s", user: %s}
          files: {type: duckdb, path: files.duckdb}
          late: {type: postgres, url: "%s", user: %s}
        """
            .formatted(
                victim.url(),
                other.url(),
                other.user(),
                other.url().replace(":" + otherPort(), ":" + latePort),
                other.user()));
    Configuration.Reading reading =
        ConfigurationReader.create().read(directory.resolve("kurobe.yaml"));
    assertThat(reading).isInstanceOf(Configuration.Valid.class);
    gateway = Gateway.start(((Configuration.Valid) reading).configuration());
    clients = Executors.newCachedThreadPool();
  }

  @AfterAll
  static void stop() throws Exception {
    clients.shutdownNow();
    gateway.close();
    victim.close();
    assertThat(gateway.runtime().allocator().getAllocatedMemory()).isZero();
  }

  @BeforeEach
  void victimIsUp() throws Exception {
    if (!victim.isUp()) {
      victim.restart();
    }
  }

  @AfterEach
  void nothingIsLeftOpen() throws Exception {
    eventually("running statements", () -> gateway.running().isEmpty());
    eventually("statements at the other PostgreSQL", () -> atWorkAtOther() == 0);
    eventually("statements at the killed PostgreSQL", () -> victim.atWork() == 0);
    eventually("staged databases", () -> stagedDatabases().isEmpty());
    eventually("memory", () -> gateway.runtime().allocator().getAllocatedMemory() == 0);
  }

  private static int otherPort() {
    return URI.create(other.url().substring("jdbc:".length())).getPort();
  }

  @Test
  void downAtTheStartItLeavesTheRestWorkingAndComesByItself() throws Exception {
    String late = "SELECT COUNT(*) FROM late.public.t";
    try (Connection connection = connect()) {
      // Often enough for the breaker to open.
      for (int i = 0; i < 3; i++) {
        SQLException down = failure(connection, late);
        assertThat(down.getSQLState()).isEqualTo("HV00N");
        assertThat(down.getMessage()).contains("source late");
        assertThat(count(connection, "SELECT COUNT(*) FROM other.public.t")).isEqualTo(1000);
        assertThat(
                count(
                    connection,
                    "SELECT COUNT(*) FROM files.main.t f JOIN other.public.t o ON o.n = f.n"))
            .isEqualTo(999);
      }
      assertThat(RawClient.get(gateway.port(), "/health").body())
          .containsPattern("\"name\":\"other\",\"up\":true")
          .containsPattern("\"name\":\"late\",\"up\":false");
      try (TcpProxy came = TcpProxy.at(latePort, otherPort())) {
        eventually("the source that came", () -> failure(connection, late) == null);
        assertThat(count(connection, late)).isEqualTo(1000);
      }
    }
  }

  @Test
  void killedWhilePlanning() throws Exception {
    try (Connection connection = connect();
        Connection holder = victim.connect()) {
      // The catalog's reader waits for this lock; connecting does not.
      holder.setAutoCommit(false);
      try (Statement lock = holder.createStatement()) {
        lock.execute("LOCK TABLE pg_catalog.pg_constraint IN ACCESS EXCLUSIVE MODE");
      }
      Future<SQLException> answer = clients.submit(() -> failure(connection, "REFRESH victim"));
      // Only the holder of the lock can look without waiting for it, too.
      eventually("the catalog is being read", () -> waiting(holder));
      // Whoever asks the others does not wait.
      assertThat(count(connection, "SELECT COUNT(*) FROM files.main.t")).isEqualTo(1000);
      victim.kill();
      assertNamesVictim(answer.get(SOON.toSeconds(), TimeUnit.SECONDS));
      assertRestartIsNoticed(connection);
    }
  }

  @Test
  void killedWhileStaging() throws Exception {
    try (Connection connection = connect()) {
      Future<SQLException> answer =
          clients.submit(
              () ->
                  failure(
                      connection,
                      "SELECT COUNT(*) FROM victim.public.slow v"
                          + " JOIN other.public.slow o ON o.n = v.n"));
      eventually("it stages", () -> victim.running("COPY") > 0 && atWorkAtOther() > 0);
      victim.kill();
      assertNamesVictim(answer.get(SOON.toSeconds(), TimeUnit.SECONDS));
      assertThat(count(connection, "SELECT COUNT(*) FROM other.public.t")).isEqualTo(1000);
      assertRestartIsNoticed(connection);
    }
  }

  @Test
  void killedWhileStreaming() throws Exception {
    try (Connection connection = connect()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT n, pad FROM victim.public.t")) {
        assertThat(rows.next()).isTrue();
        victim.kill();
        // The stock client gives an error of a fetch as it came, not as an SQLException.
        assertThatThrownBy(
                () -> {
                  while (rows.next()) {
                    rows.getLong(1);
                  }
                })
            .hasMessageContaining("source victim does not answer")
            .satisfies(error -> assertThat(error.toString()).contains("(HV00N)"));
      }
      assertRestartIsNoticed(connection);
    }
  }

  @Test
  void aClientThatVanishesIsForgottenAfterTheIdleTime() throws Exception {
    // HTTP has no connection to lose: all there is of a client is that it asks no more.
    Connection vanishing = connect();
    Statement statement = vanishing.createStatement();
    ResultSet rows = statement.executeQuery("SELECT n FROM other.public.large");
    assertThat(rows.next()).isTrue();
    assertThat(atWorkAtOther()).isEqualTo(1);
    eventually("the statement of the client that is gone", () -> atWorkAtOther() == 0);
    assertThat(gateway.running()).isEmpty();
  }

  @Test
  void twoHundredConnectionsAskAtOnce() throws Exception {
    List<Future<Long>> answers = new ArrayList<>();
    CompletableFuture<Void> go = new CompletableFuture<>();
    for (int i = 1; i <= 200; i++) {
      String sql =
          "SELECT n FROM " + (i % 2 == 0 ? "other.public.t" : "files.main.t") + " WHERE n = " + i;
      answers.add(
          clients.submit(
              () -> {
                try (Connection connection = connect()) {
                  go.join();
                  return count(connection, sql);
                }
              }));
    }
    go.complete(null);
    for (int i = 1; i <= 200; i++) {
      assertThat(answers.get(i - 1).get(60, TimeUnit.SECONDS)).isEqualTo(i);
    }
  }

  @Test
  void cancelReachesTheSourceWhileItStagesAndWhileItStreams() throws Exception {
    // Our driver: the stock one's cancel stays with the client.
    try (Connection connection =
        DriverManager.getConnection("jdbc:kurobe://127.0.0.1:" + gateway.port())) {
      for (String sql :
          List.of(
              "SELECT COUNT(*) FROM victim.public.slow v JOIN other.public.slow o ON o.n = v.n",
              "SELECT n FROM other.public.slow",
              "EXPLAIN ANALYZE SELECT n FROM other.public.slow")) {
        try (Statement statement = connection.createStatement()) {
          Future<SQLException> answer = clients.submit(() -> failure(statement, sql));
          eventually("the source is at work", () -> atWorkAtOther() > 0);
          statement.cancel();
          assertThat(answer.get(SOON.toSeconds(), TimeUnit.SECONDS).getSQLState())
              .as(sql)
              .isEqualTo("57014");
        }
        eventually("the source stopped: " + sql, () -> atWorkAtOther() == 0);
      }
    }
  }

  private static void assertNamesVictim(SQLException error) {
    assertThat((Throwable) error).isNotNull();
    assertThat(error.getSQLState()).matches("(08|HV).*");
    assertThat(error.getMessage()).contains("victim");
  }

  private static void assertRestartIsNoticed(Connection connection) throws Exception {
    assertNamesVictim(failure(connection, "SELECT COUNT(*) FROM victim.public.t"));
    assertThat(count(connection, "SELECT COUNT(*) FROM files.main.t")).isEqualTo(1000);
    victim.restart();
    eventually(
        "the source that is back",
        () -> {
          try {
            return count(connection, "SELECT COUNT(*) FROM victim.public.t") == 400_000;
          } catch (SQLException e) {
            assertNamesVictim(e);
            return false;
          }
        });
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:" + gateway.port() + "/;serialization=protobuf");
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private static SQLException failure(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return failure(statement, sql);
    }
  }

  private static SQLException failure(Statement statement, String sql) {
    return catchThrowableOfType(
        SQLException.class,
        () -> {
          if (statement.execute(sql)) {
            try (ResultSet rows = statement.getResultSet()) {
              while (rows.next()) {
                rows.getString(1);
              }
            }
          }
        });
  }

  private static boolean waiting(Connection holder) throws SQLException {
    return count(holder, "SELECT count(*) FROM pg_locks WHERE NOT granted") > 0;
  }

  private static int atWorkAtOther() throws SQLException {
    try (Connection connection = other.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = 'fault_other'"
                    + " AND application_name = 'kurobe' AND state <> 'idle'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static List<String> stagedDatabases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = gateway.runtime().duckDb().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT database_name FROM duckdb_databases()")) {
      while (rows.next()) {
        if (rows.getString(1).startsWith("q_")) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  private static void eventually(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}

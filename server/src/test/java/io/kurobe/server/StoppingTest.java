package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is told to stop while a PostgreSQL works for it leaves no session there. */
@Timeout(120)
class StoppingTest {
  private static final String WAITING =
      "SELECT waits.n, files.n FROM sales.public.waits JOIN files.main.t files ON files.n = waits.n";

  @TempDir private Path directory;

  private PostgresServer.Database sales;

  @BeforeEach
  void create() throws Exception {
    sales =
        PostgresServer.database(
            "stopping",
            """
            CREATE VIEW waits AS SELECT 1 AS n, pg_advisory_xact_lock_shared(7)::text AS held;
            CREATE TABLE here AS SELECT 1 AS n;
            """);
    Path file = directory.resolve("files.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT 1 AS n");
    }
  }

  private Path config(String grace) throws Exception {
    return Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state, grace: %s}
        sources:
          sales: {type: postgres, url: "%s", user: %s}
          files: {type: duckdb, path: files.duckdb}
        """
            .formatted(grace, sales.url(), sales.user()));
  }

  @Test
  void aProcessThatIsTerminatedAnswersWhatRunsFirst() throws Exception {
    try (ServerProcess server = ServerProcess.start(config("50s"));
        Connection holder = sales.connect()) {
      execute(holder, "SELECT pg_advisory_lock(7)");
      // What the server's end closes is not closed by its clients.
      Connection asking = server.connect();
      Statement other = server.connect().createStatement();
      CompletableFuture<Integer> answer =
          CompletableFuture.supplyAsync(() -> number(asking, WAITING));
      eventually("it waits at the source", () -> waiting(holder) == 1);

      server.terminate();
      eventually(
          "new statements are refused",
          () -> SqlStates.of(() -> other.executeQuery("SELECT 1")).equals("57P01"));
      assertThat(answer).isNotDone();
      execute(holder, "SELECT pg_advisory_unlock(7)");

      assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(1);
      server.awaitExit();
      assertThat(sessions(holder)).isZero();
    }
  }

  @Test
  void whatIsNotDoneInTimeEndsAtItsSourceToo() throws Exception {
    Configuration.Reading reading = ConfigurationReader.create().read(config("1s"));
    assertThat(reading).isInstanceOf(Configuration.Valid.class);
    try (Gateway gateway = Gateway.start(((Configuration.Valid) reading).configuration());
        Connection holder = sales.connect()) {
      execute(holder, "SELECT pg_advisory_lock(7)");
      Connection asking = DriverManager.getConnection(gateway.url());
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> SqlStates.of(() -> number(asking, WAITING)));
      eventually("it waits at the source", () -> waiting(holder) == 1);

      gateway.close();

      assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("57P01");
      eventually("no session is left", () -> sessions(holder) == 0);
    }
  }

  /** The gateway's sessions that wait for the lock. */
  private static int waiting(Connection connection) {
    return sessions(connection, " AND wait_event = 'advisory'");
  }

  private static int sessions(Connection connection) {
    return sessions(connection, "");
  }

  private static int sessions(Connection connection, String condition) {
    return number(
        connection,
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kurobe'"
            + " AND datname = current_database()"
            + condition);
  }

  private static int number(Connection connection, String sql) {
    try {
      ResultSet rows = connection.createStatement().executeQuery(sql);
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void eventually(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(45);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}

package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a program does to a statement that runs, the source does not go on with it. */
@Timeout(120)
class AbandonedStatementsTest {
  private static final String LONG =
      "SELECT COUNT(*) FROM sales.public.n a, sales.public.n b WHERE a.i + b.i < 0";

  private static PostgresServer.Database sales;
  private static ConfiguredGateway gateway;
  private Connection connection;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    sales =
        PostgresServer.database(
            "abandoned", "CREATE TABLE n AS SELECT i FROM generate_series(1, 300000) i; ANALYZE n");
    gateway =
        ConfiguredGateway.start(
            directory,
            "sources:\n  sales: {type: postgres, url: \"%s\", user: %s, timeout: 2m}\n"
                .formatted(sales.url(), sales.user()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    connection = gateway.connect();
  }

  @AfterEach
  void nothingRunsAtTheSource() throws Exception {
    connection.close();
    await(0);
  }

  private static void await(int running) throws Exception {
    try (Connection watch = DriverManager.getConnection(sales.url(), sales.user(), "");
        PreparedStatement count =
            watch.prepareStatement(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND backend_type = 'client backend' AND state = 'active'"
                    + " AND query LIKE 'COPY%'")) {
      int found = -1;
      for (int i = 0; i < 500 && found != running; i++) {
        TimeUnit.MILLISECONDS.sleep(i == 0 ? 0 : 20);
        ResultSet rows = count.executeQuery();
        rows.next();
        found = rows.getInt(1);
      }
      assertThat(found).isEqualTo(running);
    }
  }

  private static SQLException failure(Statement statement) {
    return catchThrowableOfType(
        SQLException.class,
        () -> {
          if (statement instanceof PreparedStatement prepared) {
            prepared.executeQuery();
          } else {
            statement.executeQuery(LONG);
          }
        });
  }

  private Statement statement(boolean prepared) throws SQLException {
    return prepared ? connection.prepareStatement(LONG) : connection.createStatement();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStatementThatAnotherThreadClosesEndsAtOnce(boolean prepared) throws Exception {
    Statement statement = statement(prepared);
    CompletableFuture<SQLException> waiting =
        CompletableFuture.supplyAsync(() -> failure(statement));
    await(1);
    statement.close();
    assertThat(waiting.get(10, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
    await(0);
    try (Statement next = connection.createStatement();
        ResultSet rows = next.executeQuery("SELECT 1")) {
      assertThat(rows.next()).isTrue();
    }
  }

  /** The best of a few: the machine that runs the test may have others to run. */
  @Test
  void aCancelFreesTheSourceWithinTwoHundredMilliseconds() throws Exception {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      try (Statement statement = connection.createStatement()) {
        CompletableFuture<SQLException> waiting =
            CompletableFuture.supplyAsync(() -> failure(statement));
        await(1);
        long started = System.nanoTime();
        statement.cancel();
        await(0);
        best = Math.min(best, System.nanoTime() - started);
        assertThat(waiting.get(10, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
      }
    }
    assertThat(TimeUnit.NANOSECONDS.toMillis(best)).isLessThan(200);
  }

  @Test
  void aThreadThatIsInterruptedLeavesNothingBehind() throws Exception {
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<SQLException> seen = new CompletableFuture<>();
      Thread thread = new Thread(() -> seen.complete(failure(statement)));
      thread.start();
      await(1);
      thread.interrupt();
      assertThat(seen.get(10, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
      await(0);
    }
  }

  @Test
  void aWaitThatTheNetworksTimeOutEndsLeavesNothingBehind() throws Exception {
    connection.setNetworkTimeout(Runnable::run, 700);
    try (Statement statement = connection.createStatement()) {
      assertThat(failure(statement).getSQLState()).isEqualTo("08006");
      await(0);
    }
  }

  @Test
  void aConnectionThatIsAbortedEndsWhatRuns() throws Exception {
    Statement statement = connection.createStatement();
    CompletableFuture<SQLException> waiting =
        CompletableFuture.supplyAsync(() -> failure(statement));
    await(1);
    connection.abort(Runnable::run);
    assertThat(connection.isClosed()).isTrue();
    assertThat((Throwable) waiting.get(10, TimeUnit.SECONDS)).isNotNull();
    await(0);
  }
}

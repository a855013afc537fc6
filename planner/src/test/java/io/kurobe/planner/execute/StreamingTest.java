package io.kurobe.planner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.testing.Federation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fragments run at the same time, and rows come before the last of them is there. What must not
 * come yet waits at PostgreSQL for a lock that the test holds, so that no clock decides.
 */
@Timeout(120)
class StreamingTest {
  private static final int ROWS = 200_000;

  @TempDir private static Path directory;
  private static PostgresServer.Database held;
  private static Federation federation;

  @BeforeAll
  static void open() throws SQLException {
    held =
        PostgresServer.database(
            "streaming_held",
            """
            CREATE FUNCTION passed(n int) RETURNS int LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM pg_advisory_xact_lock_shared(1);
              RETURN n;
            END $$;
            CREATE VIEW one AS SELECT passed(1) AS n;
            CREATE VIEW many AS
              SELECT CASE WHEN i = %d THEN passed(i) ELSE i END AS n FROM generate_series(1, %d) i;
            """
                .formatted(ROWS, ROWS));
    PostgresServer.Database free =
        PostgresServer.database(
            "streaming_free", "CREATE TABLE two (n int); INSERT INTO two VALUES (2)");
    Path file = directory.resolve("streaming.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE VIEW endless AS SELECT i AS n FROM range(1000000000000) r(i)");
    }
    federation =
        Federation.of(
            List.of(
                SourceConfig.ofUrl("held", "postgres", held.url(), held.user()),
                SourceConfig.ofUrl("free", "postgres", free.url(), free.user()),
                SourceConfig.ofPath("file", "duckdb", file.toString()),
                SourceConfig.ofUrl("lake", "trino", TrinoServer.url("tpch/sf100000"), "tester")));
  }

  @AfterAll
  static void close() {
    if (federation != null) {
      federation.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT n FROM held.public.one UNION ALL SELECT n FROM free.public.two",
        "SELECT n FROM free.public.two UNION ALL SELECT n FROM held.public.one"
      })
  void independentFragmentsRunAtTheSameTime(String sql) throws Exception {
    ExecutorService client = Executors.newSingleThreadExecutor();
    try (Connection lock = lock();
        PlanExecution execution = (PlanExecution) start(sql)) {
      Future<Long> sum = client.submit(() -> sum(execution, 0));
      // Whichever is first in the plan, the other ends while it waits.
      while (!isWaiting(lock) || !hasEnded(execution, "free")) {
        assertThat(sum.isDone()).isFalse();
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(execution.atWork())
          .containsExactly("fragment " + of(execution, "held").name() + " of source held");
      unlock(lock);
      assertThat(sum.get()).isEqualTo(3);
    } finally {
      client.shutdownNow();
    }
  }

  @Test
  void firstRowsOfPostgresqlComeBeforeItHasTheLast() throws Exception {
    try (Connection lock = lock();
        Execution execution = start("SELECT n FROM held.public.many")) {
      assertThat(execution.reader().loadNextBatch()).isTrue();
      long first = sumOfBatch(execution);
      assertThat(first).isPositive();
      unlock(lock);
      assertThat(sum(execution, first)).isEqualTo(ROWS * (ROWS + 1L) / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT n FROM file.main.endless",
        "SELECT orderkey FROM lake.sf100000.lineitem WHERE partkey > 3"
      })
  void firstRowsComeOfWhatNobodyCouldGiveWhole(String sql) throws Exception {
    try (Execution execution = start(sql)) {
      assertThat(execution.reader().loadNextBatch()).isTrue();
      assertThat(execution.reader().getVectorSchemaRoot().getRowCount()).isPositive();
    }
  }

  private static Execution start(String sql) {
    return federation
        .planner()
        .plan(federation.session(), sql)
        .start(List.of(), new ExecutionOptions("streaming", Duration.ofSeconds(90), 0));
  }

  private static long sum(Execution execution, long sum) throws IOException {
    long all = sum;
    while (execution.reader().loadNextBatch()) {
      all += sumOfBatch(execution);
    }
    return all;
  }

  private static long sumOfBatch(Execution execution) throws IOException {
    var batch = execution.reader().getVectorSchemaRoot();
    long sum = 0;
    for (int row = 0; row < batch.getRowCount(); row++) {
      sum += ((Number) batch.getVector(0).getObject(row)).longValue();
    }
    return sum;
  }

  private static boolean hasEnded(PlanExecution execution, String source) {
    return execution.meters().stream()
        .anyMatch(meter -> meter.runsOn().equals(source) && !meter.isAtWork());
  }

  private static FragmentMeter of(PlanExecution execution, String source) {
    return execution.meters().stream()
        .filter(meter -> meter.runsOn().equals(source))
        .findFirst()
        .orElseThrow();
  }

  private static Connection lock() throws SQLException {
    Connection connection = held.connect();
    run(connection, "SELECT pg_advisory_lock(1)");
    return connection;
  }

  private static void unlock(Connection connection) throws SQLException {
    run(connection, "SELECT pg_advisory_unlock(1)");
  }

  /** Whether somebody waits for the lock. */
  private static boolean isWaiting(Connection connection) throws SQLException {
    return !run(
            connection, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        .equals("0");
  }

  private static String run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}

package io.kurobe.planner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.TcpProxy;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.testing.Federation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
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
 * A PostgreSQL, {@code far}, that refuses, dies or falls silent while a statement is planned,
 * staged or streamed. The error names it and comes within the time it has, what another PostgreSQL,
 * {@code near}, does for the same statement ends, and nothing stays open there.
 */
@Timeout(120)
class SourceOutageTest {
  private static final Duration SOURCE_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration TIME = Duration.ofSeconds(2);

  /** What a machine that does other things may need beyond a time-out. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  private static final String STAGED =
      "SELECT COUNT(*) FROM far.public.slow f JOIN near.public.slow n ON n.n = f.n";

  @TempDir static Path directory;

  private static PostgresServer.Database behind;
  private static PostgresServer.Database other;
  private static ExecutorService clients;

  private TcpProxy network;
  private Federation federation;

  @BeforeAll
  static void fill() throws SQLException {
    String script =
        """
        CREATE FUNCTION slowly(i bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS
          $$ BEGIN PERFORM pg_sleep(0.01); RETURN i; END $$;
        CREATE VIEW slow AS SELECT slowly(i) AS n FROM generate_series(1, 100000) i;
        CREATE TABLE many AS SELECT i AS n, repeat('x', 100) AS pad
          FROM generate_series(1, 400000) i;
        CREATE TABLE few AS SELECT i AS n FROM generate_series(1, 10) i;
        """;
    behind = PostgresServer.database("outage_far", script);
    other = PostgresServer.database("outage_near", script);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT i AS n FROM range(10) r(i)");
    }
    clients = Executors.newCachedThreadPool();
  }

  private static Path file() {
    return directory.resolve("files.duckdb");
  }

  @AfterAll
  static void stop() {
    clients.shutdownNow();
  }

  @BeforeEach
  void open() {
    URI url = URI.create(behind.url().substring("jdbc:".length()));
    network = TcpProxy.before(url.getPort());
    federation =
        Federation.of(
            List.of(
                impatient(
                    SourceConfig.ofUrl(
                        "far",
                        "postgres",
                        behind.url().replace(":" + url.getPort(), ":" + network.port()),
                        behind.user())),
                SourceConfig.ofUrl("near", "postgres", other.url(), other.user()),
                SourceConfig.ofPath("files", "duckdb", file().toString())));
  }

  private static SourceConfig impatient(SourceConfig plain) {
    return new SourceConfig(
        plain.name(),
        plain.type(),
        plain.url(),
        plain.path(),
        plain.user(),
        plain.password(),
        plain.schemas(),
        plain.defaultSchema(),
        plain.poolSize(),
        plain.poolIdle(),
        SOURCE_TIMEOUT,
        plain.numericScale(),
        plain.models(),
        plain.selection(),
        plain.tables());
  }

  @AfterEach
  void nothingIsLeftOpen() throws Exception {
    eventually("what near does for a statement that failed", () -> atWork(other) == 0);
    assertThat(federation.query("SELECT COUNT(*) FROM near.public.few"))
        .isEqualTo(List.of(List.of(10L)));
    network.close();
    // Checks that no memory is held.
    federation.close();
  }

  @Test
  void refusesWhilePlanning() {
    network.close();
    KurobeException error = notPlanned();
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(error).hasMessageContaining("source far");
  }

  @Test
  void isSilentWhilePlanning() {
    network.fallSilent();
    KurobeException error = notPlanned();
    assertThat(error.code()).isIn(ErrorCode.SOURCE_UNAVAILABLE, ErrorCode.TIMEOUT);
    assertThat(error).hasMessageContaining("source far");
    network.speak();
    assertThat(federation.query("SELECT COUNT(*) FROM far.public.many"))
        .isEqualTo(List.of(List.of(400_000L)));
  }

  private KurobeException notPlanned() {
    long start = System.nanoTime();
    KurobeException error =
        catchThrowableOfType(
            KurobeException.class, () -> federation.planner().plan(federation.session(), STAGED));
    assertThat((Throwable) error).isNotNull();
    assertWithin(start, SOURCE_TIMEOUT);
    // Who asks the others does not meet it.
    assertThat(federation.query("SELECT COUNT(*) FROM files.main.t"))
        .isEqualTo(List.of(List.of(10L)));
    return error;
  }

  @Test
  void refusesWhileStaging() {
    var statement = federation.planner().plan(federation.session(), STAGED);
    network.close();
    KurobeException error =
        catchThrowableOfType(KurobeException.class, () -> federation.rows(statement));
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(error).hasMessageMatching("source far .*\\(fragment \\w+\\)");
  }

  @Test
  void diesWhileStaging() throws Exception {
    try (Execution execution = start(STAGED, Duration.ofMinutes(1))) {
      Future<Long> client = clients.submit(() -> rows(execution));
      eventually("both are at work", () -> atWork(behind) > 0 && atWork(other) > 0);
      network.cut();
      KurobeException error = failure(client);
      assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
      assertThat(error).hasMessageMatching("source far .*\\(fragment \\w+\\)");
    }
  }

  @Test
  void isSilentWhileStaging() throws Exception {
    String quick = STAGED.replace("near.public.slow", "near.public.few");
    try (Execution execution = start(quick, TIME)) {
      long start = System.nanoTime();
      Future<Long> client = clients.submit(() -> rows(execution));
      eventually("it is at work", () -> atWork(behind) > 0);
      network.fallSilent();
      eventually("all else is staged", () -> execution.atWork().size() == 1);
      assertThat(execution.atWork().get(0)).matches("fragment \\w+ of source far");
      KurobeException error = failure(client);
      assertWithin(start, TIME);
      assertThat(error.code()).isEqualTo(ErrorCode.TIMEOUT);
      assertThat(error)
          .hasMessageMatching("source far did not answer within \\d+ ms \\(fragment \\w+\\)");
    }
  }

  /** Its time is over then, so nothing is said on another connection, which would be silent too. */
  @Test
  void isSilentBeforeItIsAsked() {
    String sql = "SELECT n FROM far.public.few";
    try (Execution execution = start(sql, TIME)) {
      // A connection that was used just now is taken from the pool as it is.
      assertThat(federation.query(sql)).hasSize(10);
      network.fallSilent();
      KurobeException error = catchThrowableOfType(KurobeException.class, () -> rows(execution));
      assertThat(error.code()).isEqualTo(ErrorCode.TIMEOUT);
      assertThat(error).hasMessageMatching("source far did not answer within \\d+ ms");
    }
  }

  @Test
  void diesWhileStreaming() throws Exception {
    try (Execution execution = start("SELECT n, pad FROM far.public.many", TIME)) {
      assertThat(execution.reader().loadNextBatch()).isTrue();
      network.cut();
      KurobeException error = catchThrowableOfType(KurobeException.class, () -> rows(execution));
      assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
      assertThat(error).hasMessageContaining("source far");
    }
  }

  @Test
  void isSilentWhileStreaming() throws Exception {
    try (Execution execution = start("SELECT n, pad FROM far.public.many", TIME)) {
      long start = System.nanoTime();
      assertThat(execution.reader().loadNextBatch()).isTrue();
      network.fallSilent();
      KurobeException error = catchThrowableOfType(KurobeException.class, () -> rows(execution));
      assertWithin(start, TIME);
      assertThat(error.code()).isEqualTo(ErrorCode.TIMEOUT);
      assertThat(error).hasMessageContaining("source far");
      assertThat(execution.atWork()).isEmpty();
    }
  }

  @Test
  void isSilentWhenItIsCancelled() throws Exception {
    try (Execution execution = start(STAGED, Duration.ofMinutes(5))) {
      Future<Long> client = clients.submit(() -> rows(execution));
      eventually("both are at work", () -> atWork(behind) > 0 && atWork(other) > 0);
      network.fallSilent();
      assertThat(execution.atWork()).hasSize(2);
      long start = System.nanoTime();
      execution.cancel();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      eventually("near has stopped", () -> atWork(other) == 0);
      assertThat(failure(client).code()).isEqualTo(ErrorCode.CANCELLED);
    }
  }

  private Execution start(String sql, Duration time) {
    return federation
        .planner()
        .plan(federation.session(), sql)
        .start(List.of(), new ExecutionOptions("outage", time, 0));
  }

  private static long rows(Execution execution) {
    try {
      long rows = 0;
      while (execution.reader().loadNextBatch()) {
        rows += execution.reader().getVectorSchemaRoot().getRowCount();
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KurobeException failure(Future<Long> client) throws Exception {
    ExecutionException error =
        catchThrowableOfType(ExecutionException.class, () -> client.get(40, TimeUnit.SECONDS));
    assertThat(error).isNotNull();
    return (KurobeException) error.getCause();
  }

  private static void assertWithin(long start, Duration time) {
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(time.plus(SLACK));
  }

  /** Statements of Kurobe that a database is at, or holds a transaction open for. */
  private static int atWork(PostgresServer.Database database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kurobe'"
                    + " AND datname = current_database() AND state <> 'idle'")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void eventually(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + SLACK.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}

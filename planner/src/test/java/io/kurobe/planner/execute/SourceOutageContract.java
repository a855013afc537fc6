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
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.testing.Federation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
 * A source, {@code far}, that refuses, dies or falls silent while a statement is planned, staged or
 * streamed. The error names it and comes within the time it has, what a PostgreSQL, {@code near},
 * does for the same statement ends, and nothing stays open there. What {@code far} itself does for
 * a statement that is over ends too, once it can be told.
 */
@Timeout(300)
abstract class SourceOutageContract {
  private static final Duration SOURCE_TIMEOUT = Duration.ofSeconds(1);

  /** Of a statement that is to run out of it. */
  private static final Duration TIME = Duration.ofSeconds(2);

  /** Of a statement, or of a source, that is not to run out of it. */
  static final Duration PLENTY = Duration.ofMinutes(2);

  /** What a machine that does other things may need beyond a time-out. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  @TempDir static Path directory;

  private static PostgresServer.Database other;
  private static ExecutorService clients;

  private TcpProxy network;
  private SourceConfig direct;
  private int behind;
  private boolean gone;
  private Federation federation;

  /** How {@code far} is reached without a network that fails. */
  abstract SourceConfig direct();

  /**
   * The default schema of {@code far}, as statements name it, with tables of a {@code n BIGINT}:
   * {@code few} has 1 to 10; {@code many} more rows, with a {@code pad} of text, than pass before a
   * network fails; {@code slow} takes minutes to give its rows.
   */
  abstract String schema();

  /** How many statements of these tests {@code far} is at. */
  abstract int atWork() throws SQLException;

  /** Has {@code far} end what nobody could tell it to end. */
  void forget() throws SQLException {}

  @BeforeAll
  static void fill() throws SQLException {
    other = PostgresServer.database("outage_near", PostgresOutageTest.SLOW_AND_FEW);
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
    direct = direct();
    behind = URI.create(direct.url().orElseThrow().substring("jdbc:".length())).getPort();
    network = TcpProxy.before(behind);
    federation = federation(SOURCE_TIMEOUT);
  }

  private Federation federation(Duration sourceTimeout) {
    String url = direct.url().orElseThrow().replace(":" + behind, ":" + network.port());
    return Federation.of(
        List.of(
            patient(direct, url, sourceTimeout),
            SourceConfig.ofUrl("near", "postgres", other.url(), other.user()),
            SourceConfig.ofPath("files", "duckdb", file().toString())));
  }

  /** Has far a time-out of its own that does not come before what is looked for. */
  private void haveSourcesWait(Duration sourceTimeout) {
    federation.close();
    federation = federation(sourceTimeout);
  }

  protected final Federation federation() {
    return federation;
  }

  protected final TcpProxy network() {
    return network;
  }

  /** Breaks every connection, and refuses others. */
  private void die() {
    gone = true;
    network.close();
  }

  /** As it was before it died. */
  private void comeBack() {
    network = TcpProxy.at(network.port(), behind);
    gone = false;
  }

  private String staged() {
    return "SELECT COUNT(*) FROM far." + schema() + ".slow f JOIN near.public.slow n ON n.n = f.n";
  }

  private static SourceConfig patient(SourceConfig plain, String url, Duration timeout) {
    return new SourceConfig(
        plain.name(),
        plain.type(),
        Optional.of(url),
        plain.path(),
        plain.user(),
        plain.password(),
        plain.schemas(),
        plain.defaultSchema(),
        plain.poolSize(),
        plain.poolIdle(),
        timeout,
        plain.numericScale(),
        plain.models(),
        plain.selection(),
        plain.tables());
  }

  @AfterEach
  void nothingIsLeftOpen() throws Exception {
    eventually("what near does for a statement that failed", () -> near() == 0);
    if (!gone) {
      network.speak();
      eventually("what far does for a statement that failed", () -> atWork() == 0);
    }
    forget();
    assertThat(federation.query("SELECT COUNT(*) FROM near.public.few"))
        .isEqualTo(List.of(List.of(10L)));
    network.close();
    // Checks that no memory is held.
    federation.close();
  }

  @Test
  void refusesWhilePlanning() {
    die();
    KurobeException error = notPlanned();
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(error).hasMessageContaining("source far");
  }

  /** It comes without being told to, as nobody knows when that would be. */
  @Test
  void isDownAtTheStartAndComesByItself() throws Exception {
    die();
    KurobeException error =
        catchThrowableOfType(KurobeException.class, () -> federation.query(few()));
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(error).hasMessageContaining("source far");
    comeBack();
    // It is looked for every few seconds.
    eventually("far is there", SLACK.multipliedBy(4), () -> answers(few()));
  }

  private boolean answers(String few) {
    try {
      return federation.query(few).equals(List.of(List.of(10L)));
    } catch (KurobeException e) {
      assertThat(e.code()).isIn(ErrorCode.SOURCE_UNAVAILABLE, ErrorCode.TIMEOUT);
      return false;
    }
  }

  @Test
  void isSilentWhilePlanning() throws Exception {
    network.fallSilent();
    KurobeException error = notPlanned();
    assertThat(error.code()).isIn(ErrorCode.SOURCE_UNAVAILABLE, ErrorCode.TIMEOUT);
    assertThat(error).hasMessageContaining("source far");
    network.speak();
    // A read of its catalog that takes longer than its time-out is tried again.
    eventually("far speaks", SLACK.multipliedBy(4), () -> answers(few()));
  }

  private String few() {
    return "SELECT COUNT(*) FROM far." + schema() + ".few";
  }

  private KurobeException notPlanned() {
    long start = System.nanoTime();
    KurobeException error =
        catchThrowableOfType(
            KurobeException.class, () -> federation.planner().plan(federation.session(), staged()));
    assertThat((Throwable) error).isNotNull();
    assertWithin(start, SOURCE_TIMEOUT);
    // Who asks the others does not meet it.
    assertThat(federation.query("SELECT COUNT(*) FROM files.main.t"))
        .isEqualTo(List.of(List.of(10L)));
    return error;
  }

  @Test
  void refusesWhileStaging() throws Exception {
    PlannedStatement statement = plan(staged());
    die();
    KurobeException error =
        catchThrowableOfType(KurobeException.class, () -> federation.rows(statement));
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(error).hasMessageMatching("source far .*\\(fragment \\w+\\)");
  }

  @Test
  void diesWhileStaging() throws Exception {
    try (Execution execution = start(staged(), PLENTY)) {
      Future<Long> client = clients.submit(() -> rows(execution));
      eventually("both are at work", () -> atWork() > 0 && near() > 0);
      die();
      KurobeException error = failure(client);
      assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
      assertThat(error).hasMessageMatching("source far .*\\(fragment \\w+\\)");
    }
  }

  @Test
  void isSilentWhileStaging() throws Exception {
    withEnoughTime(this::isSilentWhileStaging);
  }

  private boolean isSilentWhileStaging(Duration time) throws Exception {
    String quick = staged().replace("near.public.slow", "near.public.few");
    try (Execution execution = start(quick, time)) {
      long start = System.nanoTime();
      Future<Long> client = clients.submit(() -> rows(execution));
      if (!inTime(client, () -> atWork() > 0)) {
        return false;
      }
      network.fallSilent();
      if (!inTime(client, () -> execution.atWork().size() == 1)) {
        network.speak();
        return false;
      }
      assertThat(execution.atWork().get(0)).matches("fragment \\w+ of source far");
      KurobeException error = failure(client);
      assertWithin(start, time);
      assertThat(error.code()).isEqualTo(ErrorCode.TIMEOUT);
      assertThat(error)
          .hasMessageMatching("source far did not (answer|end) within \\d+ ms \\(fragment \\w+\\)");
      return true;
    }
  }

  /** Its time is over then, so nothing is said on another connection, which would be silent too. */
  @Test
  void isSilentBeforeItIsAsked() throws Exception {
    withEnoughTime(this::isSilentBeforeItIsAsked);
  }

  private boolean isSilentBeforeItIsAsked(Duration time) throws Exception {
    String sql = "SELECT n FROM far." + schema() + ".few";
    try (Execution execution = start(sql, time)) {
      // A connection that was used just now is taken from the pool as it is.
      assertThat(federation.query(sql)).hasSize(10);
      network.fallSilent();
      KurobeException error = catchThrowableOfType(KurobeException.class, () -> rows(execution));
      network.speak();
      assertThat(error.code()).isEqualTo(ErrorCode.TIMEOUT);
      if (error.getMessage().startsWith("the query took longer")) {
        return false;
      }
      assertThat(error).hasMessageMatching("source far did not (answer|end) within \\d+ ms");
      return true;
    }
  }

  @Test
  void diesWhileStreaming() throws Exception {
    try (Execution execution = start(many(), PLENTY)) {
      assertThat(execution.reader().loadNextBatch()).isTrue();
      long start = System.nanoTime();
      die();
      KurobeException error = catchThrowableOfType(KurobeException.class, () -> rows(execution));
      assertWithin(start, SOURCE_TIMEOUT);
      assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
      assertThat(error).hasMessageContaining("source far");
    }
  }

  @Test
  void isSilentWhileStreaming() throws Exception {
    withEnoughTime(this::isSilentWhileStreaming);
  }

  private boolean isSilentWhileStreaming(Duration time) throws Exception {
    try (Execution execution = start(many(), time)) {
      long start = System.nanoTime();
      try {
        assertThat(execution.reader().loadNextBatch()).isTrue();
      } catch (KurobeException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
        return false;
      }
      network.fallSilent();
      KurobeException error = catchThrowableOfType(KurobeException.class, () -> rows(execution));
      assertWithin(start, time);
      assertThat(error.code()).isEqualTo(ErrorCode.TIMEOUT);
      assertThat(error).hasMessageContaining("source far");
      assertThat(execution.atWork()).isEmpty();
      return true;
    }
  }

  @Test
  void isSilentWhenItIsCancelled() throws Exception {
    haveSourcesWait(PLENTY);
    try (Execution execution = start(staged(), Duration.ofMinutes(5))) {
      Future<Long> client = clients.submit(() -> rows(execution));
      eventually("both are at work", () -> atWork() > 0 && near() > 0);
      network.fallSilent();
      assertThat(execution.atWork()).hasSize(2);
      long start = System.nanoTime();
      execution.cancel();
      assertWithin(start, Duration.ZERO);
      eventually("near has stopped", () -> near() == 0);
      assertThat(failure(client).code()).isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void endsWhenTheTimeOfTheStatementIsOver() throws Exception {
    withEnoughTime(
        time -> {
          try (Execution execution = start(staged(), time)) {
            Future<Long> client = clients.submit(() -> rows(execution));
            boolean begun = inTime(client, () -> atWork() > 0);
            assertThat(failure(client).code()).isEqualTo(ErrorCode.TIMEOUT);
            return begun;
          }
        });
  }

  @Test
  void endsWhenItIsCancelled() throws Exception {
    try (Execution execution = start(staged(), Duration.ofMinutes(5))) {
      Future<Long> client = clients.submit(() -> rows(execution));
      eventually("both are at work", () -> atWork() > 0 && near() > 0);
      execution.cancel();
      assertThat(failure(client).code()).isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void endsWhenAnotherSourceDies() throws Exception {
    try (Execution execution = start(staged(), Duration.ofMinutes(5))) {
      Future<Long> client = clients.submit(() -> rows(execution));
      eventually("both are at work", () -> atWork() > 0 && near() > 0);
      other.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'kurobe' AND datname = current_database()");
      KurobeException error = failure(client);
      assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
      assertThat(error).hasMessageMatching("source near .*\\(fragment \\w+\\)");
    }
  }

  /** What is to be seen of a statement that runs out of its time. */
  private interface Attempt {
    /** Whether the time sufficed for what must come before. */
    boolean suffices(Duration time) throws Exception;
  }

  /** Gives a statement as little time as this machine, which may do other things, lets it have. */
  private void withEnoughTime(Attempt attempt) throws Exception {
    for (Duration time = TIME; !attempt.suffices(time); time = time.multipliedBy(2)) {
      assertThat(time).as("a time that sufficed for nothing").isLessThan(SLACK);
      haveSourcesWait(PLENTY);
    }
  }

  /** Whether something comes before the time of a statement is over. */
  private static boolean inTime(Future<Long> client, Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      if (client.isDone()) {
        assertThat(failure(client).code()).isEqualTo(ErrorCode.TIMEOUT);
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return true;
  }

  protected final String many() {
    return "SELECT n, pad FROM far." + schema() + ".many";
  }

  /** Plans a statement once the catalog of {@code far} is known, however long that takes. */
  private PlannedStatement plan(String sql) throws Exception {
    eventually(
        "the catalog of far is known",
        SLACK.multipliedBy(4),
        () ->
            federation.catalog().version() > 0
                && !federation.catalog().known("far").schemas().isEmpty());
    return federation.planner().plan(federation.session(), sql);
  }

  protected final Execution start(String sql, Duration time) throws Exception {
    return plan(sql).start(List.of(), new ExecutionOptions("outage", time, 0));
  }

  protected static long rows(Execution execution) {
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

  private static int near() throws SQLException {
    return PostgresOutageTest.atWork(other);
  }

  protected static void eventually(String what, Callable<Boolean> condition) throws Exception {
    eventually(what, SLACK, condition);
  }

  private static void eventually(String what, Duration within, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}

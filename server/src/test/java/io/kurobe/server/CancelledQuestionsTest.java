package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A question that is still being understood ends as soon as nobody waits for it: its model is asked
 * no longer, and what compares its candidates stops at the source.
 */
@Timeout(120)
class CancelledQuestionsTest {
  /** What is meant is 200 ms; the rest is for a machine that does other things too. */
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private static Path directory;
  private static OwnPostgres postgres;

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final SilentModel model = new SilentModel();
  private ConfiguredGateway gateway;

  @BeforeAll
  static void makeSource() throws Exception {
    postgres = OwnPostgres.start(directory);
    // Whoever reads it waits a minute.
    postgres.execute("CREATE VIEW slow AS SELECT 1 AS n FROM pg_sleep(60)");
    Files.writeString(
        directory.resolve("queries.jsonl"),
        "{\"question\": \"how slow?\", \"candidates\": {\"one\": \"SELECT n FROM slow\","
            + " \"two\": \"SELECT n + 1 AS n FROM slow\"}}\n");
  }

  @AfterAll
  static void stopSource() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void start() {
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              pg: {type: postgres, url: "%s", user: postgres}
            ask:
              models:
                silent: {provider: openai-compatible, model: any, url: "%s"}
              generators:
                - {type: in-context, model: silent}
                - {type: fine-tuned, model: silent, candidates: 3}
                - {type: replay, file: queries.jsonl}
            """
                .formatted(postgres.url(), model.url()));
  }

  @AfterEach
  void stop() {
    gateway.close();
    model.close();
    clients.shutdownNow();
  }

  private CompletableFuture<String> ask(Statement statement, String sql) {
    return CompletableFuture.supplyAsync(
        () -> SqlStates.of(() -> statement.executeQuery(sql).next()), clients);
  }

  private static void assertLeft(Long left, long since) {
    assertThat(left).as("when the model was left").isNotNull();
    assertThat(Duration.ofNanos(left - since)).isLessThan(SOON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ASK 'how slow is it?' USING \"in-context\"",
        "ASK 'how slow is it?' USING \"fine-tuned\"",
        "ASK 'how slow is it?'",
        "EXPLAIN ASK 'how slow is it?'",
        "ASK SQL 'how slow is it?' USING \"in-context\"",
        "SELECT COUNT(*) FROM (ASK 'how slow is it?') t",
        "CREATE VIEW v AS ASK 'how slow is it?'"
      })
  void cancellingLeavesTheModel(String sql) throws Exception {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      CompletableFuture<String> answer = ask(statement, sql);
      assertThat(model.asked().poll(30, TimeUnit.SECONDS)).isNotNull();
      Thread.sleep(100);
      int more = model.asked().size();
      long since = System.nanoTime();
      statement.cancel();
      assertThat(answer.get(SOON.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("57014");
      for (int i = 0; i <= more; i++) {
        assertLeft(model.left().poll(20, TimeUnit.SECONDS), since);
      }
    }
  }

  @Test
  void killingLeavesTheModel() throws Exception {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement();
        Connection other = gateway.connect();
        Statement killing = other.createStatement()) {
      CompletableFuture<String> answer =
          ask(statement, "ASK 'how slow is it?' USING \"in-context\"");
      assertThat(model.asked().poll(30, TimeUnit.SECONDS)).isNotNull();
      String id;
      try (ResultSet running =
          killing.executeQuery(
              "SELECT query_id FROM system.runtime.queries WHERE state = 'PLANNING'"
                  + " AND statement LIKE 'ASK%'")) {
        assertThat(running.next()).isTrue();
        id = running.getString(1);
      }
      long since = System.nanoTime();
      killing.execute("KILL '" + id + "'");
      assertThat(answer.get(SOON.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("57014");
      assertLeft(model.left().poll(20, TimeUnit.SECONDS), since);
    }
  }

  @Test
  void aTimeOutLeavesTheModel() throws Exception {
    String asked = "ASK 'how slow is it?' USING \"in-context\"";
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      // The first question of a gateway takes its time before it comes to a model.
      CompletableFuture<String> first = ask(statement, asked);
      assertThat(model.asked().poll(30, TimeUnit.SECONDS)).isNotNull();
      statement.cancel();
      assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(model.left().poll(20, TimeUnit.SECONDS)).isNotNull();
      assertTimeOutLeavesIt(statement, () -> statement.executeQuery(asked).next());
      assertTimeOutLeavesIt(statement, () -> connection.prepareStatement(asked));
    }
  }

  /** With as much time as it takes to come to the model on a machine that does other things. */
  private void assertTimeOutLeavesIt(Statement setting, ThrowingCallable asking) throws Exception {
    // Before a model is asked, the view keeps whoever wants its values for two seconds.
    for (int seconds = 5; ; seconds *= 2) {
      model.asked().clear();
      setting.execute("SET query_timeout = " + seconds);
      long since = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      assertThat(SqlStates.of(asking)).isEqualTo("57014");
      if (!model.asked().isEmpty()) {
        assertLeft(model.left().poll(20, TimeUnit.SECONDS), since);
        return;
      }
      assertThat(seconds).as("a time that no model is asked in").isLessThan(20);
    }
  }

  @Test
  void cancellingStopsTheComparisonAtItsSource() throws Exception {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      CompletableFuture<String> answer = ask(statement, "ASK 'how slow?' USING \"one\", two");
      awaitReads(true, Duration.ofSeconds(30));
      statement.cancel();
      assertThat(answer.get(SOON.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("57014");
      awaitReads(false, SOON);
      // Its worker came home, and nothing else is begun for it.
      Thread.sleep(300);
      awaitReads(false, SOON);
      assertThat(ConfiguredGateway.rows(statement.executeQuery("SELECT 1"))).containsExactly("1");
    }
  }

  private static void awaitReads(boolean wanted, Duration within) throws Exception {
    long deadline = System.nanoTime() + within.toNanos();
    while (isReading() != wanted) {
      assertThat(System.nanoTime()).as("the source goes on for too long").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static boolean isReading() throws SQLException {
    try (Connection connection =
            java.sql.DriverManager.getConnection(postgres.url(), "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet active =
            statement.executeQuery(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'active'"
                    + " AND query LIKE '%slow%' AND pid <> pg_backend_pid()")) {
      active.next();
      return active.getInt(1) > 0;
    }
  }
}

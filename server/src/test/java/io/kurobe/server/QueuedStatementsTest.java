package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.server.config.DataSize;
import io.kurobe.server.config.LimitSettings;
import io.kurobe.server.config.RunningLimits;
import io.kurobe.server.statement.RunningQuery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements beyond the limit of those at work: they wait for their turn. */
@Timeout(60)
class QueuedStatementsTest {
  @TempDir private Path data;

  private final ExecutorService clients = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    clients.shutdownNow();
  }

  private TestGateway start(Duration queryTimeout, RunningLimits running) {
    return TestGateway.start(
        data,
        0,
        new LimitSettings(
            queryTimeout,
            0,
            1_000,
            100,
            Duration.ofMinutes(30),
            1_000,
            Duration.ofMinutes(10),
            running,
            new DataSize(100_000)));
  }

  private static Connection connect(TestGateway gateway, String how) throws SQLException {
    return how.equals("ours")
        ? DriverManager.getConnection(gateway.gateway().url())
        : gateway.connect(how);
  }

  private static List<RunningQuery.State> states(TestGateway gateway) {
    return gateway.gateway().running().stream().map(RunningQuery::state).toList();
  }

  private static long queued(TestGateway gateway) {
    return states(gateway).stream().filter(RunningQuery.State.QUEUED::equals).count();
  }

  private static boolean givesARow(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("rows 1")) {
      return rows.next() && !rows.next();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf", "ours"})
  void beyondTheLimitAStatementWaitsForItsTurn(String how) throws Exception {
    try (TestGateway gateway = start(Duration.ofMinutes(1), new RunningLimits(1, 0, 1, 0));
        Connection first = connect(gateway, how);
        Connection second = connect(gateway, how);
        Connection third = connect(gateway, how)) {
      assertThat(first.createStatement().executeQuery("rows 999999").next()).isTrue();
      Future<Boolean> waiting = clients.submit(() -> givesARow(second.createStatement()));
      eventually("it waits", () -> queued(gateway) == 1);
      assertThat(states(gateway))
          .containsExactly(RunningQuery.State.RUNNING, RunningQuery.State.QUEUED);
      assertThat(RawClient.get(gateway.port(), "/metrics").body())
          .contains("kurobe_statements_queued 1.0", "kurobe_statements_running 1.0");

      SQLException refused =
          catchThrowableOfType(
              SQLException.class, () -> third.createStatement().executeQuery("rows 1"));
      assertThat(refused.getSQLState()).isEqualTo("53400");
      assertThat(refused.getMessage()).contains("limits.running or limits.queued");
      assertThat(waiting).isNotDone();

      first.close();
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(givesARow(third.createStatement())).isTrue();
    }
  }

  @Test
  void ourDriverIsToldWhichLimitOfItsUserWasMet() throws Exception {
    try (TestGateway gateway = start(Duration.ofMinutes(1), new RunningLimits(9, 1, 9, 1));
        Connection ada = DriverManager.getConnection(gateway.gateway().url(), "ada", "");
        Connection bob = DriverManager.getConnection(gateway.gateway().url(), "bob", "")) {
      Statement working = ada.createStatement();
      assertThat(working.executeQuery("rows 999999").next()).isTrue();
      Future<Boolean> waiting = clients.submit(() -> givesARow(ada.createStatement()));
      eventually("it waits", () -> queued(gateway) == 1);

      SQLException refused =
          catchThrowableOfType(
              SQLException.class, () -> ada.createStatement().executeQuery("rows 1"));
      assertThat(refused.getSQLState()).isEqualTo("53400");
      assertThat(refused.getMessage())
          .contains(
              "there are already 1 statements of 'ada' at work, and 1 of 'ada' wait",
              "raise limits.runningPerUser or limits.queuedPerUser");
      assertThat(givesARow(bob.createStatement())).isTrue();
      assertThat(waiting).isNotDone();

      working.close();
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void soItDoesOnTheColumnarWire() throws Exception {
    try (TestGateway gateway = start(Duration.ofMinutes(1), new RunningLimits(1, 0, 1, 0));
        Connection first = gateway.connect("json")) {
      assertThat(first.createStatement().executeQuery("rows 999999").next()).isTrue();
      WireClient client = WireClient.open(gateway);
      Future<WireClient.Answer> cancelled = clients.submit(() -> client.execute(-1, "rows 3"));
      eventually("it waits", () -> queued(gateway) == 1);
      assertThat(client.execute(-2, "rows 3").sqlState()).isEqualTo("53400");
      assertThat(client.ask("cancel", "'statement':-1").json().path("found").asBoolean()).isTrue();
      assertThat(cancelled.get(20, TimeUnit.SECONDS).sqlState()).isEqualTo("57014");

      Future<WireClient.Result> waiting = clients.submit(() -> client.read(-1, "rows 3"));
      eventually("the next waits", () -> queued(gateway) == 1);
      first.close();
      assertThat(waiting.get(20, TimeUnit.SECONDS).rows()).hasSize(3);
      client.close();
    }
  }

  @Test
  void whatWaitsIsPreparedAsWellAsNot() throws Exception {
    try (TestGateway gateway = start(Duration.ofMinutes(1), new RunningLimits(1, 0, 9, 0));
        Connection first = gateway.connect("json");
        Connection second = gateway.connect("json");
        var prepared = second.prepareStatement("echo ? ?")) {
      Statement working = first.createStatement();
      assertThat(working.executeQuery("rows 999999").next()).isTrue();
      prepared.setLong(1, 7);
      prepared.setString(2, "seven");
      Future<String> waiting =
          clients.submit(
              () -> {
                try (ResultSet rows = prepared.executeQuery()) {
                  return rows.next() ? rows.getString(2) : "";
                }
              });
      eventually("it waits", () -> queued(gateway) == 1);
      working.close();
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("seven");
    }
  }

  @Test
  void whatWaitsIsCancelledAndTheNextIsNot() throws Exception {
    try (TestGateway gateway = start(Duration.ofMinutes(1), new RunningLimits(1, 0, 9, 0));
        Connection first = connect(gateway, "ours");
        Connection second = connect(gateway, "ours");
        Connection third = connect(gateway, "ours")) {
      assertThat(first.createStatement().executeQuery("rows 999999").next()).isTrue();
      Statement statement = second.createStatement();
      Future<String> waiting =
          clients.submit(() -> SqlStates.of(() -> statement.executeQuery("rows 1").next()));
      eventually("it waits", () -> queued(gateway) == 1);
      Future<Boolean> next = clients.submit(() -> givesARow(third.createStatement()));
      eventually("both wait", () -> queued(gateway) == 2);

      statement.cancel();
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(queued(gateway)).isEqualTo(1);
      first.close();
      assertThat(next.get(20, TimeUnit.SECONDS)).isTrue();
      eventually("nothing is open", () -> gateway.planner().open.get() == 0);
    }
  }

  @Test
  void theTimeOutCountsWhileItWaits() throws Exception {
    try (TestGateway gateway = start(Duration.ofMinutes(1), new RunningLimits(1, 0, 9, 0));
        Connection first = gateway.connect("json");
        Connection second = gateway.connect("json");
        Statement statement = second.createStatement()) {
      statement.execute("timeout 1");
      assertThat(first.createStatement().executeQuery("rows 999999").next()).isTrue();
      SQLException late =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("rows 1"));
      assertThat(late.getSQLState()).isEqualTo("57014");
      assertThat(late.getMessage())
          .contains("the statement waited for 1 s for others to end", "limits.running");
      assertThat(states(gateway)).containsExactly(RunningQuery.State.RUNNING);
      first.close();
      assertThat(givesARow(statement)).isTrue();
    }
  }

  /** Many more than there are threads for HTTP. */
  @Test
  void noThreadWaitsWithThem() throws Exception {
    int many = 150;
    try (TestGateway gateway = start(Duration.ofMinutes(1), new RunningLimits(1, 0, many, 0));
        Connection first = gateway.connect("json")) {
      assertThat(first.createStatement().executeQuery("rows 999999").next()).isTrue();
      RawClient.json(
          gateway.port(),
          "{\"request\":\"openConnection\",\"connectionId\":\"c\",\"info\":{}}",
          "");
      HttpClient http = HttpClient.newHttpClient();
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 1; i <= many; i++) {
        RawClient.json(
            gateway.port(), "{\"request\":\"createStatement\",\"connectionId\":\"c\"}", "");
        String body =
            "{\"request\":\"prepareAndExecute\",\"connectionId\":\"c\",\"statementId\":"
                + i
                + ",\"sql\":\"rows 1\",\"maxRowCount\":-1,\"maxRowsInFirstFrame\":-1}";
        answers.add(
            http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString()));
      }
      eventually("all wait", () -> queued(gateway) == many);
      assertThat(answers).noneMatch(CompletableFuture::isDone);
      first.close();
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS).body()).contains("name 0");
      }
      assertThat(gateway.gateway().running()).isEmpty();
    }
  }

  private static void eventually(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}

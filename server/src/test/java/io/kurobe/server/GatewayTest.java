package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.config.DataSize;
import io.kurobe.server.config.LimitSettings;
import io.kurobe.server.config.RunningLimits;
import io.kurobe.server.config.ServerSettings;
import io.kurobe.server.statement.History;
import io.kurobe.server.store.SurvivingHistory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GatewayTest {
  @TempDir private Path data;

  private static LimitSettings limits(
      Duration queryTimeout, int connections, Duration statementIdle, int running, long request) {
    return new LimitSettings(
        queryTimeout,
        0,
        1_000,
        connections,
        Duration.ofMinutes(30),
        50,
        statementIdle,
        RunningLimits.of(running),
        new DataSize(request));
  }

  private static LimitSettings small() {
    return limits(Duration.ofMinutes(1), 3, Duration.ofMinutes(10), 2, 10_000);
  }

  @Test
  void garbageIsAnAnswerAndTheNextStatementWorks() throws Exception {
    try (TestGateway gateway = TestGateway.start(data)) {
      Random random = new Random(7);
      List<byte[]> bodies = new ArrayList<>();
      bodies.add(new byte[0]);
      bodies.add("null".getBytes(StandardCharsets.UTF_8));
      bodies.add("{}".getBytes(StandardCharsets.UTF_8));
      bodies.add("{\"request\":\"fetch\"}".getBytes(StandardCharsets.UTF_8));
      bodies.add("{\"request\":\"no such\"}".getBytes(StandardCharsets.UTF_8));
      bodies.add("[".repeat(9_999).getBytes(StandardCharsets.UTF_8));
      bodies.add(
          ("{\"request\":\"fetch\",\"x\":" + "[".repeat(9_999)).getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 100; i++) {
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        bodies.add(bytes);
      }
      for (byte[] body : bodies) {
        for (String type : List.of("application/json", "application/x-google-protobuf")) {
          HttpResponse<String> answer = RawClient.post(gateway.port(), type, body, "");
          assertThat(answer.statusCode()).isIn(400, 500);
          assertThat(answer.body()).isNotEmpty().doesNotContain("Exception", "java.", "\tat ");
        }
      }
      assertThat(
              RawClient.post(
                      gateway.port(),
                      "application/json",
                      "nonsense".getBytes(StandardCharsets.UTF_8),
                      "")
                  .body())
          .contains("\"sqlState\":\"08P01\"");
      assertWorks(gateway);
    }
  }

  @Test
  void bytesThatAreNoHttpAreAnsweredAndClosed() throws Exception {
    try (TestGateway gateway = TestGateway.start(data)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
        socket.setSoTimeout(10_000);
        OutputStream out = socket.getOutputStream();
        out.write(new byte[] {22, 3, 1, 0, (byte) 200, 1, 0, 13, 10, 13, 10});
        out.flush();
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Exception");
      }
      assertWorks(gateway);
    }
  }

  @Test
  void requestsAndStatementsThatAreTooLargeAreRefused() throws Exception {
    try (TestGateway gateway = TestGateway.start(data, 0, small())) {
      HttpResponse<String> answer =
          RawClient.post(gateway.port(), "application/json", new byte[20_000], "");
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("\"sqlState\":\"54000\"");
      assertThat(state(gateway, "rows " + " ".repeat(2_000))).isEqualTo("54000");
      assertWorks(gateway);
    }
  }

  @Test
  void busyPortIsOneLineThatNamesIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> TestGateway.start(data, taken.getLocalPort(), LimitSettings.DEFAULT).close())
          .isInstanceOf(KurobeException.class)
          .hasMessage("the address 127.0.0.1:" + taken.getLocalPort() + " cannot be listened at")
          .extracting(e -> ((KurobeException) e).code())
          .isEqualTo(ErrorCode.CONFIGURATION);
    }
  }

  @Test
  void timeoutStopsAStatementAndItsSource() throws Exception {
    LimitSettings brief = limits(Duration.ofSeconds(3), 9, Duration.ofMinutes(10), 9, 10_000);
    try (TestGateway gateway = TestGateway.start(data, 0, brief)) {
      long started = System.nanoTime();
      assertThat(state(gateway, "wait")).isEqualTo("57014");
      assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(20));
      while (gateway.planner().cancelled.get() == 0 || gateway.planner().open.get() > 0) {
        // The client has its answer first; the test's own time-out bounds this.
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertWorks(gateway);
    }
  }

  @Test
  void refusesMoreConnectionsThanItsLimit() throws SQLException {
    try (TestGateway gateway = TestGateway.start(data, 0, small());
        Connection one = gateway.connect("json");
        Connection two = gateway.connect("json");
        Connection three = gateway.connect("json")) {
      assertThat(SqlStates.of(() -> gateway.connect("json").close())).isEqualTo("53300");
      one.close();
      try (Connection another = gateway.connect("json")) {
        assertThat(another.createStatement().executeQuery("rows 1").next()).isTrue();
      }
      assertThat(two.createStatement().executeQuery("rows 1").next()).isTrue();
      assertThat(three.createStatement().executeQuery("rows 1").next()).isTrue();
    }
  }

  @Test
  void idleStatementIsClosedAndSaysSo() throws Exception {
    LimitSettings impatient = limits(Duration.ofMinutes(1), 9, Duration.ofSeconds(1), 9, 10_000);
    try (TestGateway gateway = TestGateway.start(data, 0, impatient);
        Connection connection = gateway.connect("json");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("rows 20000")) {
      assertThat(result.next()).isTrue();
      while (gateway.planner().open.get() > 0) {
        // The test's own time-out bounds this.
        TimeUnit.MILLISECONDS.sleep(20);
      }
      String gone =
          SqlStates.of(
              () -> {
                while (result.next()) {
                  assertThat(result.getLong(1)).isNotNegative();
                }
              });
      assertThat(gone).isEqualTo("57014");
      assertThat(gateway.planner().open.get()).isZero();
    }
  }

  @Test
  void aClientThatWaitsForAPlanIsNotIdle() throws Exception {
    LimitSettings impatient =
        new LimitSettings(
            Duration.ofMinutes(1),
            0,
            1_000,
            9,
            Duration.ofSeconds(1),
            50,
            Duration.ofSeconds(1),
            RunningLimits.of(9),
            new DataSize(10_000));
    // Longer than it takes until idle ones are looked for.
    String slow = "plan 6500";
    try (TestGateway gateway = TestGateway.start(data, 0, impatient)) {
      try (Connection connection = gateway.connect("json");
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(slow)) {
        assertThat(result.next()).isTrue();
      }
      try (Connection connection = gateway.connect("json");
          PreparedStatement statement = connection.prepareStatement(slow);
          ResultSet result = statement.executeQuery()) {
        assertThat(result.next()).isTrue();
      }
    }
  }

  /** Without waiting: what a client was told is written before it is told, whatever it was. */
  @Test
  void whatAClientSawEndIsInTheHistory() throws Exception {
    LimitSettings brief = limits(Duration.ofSeconds(3), 9, Duration.ofMinutes(10), 9, 10_000);
    try (TestGateway gateway = TestGateway.start(data, 0, brief);
        Connection connection = gateway.connect("json");
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 50; i++) {
        assertThat(statement.executeQuery("rows " + i).next()).isEqualTo(i > 0);
        assertThat(latestInHistory()).isEqualTo("rows " + i + " FINISHED");
        assertThat(SqlStates.of(() -> statement.executeQuery("broken"))).isEqualTo("42703");
        assertThat(latestInHistory()).isEqualTo("broken FAILED 42703");
      }
      assertThat(SqlStates.of(() -> connection.prepareStatement("assert"))).isEqualTo("XX000");
      assertThat(latestInHistory()).isEqualTo("assert FAILED XX000");
      assertThat(SqlStates.of(() -> statement.executeQuery("wait").next())).isEqualTo("57014");
      assertThat(latestInHistory()).isEqualTo("wait CANCELLED 57014");
    }
  }

  private String latestInHistory() throws Exception {
    List<History.Entry> entries = SurvivingHistory.of(data);
    History.Entry last = entries.get(entries.size() - 1);
    return last.sql()
        + " "
        + last.outcome()
        + last.sqlState().map(sqlState -> " " + sqlState).orElse("");
  }

  @Test
  void showsHealthAndMetrics() throws Exception {
    try (TestGateway gateway = TestGateway.start(data)) {
      assertWorks(gateway);
      HttpResponse<String> health = RawClient.get(gateway.port(), "/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).isEqualTo("{\"status\":\"up\",\"sources\":[]}");
      System.gc();
      assertThat(RawClient.get(gateway.port(), "/metrics").body())
          .doesNotContain("kurobe_connections NaN")
          .contains(
              "kurobe_statement_seconds_count{kind=\"query\",outcome=\"finished\"} 1",
              "kurobe_rows_total 1.0",
              "kurobe_connections 0.0",
              "jvm_memory_used_bytes");
      assertThat(RawClient.get(gateway.port(), "/elsewhere").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void closingCancelsWhatRunsAndFreesThePort() throws Exception {
    TestGateway gateway = stoppingWithin(Duration.ofSeconds(1));
    int port = gateway.port();
    Connection connection = gateway.connect("json");
    Statement statement = connection.createStatement();
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(() -> SqlStates.of(() -> statement.executeQuery("wait")));
    while (gateway.planner().open.get() == 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }

    long started = System.nanoTime();
    gateway.close();

    assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(15));
    assertThat(gateway.planner().open.get()).isZero();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("57P01");
    try (TestGateway again = TestGateway.start(data, port, LimitSettings.DEFAULT)) {
      assertThat(again.port()).isEqualTo(port);
      assertWorks(again);
    }
  }

  @Test
  void closingLetsWhatRunsEndAndRefusesWhatIsNew() throws Exception {
    TestGateway gateway = stoppingWithin(Duration.ofSeconds(50));
    Connection connection = gateway.connect("json");
    Connection other = gateway.connect("json");
    CompletableFuture<Boolean> answer =
        CompletableFuture.supplyAsync(
            () -> {
              // Not closed: once it has ended there is nobody left to close it at.
              try {
                ResultSet result = connection.createStatement().executeQuery("late 5000");
                return result.next() && !result.next();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    while (gateway.planner().open.get() == 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }

    CompletableFuture<Void> closing = CompletableFuture.runAsync(gateway::close);
    Statement statement = other.createStatement();
    String refused = "null";
    while (refused.equals("null")) {
      refused = SqlStates.of(() -> statement.executeQuery("rows 1"));
    }

    assertThat(refused).isEqualTo("57P01");
    assertThat(closing).isNotDone();
    assertThat(answer.get(30, TimeUnit.SECONDS)).isTrue();
    closing.get(30, TimeUnit.SECONDS);
    assertThat(gateway.planner().open.get()).isZero();
    assertThat(gateway.planner().cancelled.get()).isZero();
  }

  private TestGateway stoppingWithin(Duration grace) {
    return TestGateway.start(
        new ServerSettings(
            ServerSettings.DEFAULT_HOST,
            0,
            data,
            Optional.empty(),
            ZoneOffset.UTC,
            grace,
            Optional.empty()),
        LimitSettings.DEFAULT);
  }

  private static void assertWorks(TestGateway gateway) throws SQLException {
    try (Connection connection = gateway.connect("json");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("rows 1")) {
      assertThat(result.next()).isTrue();
      assertThat(result.next()).isFalse();
    }
  }

  private static String state(TestGateway gateway, String sql) throws SQLException {
    try (Connection connection = gateway.connect("protobuf");
        Statement statement = connection.createStatement()) {
      return SqlStates.of(() -> statement.executeQuery(sql).next());
    }
  }
}

package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.config.DataSize;
import io.kurobe.server.config.LimitSettings;
import io.kurobe.server.config.RateLimits;
import io.kurobe.server.config.RunningLimits;
import io.kurobe.server.config.ServerSettings;
import io.kurobe.server.config.StatementLimits;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients of Avatica's own protocol that open statements, run them and never close one: so many are
 * open, so many at work, and no more.
 */
@Timeout(120)
class NeverClosedStatementsTest {
  private static final int MANY = 10_000;
  private static final int STATEMENTS = 1_000;
  private static final int RUNNING = 20;
  private static final long MOST_BYTES = 48 << 20;

  @TempDir private Path data;

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @ParameterizedTest
  @EnumSource
  void tenThousandOverAvaticaAreBounded(AvaticaEncoding encoding) throws Exception {
    LimitSettings limits =
        new LimitSettings(
            Duration.ofMinutes(1),
            0,
            1_000,
            9,
            Duration.ofMinutes(30),
            STATEMENTS,
            Duration.ofMinutes(10),
            new RunningLimits(2 * RUNNING, RUNNING, 0, 0),
            new DataSize(20_000));
    try (TestGateway gateway = TestGateway.start(ServerSettings.of(0, data), limits)) {
      var flood = new Client(gateway.port(), encoding, "flood");
      flood.send(new Service.OpenConnectionRequest("flood", Map.of()));
      long before = heap();
      int open = 0;
      int running = 0;
      for (int i = 1; i <= MANY; i++) {
        HttpResponse<String> made = flood.send(new Service.CreateStatementRequest("flood"));
        if (made.statusCode() != 200) {
          assertThat(made.body()).contains("53400", "limits.statements");
          continue;
        }
        open++;
        // The server's numbers go up by one.
        HttpResponse<String> run =
            flood.send(new Service.PrepareAndExecuteRequest("flood", i, "rows 20000", -1, 10));
        running += run.statusCode() == 200 ? 1 : 0;
        assertThat(run.body()).as(i + "").contains(i <= RUNNING ? "" : "53400");
      }
      assertThat(open).isEqualTo(STATEMENTS);
      assertThat(running).isEqualTo(RUNNING);
      assertThat(gateway.openStatements()).isEqualTo(STATEMENTS);
      assertThat(gateway.planner().open).hasValue(RUNNING);
      assertThat(heap() - before).as("bytes on the heap").isLessThan(MOST_BYTES);
      assertThat(gateway.planner().allocated()).as("bytes of rows").isLessThan(MOST_BYTES);
      othersGoOn(gateway.port(), encoding);
      flood.send(new Service.CloseStatementRequest("flood", 1));
      assertThat(flood.send(new Service.CreateStatementRequest("flood")).statusCode())
          .isEqualTo(200);
      assertThat(
              flood
                  .send(
                      new Service.PrepareAndExecuteRequest(
                          "flood", STATEMENTS + 1, "rows 3", -1, 10))
                  .statusCode())
          .isEqualTo(200);
      flood.send(new Service.CloseConnectionRequest("flood"));
      gateway.awaitNothingOpen();
    }
  }

  private static void othersGoOn(int port, AvaticaEncoding encoding) throws Exception {
    var other = new Client(port, encoding, "ada");
    other.send(new Service.OpenConnectionRequest("other", Map.of()));
    other.send(new Service.CreateStatementRequest("other"));
    assertThat(
            other
                .send(new Service.PrepareAndExecuteRequest("other", 1, "rows 3", -1, 10))
                .statusCode())
        .isEqualTo(200);
    other.send(new Service.CloseConnectionRequest("other"));
  }

  /** However many connections they are spread over. */
  @Test
  void aUserHasNoMoreThanItsLimitAndAllTogetherNoMoreThanTheirs() throws Exception {
    LimitSettings standard = LimitSettings.DEFAULT;
    LimitSettings limits =
        new LimitSettings(
            standard.queryTimeout(),
            0,
            1_000,
            9,
            standard.connectionIdle(),
            new StatementLimits(20, 50, 80),
            standard.statementIdle(),
            RunningLimits.DEFAULT,
            standard.requestSize(),
            Optional.empty(),
            Optional.empty(),
            RateLimits.NONE,
            Map.of());
    try (TestGateway gateway = TestGateway.start(ServerSettings.of(0, data), limits)) {
      var flood = new Client(gateway.port(), AvaticaEncoding.JSON, "flood");
      var ada = new Client(gateway.port(), AvaticaEncoding.JSON, "ada");
      var bob = new Client(gateway.port(), AvaticaEncoding.JSON, "bob");
      assertThat(opened(flood, "f1", "limits.statements.")).isEqualTo(20);
      assertThat(opened(flood, "f2", "limits.statements.")).isEqualTo(20);
      assertThat(opened(flood, "f3", "limits.statementsPerUser")).isEqualTo(10);
      assertThat(opened(ada, "a1", "limits.statements.")).isEqualTo(20);
      assertThat(opened(bob, "b1", "limits.statementsInAll")).isEqualTo(10);
      // What is closed, by itself or with its connection, makes room.
      bob.send(new Service.CloseStatementRequest("b1", 1));
      assertThat(opened(bob, "b2", "limits.statementsInAll")).isEqualTo(1);
      flood.send(new Service.CloseConnectionRequest("f1"));
      assertThat(opened(bob, "b3", "limits.statements.")).isEqualTo(20);
      bob.send(new Service.CloseConnectionRequest("b3"));
      assertThat(opened(flood, "f4", "limits.statements.")).isEqualTo(20);
    }
  }

  /** Opens statements on a new connection until one is refused; how many were not. */
  private static int opened(Client client, String connection, String limit) throws Exception {
    client.send(new Service.OpenConnectionRequest(connection, Map.of()));
    for (int i = 0; i < 100; i++) {
      HttpResponse<String> made = client.send(new Service.CreateStatementRequest(connection));
      if (made.statusCode() != 200) {
        assertThat(made.body()).contains("53400", limit);
        return i;
      }
    }
    throw new AssertionError("no statement was refused");
  }

  @Test
  void nothingOfThemStaysAtTheSources() throws Exception {
    PostgresServer.Database sales =
        PostgresServer.database(
            "never_closed", "CREATE TABLE n AS SELECT i FROM generate_series(1, 1000000) i");
    String yaml =
        """
        server: {port: 0, data: state}
        limits: {statements: 200, running: 20, runningPerUser: 4, queued: 0}
        sources:
          sales: {type: postgres, url: "%s", user: %s}
        """
            .formatted(sales.url(), sales.user());
    try (ConfiguredGateway gateway = ConfiguredGateway.startAs(data, yaml);
        Connection watch = DriverManager.getConnection(sales.url(), sales.user(), "")) {
      int port = Integer.parseInt(gateway.url().replaceFirst(".*:(\\d+)/?.*", "$1"));
      var flood = new Client(port, AvaticaEncoding.JSON, "flood");
      flood.send(new Service.OpenConnectionRequest("flood", Map.of()));
      int open = 0;
      for (int i = 1; i <= 600; i++) {
        HttpResponse<String> made =
            i % 2 == 0
                ? flood.send(
                    new Service.PrepareRequest("flood", "SELECT i FROM sales.public.n", -1))
                : flood.send(new Service.CreateStatementRequest("flood"));
        open += made.statusCode() == 200 ? 1 : 0;
        flood.send(
            new Service.PrepareAndExecuteRequest(
                "flood", i, "SELECT i FROM sales.public.n", -1, 10));
      }
      assertThat(open).isEqualTo(200);
      assertThat(copies(watch)).isBetween(1, 4);
      try (Connection other = gateway.connect();
          Statement statement = other.createStatement()) {
        String count = "SELECT COUNT(*) FROM sales.public.n";
        assertThat(rows(statement.executeQuery(count))).containsExactly("1000000");
      }
      flood.send(new Service.CloseConnectionRequest("flood"));
      for (int i = 0; i < 200 && copies(watch) > 0; i++) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(copies(watch)).isZero();
    }
  }

  private static int copies(Connection watch) throws SQLException {
    try (PreparedStatement count =
            watch.prepareStatement(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND state = 'active' AND query LIKE 'COPY%'");
        ResultSet rows = count.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** One that speaks the protocol itself, as no driver would. */
  private record Client(int port, AvaticaEncoding encoding, String user) {
    HttpResponse<String> send(Service.Request request) throws Exception {
      return RawClient.post(port, encoding.type(), encoding.write(request), user);
    }
  }
}

package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.PlannerListener;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code system} shows of a running gateway, and KILL, over JDBC and a real PostgreSQL. */
@Timeout(120)
class SystemTablesTest {
  @TempDir Path directory;

  private PostgresServer.Database sales;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    sales =
        PostgresServer.database(
            "system_sales",
            """
            CREATE VIEW slow AS SELECT i, pg_sleep(60)::text AS s FROM generate_series(1, 2) i;
            CREATE TABLE customers AS SELECT i AS id FROM generate_series(1, 10) i;
            """);
    Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state}
        sources:
          sales: {type: postgres, url: "%s", user: %s}
        """
            .formatted(sales.url(), sales.user()));
    open();
  }

  private void open() {
    Configuration.Reading reading =
        ConfigurationReader.create().read(directory.resolve("kurobe.yaml"));
    assertThat(reading).isInstanceOf(Configuration.Valid.class);
    gateway = Gateway.start(((Configuration.Valid) reading).configuration());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(gateway.url(), user, "");
  }

  private static String value(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getObject(1)) : "";
    }
  }

  private static String await(Connection connection, String sql) throws Exception {
    Instant until = Instant.now().plus(Duration.ofSeconds(30));
    String found = "";
    while (found.isEmpty() && Instant.now().isBefore(until)) {
      TimeUnit.MILLISECONDS.sleep(50);
      found = value(connection, sql);
    }
    return found;
  }

  @Test
  void aKilledStatementSaysWhoDidItAndItsSourceIsFree() throws Exception {
    try (Connection victim = connect("ada");
        Connection killer = connect("bob");
        Connection postgres = DriverManager.getConnection(sales.url(), sales.user(), "");
        Statement statement = victim.createStatement()) {
      CompletableFuture<SQLException> failure =
          CompletableFuture.supplyAsync(
              () -> {
                try (ResultSet rows = statement.executeQuery("SELECT s FROM sales.public.slow")) {
                  rows.next();
                  throw new AssertionError("the statement was not killed");
                } catch (SQLException e) {
                  return e;
                }
              });
      String active =
          "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%slow%'"
              + " AND pid <> pg_backend_pid()";
      assertThat(await(postgres, active)).isNotEmpty();
      String queryId =
          value(
              killer,
              "SELECT query_id FROM system.runtime.queries"
                  + " WHERE state = 'RUNNING' AND principal = 'ada'");
      assertThat(queryId).startsWith("q20");

      try (Statement kill = killer.createStatement()) {
        kill.execute("KILL '" + queryId + "'");
      }

      SQLException killed = failure.get(20, TimeUnit.SECONDS);
      assertThat(killed.getSQLState()).isEqualTo("57014");
      assertThat(killed.toString() + killed.getCause()).contains("killed by bob");
      Instant until = Instant.now().plus(Duration.ofSeconds(20));
      while (!value(postgres, active).isEmpty() && Instant.now().isBefore(until)) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(value(postgres, active)).isEmpty();
      assertThat(
              value(
                  killer,
                  "SELECT state || ' ' || sqlstate FROM system.runtime.queries WHERE query_id = '"
                      + queryId
                      + "'"))
          .isEqualTo("CANCELLED 57014");
      assertThat(SqlStates.of(() -> killer.createStatement().execute("KILL '" + queryId + "'")))
          .isEqualTo("42704");
      assertThat(value(victim, "SELECT COUNT(*) FROM sales.public.customers")).isEqualTo("10");
    }
  }

  @Test
  void whatWaitsForItsTurnIsShownAndKilledWhileOthersWork() throws Exception {
    gateway.close();
    Path config = directory.resolve("kurobe.yaml");
    Files.writeString(config, Files.readString(config) + "limits: {runningPerUser: 1}\n");
    open();
    try (Connection working = connect("ada");
        Connection waiting = connect("ada");
        Connection other = connect("bob")) {
      CompletableFuture<String> atWork = failure(working, "SELECT s FROM sales.public.slow");
      String of =
          "SELECT query_id FROM system.runtime.queries WHERE principal = 'ada' AND state = ";
      String first = await(other, of + "'RUNNING'");
      CompletableFuture<String> queued = failure(waiting, "SELECT id FROM sales.public.customers");
      String second = await(other, of + "'QUEUED'");
      assertThat(second).startsWith("q20").isNotEqualTo(first);
      for (String queryId : List.of(second, first)) {
        try (Statement kill = other.createStatement()) {
          kill.execute("KILL '" + queryId + "'");
        }
      }
      assertThat(queued.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(atWork.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(value(waiting, "SELECT COUNT(*) FROM sales.public.customers")).isEqualTo("10");
    }
  }

  private static CompletableFuture<String> failure(Connection connection, String sql) {
    return CompletableFuture.supplyAsync(() -> SqlStates.of(() -> value(connection, sql)));
  }

  @Test
  void aTimeOutNamesTheSourceThatWasAtWork() throws Exception {
    try (Connection connection = connect("ada");
        Statement statement = connection.createStatement()) {
      statement.execute("SET query_timeout = 2");
      SQLException late =
          catchThrowableOfType(
              SQLException.class,
              () -> {
                try (ResultSet rows = statement.executeQuery("SELECT s FROM sales.public.slow")) {
                  rows.next();
                }
              });
      assertThat(late.getSQLState()).isEqualTo("57014");
      assertThat(late.getMessage()).contains("longer than 2 s; at work was source sales");
      assertThat(value(connection, "SELECT COUNT(*) FROM sales.public.customers")).isEqualTo("10");
    }
  }

  @Test
  void metricsTellWhatEachStepAndEachSourceDid() throws Exception {
    try (Connection connection = connect("ada")) {
      for (int i = 0; i < 4; i++) {
        assertThat(value(connection, "SELECT COUNT(*) + 1 FROM sales.public.customers"))
            .isEqualTo("11");
      }
      assertThat(SqlStates.of(() -> connection.createStatement().execute("ASK 'how many sales'")))
          .isNotEqualTo("XX000");
    }
    String metrics = RawClient.get(gateway.port(), "/metrics").body();
    for (PlannerListener.Step step : PlannerListener.Step.values()) {
      assertThat(metrics)
          .containsPattern(
              "kurobe_step_seconds_count\\{step=\""
                  + step.name().toLowerCase(Locale.ROOT)
                  + "\"} [1-9]");
    }
    assertThat(metrics)
        .containsPattern("kurobe_fragment_rows_total\\{runs_on=\"sales\"} 4\\.0")
        .containsPattern("kurobe_fragment_bytes_total\\{runs_on=\"sales\"} [1-9]")
        .containsPattern("kurobe_plan_cache_total\\{result=\"hit\"} [1-9]")
        .containsPattern("kurobe_plan_cache_total\\{result=\"miss\"} [1-9]")
        .containsPattern("kurobe_engine_memory [0-9]");
  }

  @Test
  void statementsOfTheGatewayBeforeAreStillShown() throws Exception {
    try (Connection connection = connect("ada")) {
      assertThat(value(connection, "SELECT 41 + 1 AS remembered")).isEqualTo("42");
    }
    gateway.close();
    open();
    try (Connection connection = connect("bob")) {
      assertThat(
              value(
                  connection,
                  "SELECT principal || ' ' || state || ' ' || row_count"
                      + " FROM system.runtime.queries WHERE statement LIKE '%remembered'"))
          .isEqualTo("ada FINISHED 1");
    }
  }

  @Test
  void showsConnectionsAndSources() throws Exception {
    try (Connection ada = connect("ada");
        Connection bob = connect("bob")) {
      assertThat(value(bob, "SELECT 1")).isEqualTo("1");
      assertThat(value(ada, "SELECT COUNT(DISTINCT principal) FROM system.runtime.sessions"))
          .isEqualTo("2");
      assertThat(
              value(
                  ada,
                  "SELECT name || ' ' || type || ' ' || status || ' ' || table_count"
                      + " FROM system.runtime.sources"))
          .isEqualTo("sales postgres up 2");
    }
  }
}

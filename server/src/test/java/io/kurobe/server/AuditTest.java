package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.command.Kurobe;
import io.kurobe.server.statement.History;
import io.kurobe.server.store.SurvivingHistory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The audit of a running gateway, over JDBC and a real PostgreSQL. */
@Timeout(240)
class AuditTest {
  private static final String LOG =
      "SELECT event || COALESCE(' ' || statement, '') || COALESCE(' ' || outcome, '')"
          + " || COALESCE(' ' || sqlstate, '') FROM system.audit.log WHERE query_id IS NOT NULL"
          + " ORDER BY sequence";

  @TempDir Path directory;

  private static PostgresServer.Database sales() {
    return PostgresServer.database(
        "audit_sales",
        "CREATE TABLE orders AS SELECT i AS id, i * 10 AS total FROM generate_series(1, 100) i",
        "CREATE VIEW endless AS SELECT i FROM generate_series(1, 100000000) i");
  }

  private static String sources(PostgresServer.Database sales) {
    return """
    audit: {enabled: true}
    sources:
      sales: {type: postgres, url: "%s", user: %s}
    """
        .formatted(sales.url(), sales.user());
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return ConfiguredGateway.rows(statement.executeQuery(sql));
    }
  }

  private String command(int code, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = Kurobe.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(out));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", directory.resolve("kurobe.yaml").toString()));
    assertThat(line.execute(all.toArray(String[]::new))).as(out.toString()).isEqualTo(code);
    return out.toString();
  }

  @Test
  void hasWhatWasAskedWhatWasReadAndHowItEnded() throws Exception {
    try (ConfiguredGateway gateway = ConfiguredGateway.start(directory, sources(sales()));
        Connection connection = gateway.connect()) {
      assertThat(rows(connection, "SELECT COUNT(*) FROM sales.public.orders WHERE total > 50"))
          .containsExactly("95");
      assertThat(SqlStates.of(() -> rows(connection, "SELECT x FROM sales.public.orders")))
          .isEqualTo("42703");
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET query_timeout = 20");
        assertThat(
                SqlStates.of(() -> statement.execute("CREATE USER eve PASSWORD 'correct horse'")))
            .isEqualTo("0A000");
      }
      assertThat(rows(connection, LOG))
          .containsSubsequence(
              "STATEMENT_STARTED SELECT COUNT(*) FROM sales.public.orders WHERE total > 50",
              "STATEMENT_ENDED FINISHED",
              "STATEMENT_STARTED SELECT x FROM sales.public.orders",
              "STATEMENT_ENDED FAILED 42703",
              "STATEMENT_STARTED SET query_timeout = 20",
              "STATEMENT_ENDED FINISHED",
              "STATEMENT_STARTED CREATE USER eve PASSWORD '***'",
              "STATEMENT_ENDED FAILED 0A000");
      assertThat(
              rows(
                  connection,
                  "SELECT principal, tables_read, sources_asked FROM system.audit.log"
                      + " WHERE statement LIKE 'SELECT COUNT(*) FROM sales%'"))
          .singleElement()
          .asString()
          .startsWith("ada [\"sales.public.orders\"] [{\"source\":\"sales\",\"statement\":\"")
          .contains("COUNT(*)", "\\\"orders\\\"", "50");
      assertThat(
              rows(
                  connection,
                  "SELECT e.row_count FROM system.audit.log s JOIN system.audit.log e"
                      + " ON s.query_id = e.query_id WHERE e.event = 'STATEMENT_ENDED'"
                      + " AND s.statement LIKE 'SELECT COUNT(*) FROM sales%'"))
          .containsExactly("1");
    }
    assertThat(command(0, "audit", "verify")).contains("records", ": right");
    String exported = command(0, "audit", "export");
    assertThat(exported.lines())
        .allMatch(line -> line.startsWith("{\"chain\":\"") && line.endsWith("\"}"))
        .anyMatch(line -> line.contains("\"event\":\"GATEWAY_STOPPED\""));
    assertThat(exported).doesNotContain("correct horse");
    try (Connection state = state();
        Statement statement = state.createStatement()) {
      statement.execute("UPDATE audit_log SET body = replace(body, 'ada', 'bob')");
    }
    assertThat(SurvivingHistory.of(directory.resolve("state")).toString())
        .contains("SELECT COUNT(*) FROM sales")
        .doesNotContain("correct horse");
    assertThat(command(1, "audit", "verify")).contains("is not what was written");
  }

  private Connection state() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + directory.resolve("state").resolve("state.sqlite"));
  }

  @Test
  void aStatementOfWhichRowsLeftIsThereAfterAKillAndInterrupted() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("kurobe.yaml"),
            "server: {port: 0, data: state}\n" + sources(sales()));
    String endless = "SELECT i FROM sales.public.endless";
    try (ServerProcess server = ServerProcess.start(config)) {
      Connection connection = DriverManager.getConnection("jdbc:kurobe://" + server.address());
      assertThat(rows(connection, "SELECT 41 + 1")).containsExactly("42");
      Statement statement = connection.createStatement();
      statement.setFetchSize(10);
      ResultSet open = statement.executeQuery(endless);
      assertThat(open.next()).isTrue();
      server.kill();
    }
    assertThat(command(0, "audit", "verify")).contains(": right");
    try (ServerProcess server = ServerProcess.start(config);
        Connection connection = DriverManager.getConnection("jdbc:kurobe://" + server.address())) {
      assertThat(rows(connection, LOG))
          .startsWith(
              "STATEMENT_STARTED SELECT 41 + 1",
              "STATEMENT_ENDED FINISHED",
              "STATEMENT_STARTED " + endless,
              "STATEMENT_INTERRUPTED");
    }
  }

  @Test
  void everyStatementAnsweredBeforeAKillIsRecordedAndInTheHistory() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("kurobe.yaml"),
            "server: {port: 0, data: state}\n" + sources(sales()));
    List<String> answered = new java.util.concurrent.CopyOnWriteArrayList<>();
    try (ServerProcess server = ServerProcess.start(config)) {
      List<Thread> clients =
          IntStream.range(0, 4)
              .mapToObj(
                  client ->
                      new Thread(
                          () -> {
                            try {
                              Connection connection =
                                  DriverManager.getConnection("jdbc:kurobe://" + server.address());
                              for (int i = 0; ; i++) {
                                String sql = "SELECT " + client + " AS c, " + i + " AS i";
                                rows(connection, sql);
                                answered.add(sql);
                              }
                            } catch (SQLException e) {
                              // It was killed.
                            }
                          }))
              .toList();
      clients.forEach(Thread::start);
      while (answered.size() < 200) {
        Thread.sleep(5);
      }
      server.kill();
      for (Thread client : clients) {
        client.join(60_000);
      }
    }
    assertThat(SurvivingHistory.of(directory.resolve("state")))
        .filteredOn(entry -> entry.outcome() == History.Outcome.FINISHED)
        .extracting(History.Entry::sql)
        .containsAll(answered);
    String exported = command(0, "audit", "export");
    for (String sql : answered) {
      assertThat(exported).contains("\"sql\":\"" + sql + "\"");
    }
    assertThat(command(0, "audit", "verify")).contains(": right");
  }

  @Test
  void hasWhoGotInWhoDidNotAndWhoChangedRights() throws Exception {
    String users =
        """
        security: {mode: users, admin: {user: root, password: "a long enough secret"}}
        sources:
          sales: {type: postgres, url: "%s", user: %s}
        """
            .formatted(sales().url(), sales().user());
    try (ConfiguredGateway gateway = ConfiguredGateway.start(directory, users)) {
      assertThat(
              SqlStates.of(
                  () -> DriverManager.getConnection(gateway.url(), "root", "not the secret")))
          .isEqualTo("28000");
      try (Connection root =
          DriverManager.getConnection(gateway.url(), "root", "a long enough secret")) {
        try (Statement statement = root.createStatement()) {
          statement.execute("CREATE USER eve PASSWORD 'another long secret'");
        }
        try (Connection eve =
            DriverManager.getConnection(gateway.url(), "eve", "another long secret")) {
          assertThat(rows(eve, "SELECT 1")).containsExactly("1");
        }
        assertThat(
                rows(
                    root,
                    "SELECT event, principal, address, outcome FROM system.audit.log WHERE event"
                        + " IN ('LOGIN', 'ACCESS_CHANGED', 'DENIED') ORDER BY sequence"))
            .containsSubsequence(
                "LOGIN root 127.0.0.1 FAILURE",
                "LOGIN root 127.0.0.1 SUCCESS",
                "LOGIN eve 127.0.0.1 SUCCESS")
            .anyMatch(row -> row.startsWith("ACCESS_CHANGED root ") && row.endsWith("SUCCESS"));
      }
    }
    assertThat(command(0, "audit", "export"))
        .doesNotContain("long enough secret", "another long secret", "not the secret");
  }
}

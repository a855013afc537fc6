package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.driver.ProgressStatement;
import io.kurobe.driver.StatementProgress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a statement while it runs, and of one whose result is not read on. */
@Timeout(120)
class ProgressTest {
  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) {
    PostgresServer.Database slow =
        PostgresServer.database(
            "progress_slow",
            """
            CREATE VIEW numbers AS SELECT i AS id,
                length(CASE i % 8 WHEN 0 THEN pg_sleep(0.001)::text ELSE '' END) AS n
              FROM generate_series(1, 1000000) i;
            """);
    PostgresServer.Database marks =
        PostgresServer.database(
            "progress_marks", "CREATE TABLE marks AS SELECT i AS id FROM generate_series(1, 5) i;");
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              slow: {type: postgres, url: "%s", user: %s}
              quick: {type: postgres, url: "%s", user: %s}
            """
                .formatted(slow.url(), slow.user(), marks.url(), marks.user()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void anotherThreadSeesHowFarAFederatedQueryIs() throws Exception {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET dynamic_filters = off");
      ProgressStatement observed = statement.unwrap(ProgressStatement.class);
      assertThat(observed.progress()).isEmpty();
      CompletableFuture<String> waiting =
          CompletableFuture.supplyAsync(
              () ->
                  SqlStates.of(
                      () ->
                          statement
                              .executeQuery(
                                  "SELECT n.n, COUNT(*) FROM slow.public.numbers n"
                                      + " JOIN quick.public.marks m ON m.id = n.id GROUP BY n.n")
                              .next()));
      StatementProgress early = await(observed, 0);
      StatementProgress later = await(observed, early.rowsRead());
      assertThat(waiting).isNotDone();
      assertThat(later.fragments()).isEqualTo(3);
      assertThat(later.fragmentsDone()).isEqualTo(1);
      assertThat(later.rowsRead()).isGreaterThan(early.rowsRead());
      assertThat(later.rows()).isZero();
      assertThat(later.state()).isEqualTo("RUNNING");
      assertThat(later.elapsed()).isPositive().isLessThan(Duration.ofMinutes(1));
      try (Statement other = connection.createStatement()) {
        String shown =
            "SELECT fragments, fragments_done, rows_read > 0 FROM system.runtime.queries"
                + " WHERE query_id = '"
                + later.queryId()
                + "'";
        assertThat(rows(other.executeQuery(shown))).containsExactly("3 1 true");
      }
      statement.cancel();
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(observed.progress()).isEmpty();
    }
  }

  /** The first progress with more rows than those. */
  private static StatementProgress await(ProgressStatement observed, long rows) throws Exception {
    for (int i = 0; i < 1_500; i++) {
      Optional<StatementProgress> progress = observed.progress();
      if (progress.isPresent()
          && progress.get().rowsRead() > rows
          && progress.get().fragmentsDone() > 0) {
        return progress.get();
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("no progress beyond " + rows + " rows");
  }

  @Test
  void aPreparedResultThatIsLeftUnreadIsClosedAndNotCancelled() throws Exception {
    try (Connection connection = gateway.connect();
        PreparedStatement prepared =
            connection.prepareStatement("SELECT n, id FROM slow.public.numbers WHERE id > ?")) {
      prepared.setFetchSize(10);
      for (int round = 0; round < 2; round++) {
        prepared.setInt(1, round);
        ResultSet rows = prepared.executeQuery();
        assertThat(rows.next()).isTrue();
        rows.close();
      }
      String states =
          "SELECT state FROM system.runtime.queries WHERE statement LIKE 'SELECT n, id FROM%'";
      List<String> seen = List.of();
      for (int i = 0; i < 500 && !seen.equals(List.of("CLOSED", "CLOSED")); i++) {
        TimeUnit.MILLISECONDS.sleep(20);
        seen = states(connection, states);
        assertThat(seen).doesNotContain("CANCELLED");
      }
      assertThat(seen).containsExactly("CLOSED", "CLOSED");
      prepared.setInt(1, 999_990);
      assertThat(prepared.unwrap(ProgressStatement.class).progress()).isEmpty();
    }
  }

  private static List<String> states(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return rows(statement.executeQuery(sql));
    }
  }
}

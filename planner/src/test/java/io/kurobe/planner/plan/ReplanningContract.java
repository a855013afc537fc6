package io.kurobe.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every source promises of a table that is altered after a statement over it was planned: the
 * statement is planned once more, and no value is read as the type that it had.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReplanningContract {
  private static final String PLANNED = "id INTEGER, price DECIMAL(10, 2), seen TIMESTAMP(6)";
  private static final List<String> ROWS =
      List.of(
          "1, 1.25, TIMESTAMP '2024-07-01 12:00:00'", "2, 2.50, TIMESTAMP '2024-07-02 12:00:00'");

  /** With more decimals, and instants. */
  private static final String ALTERED =
      "id INTEGER, price DECIMAL(12, 4), seen TIMESTAMP(6) WITH TIME ZONE";

  private static final List<String> ALTERED_ROWS =
      List.of(
          "1, 1.2549, TIMESTAMP '2024-07-01 12:00:00 UTC'",
          "2, 2.5049, TIMESTAMP '2024-07-02 12:00:00 UTC'");

  @TempDir static Path directory;

  private Federation federation;
  private Session session;

  /** A directory of the tests. */
  static Path directory() {
    return directory;
  }

  /** The source of the table, called {@code s}, with the table in its default schema. */
  abstract SourceConfig source() throws Exception;

  /** Replaces the table {@code t}. */
  abstract void replace(String columns, List<String> rows) throws SQLException;

  /** Makes the source known to have been altered, where it is not seen by itself. */
  void altered(Federation changed) {}

  @BeforeAll
  void openSources() throws Exception {
    Path file = directory.resolve("u.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE u AS SELECT range::INTEGER AS id FROM range(100)");
    }
    federation =
        Federation.of(List.of(source(), SourceConfig.ofPath("others", "duckdb", file.toString())));
    session =
        federation
            .session()
            .withSearchPath(List.of(SearchPathEntry.parse("s")))
            .withZone(ZoneId.of("Europe/Paris"));
  }

  @AfterAll
  void closeSources() {
    if (federation != null) {
      federation.close();
    }
  }

  @BeforeEach
  void asPlanned() throws SQLException {
    replace(PLANNED, ROWS);
    federation.query("REFRESH s");
  }

  private void alter(String columns, List<String> rows) throws SQLException {
    replace(columns, rows);
    altered(federation);
  }

  @Test
  void aValueIsNeverReadAsTheTypeThatItsColumnHad() throws SQLException {
    PlannedStatement prices = plan("SELECT id, price FROM t WHERE id = 1");
    PlannedStatement joined =
        plan("SELECT t.seen FROM t JOIN others.main.u u ON t.id = u.id WHERE u.id = 1");
    alter(ALTERED, ALTERED_ROWS);
    for (PlannedStatement other : List.of(prices, joined)) {
      KurobeException failure = failure(other);
      assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_ALTERED);
      assertThat(failure).hasMessageContaining("s.").hasMessageContaining(".t ");
      assertThat(failure.hint()).isPresent();
    }
  }

  @Test
  void whatIsMadeOfAnAlteredColumnIsPlannedAgain() throws SQLException {
    PlannedStatement sum = plan("SELECT CAST(SUM(price) AS VARCHAR) FROM t");
    PlannedStatement dearest = plan("SELECT MIN(id) FROM t WHERE price > 1.25");
    PlannedStatement hour = plan("SELECT EXTRACT(HOUR FROM seen) FROM t WHERE id = 1");
    PlannedStatement joined =
        plan(
            "SELECT COUNT(*) FROM t JOIN others.main.u u ON t.id = u.id"
                + " WHERE EXTRACT(HOUR FROM t.seen) = ?");
    assertThat(federation.rows(sum)).containsExactly(List.of("3.75"));
    assertThat(federation.rows(dearest)).containsExactly(List.of(2));
    assertThat(federation.rows(hour)).containsExactly(List.of(12L));
    assertThat(federation.rows(joined, 12)).containsExactly(List.of(2L));
    alter(ALTERED, ALTERED_ROWS);
    // And once more, as the plan is still the first one.
    for (int i = 0; i < 2; i++) {
      assertThat(federation.rows(sum)).containsExactly(List.of("3.7598"));
      assertThat(federation.rows(dearest)).containsExactly(List.of(1));
      assertThat(federation.rows(hour)).containsExactly(List.of(14L));
      assertThat(federation.rows(joined, 14)).containsExactly(List.of(2L));
    }
  }

  @Test
  void aDroppedColumnIsNamed() throws SQLException {
    List<PlannedStatement> plans =
        List.of(
            plan("SELECT id, price FROM t WHERE id = 1"),
            plan("SELECT SUM(price) FROM t"),
            plan("SELECT t.price FROM t JOIN others.main.u u ON t.id = u.id"));
    PlannedStatement without = plan("SELECT COUNT(id) FROM t");
    alter("id INTEGER, seen TIMESTAMP(6)", List.of("1, TIMESTAMP '2024-07-01 12:00:00'"));
    for (PlannedStatement plan : plans) {
      KurobeException failure = failure(plan);
      assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN_COLUMN);
      assertThat(failure).hasMessageContaining("price");
    }
    assertThat(federation.rows(without)).containsExactly(List.of(1L));
  }

  @Test
  void anAddedColumnChangesNothingForAPlanThatDoesNotKnowIt() throws SQLException {
    PlannedStatement all = plan("SELECT * FROM t WHERE id = 1");
    PlannedStatement sum = plan("SELECT SUM(id) FROM t");
    alter("extra VARCHAR, " + PLANNED, List.of("'x', 1, 1.25, TIMESTAMP '2024-07-01 12:00:00'"));
    long version = federation.catalog().version();
    List<Object> row = federation.rows(all).get(0);
    assertThat(row).hasSize(3).startsWith(1);
    assertThat(federation.rows(sum)).containsExactly(List.of(1L));
    assertThat(federation.catalog().version()).as("not read again").isEqualTo(version);
  }

  /** Asks the table. */
  final List<List<@Nullable Object>> query(String sql) {
    return federation.query(session, sql);
  }

  private PlannedStatement plan(String sql) {
    return federation.planner().plan(session, sql);
  }

  private KurobeException failure(PlannedStatement statement) {
    KurobeException failure =
        catchThrowableOfType(KurobeException.class, () -> federation.rows(statement));
    assertThat((Throwable) failure).isNotNull();
    return failure;
  }
}

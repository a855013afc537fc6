package io.kurobe.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are altered after a statement over them was planned. */
@Timeout(60)
class ReplanningTest {
  private static final String STREAMED =
      "SELECT id FROM pg.public.t WHERE CAST(n AS INTEGER) > 5 ORDER BY id";
  private static final String STAGED =
      "SELECT t.id FROM pg.public.t t JOIN files.main.u u ON t.id = u.id"
          + " WHERE CAST(t.n AS INTEGER) > 5 ORDER BY t.id";

  @TempDir static Path directory;

  private static PostgresServer.Database database;
  private static Federation federation;

  @BeforeAll
  static void open() throws SQLException {
    database = PostgresServer.database("replanning", "CREATE TABLE t (id integer, n integer)");
    Path file = directory.resolve("u.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE u AS SELECT range::INTEGER AS id FROM range(100)");
    }
    federation =
        Federation.of(
            List.of(
                SourceConfig.ofUrl("pg", "postgres", database.url(), database.user()),
                SourceConfig.ofPath("files", "duckdb", file.toString())),
            List.of(),
            (question, session, support) ->
                new AskOutcome.Refused(
                    new KurobeException(ErrorCode.NOT_UNDERSTOOD, "not asked here"), List.of()));
  }

  @AfterAll
  static void close() {
    federation.close();
  }

  @BeforeEach
  void fill() throws SQLException {
    alter("DROP TABLE IF EXISTS t");
    alter("CREATE TABLE t AS SELECT i AS id, i AS n FROM generate_series(1, 7) AS i");
    federation.query("REFRESH pg");
  }

  @Test
  void aColumnOfAnotherTypeIsReadByAPlanOfItsType() throws SQLException {
    for (String sql : List.of(STREAMED, STAGED)) {
      fill();
      PlannedStatement prepared = plan(sql);
      assertThat(federation.rows(prepared)).containsExactly(List.of(6), List.of(7));
      // What was pushed is no operation of text.
      alter("ALTER TABLE t ALTER n TYPE text");
      assertThat(federation.rows(prepared)).as(sql).containsExactly(List.of(6), List.of(7));
      // And once more, as its plan is still the first one.
      assertThat(federation.rows(prepared)).as(sql).containsExactly(List.of(6), List.of(7));
    }
  }

  @Test
  void parametersKeepTheirValuesInTheNewPlan() throws SQLException {
    PlannedStatement prepared =
        plan("SELECT id FROM pg.public.t WHERE CAST(n AS INTEGER) > ? ORDER BY id");
    alter("ALTER TABLE t ALTER n TYPE text");
    assertThat(federation.rows(prepared, 6)).containsExactly(List.of(7));
  }

  @Test
  void aDroppedColumnIsNamed() throws SQLException {
    for (String sql : List.of(STREAMED, STAGED)) {
      fill();
      PlannedStatement prepared = plan(sql);
      alter("ALTER TABLE t DROP n");
      KurobeException failure = failure(prepared);
      assertThat(failure.code()).as(sql).isEqualTo(ErrorCode.UNKNOWN_COLUMN);
      assertThat(failure).hasMessageContaining("n");
      // The catalog has learned it.
      assertThat(federation.catalog().known("pg").toString()).doesNotContain("name=n,");
    }
  }

  @Test
  void aDroppedTableIsNamed() throws SQLException {
    for (String sql : List.of(STREAMED, STAGED)) {
      fill();
      PlannedStatement prepared = plan(sql);
      alter("DROP TABLE t");
      KurobeException failure = failure(prepared);
      assertThat(failure.code()).as(sql).isEqualTo(ErrorCode.UNKNOWN_TABLE);
      assertThat(failure).hasMessageContaining("t");
    }
  }

  @Test
  void anAddedColumnChangesNothingForAPlanThatDoesNotKnowIt() throws SQLException {
    PlannedStatement prepared = plan("SELECT * FROM pg.public.t WHERE id = 1");
    alter("ALTER TABLE t ADD extra text DEFAULT 'x'");
    assertThat(federation.rows(prepared)).containsExactly(List.of(1, 1));
  }

  @Test
  void otherColumnsThanTheClientWasToldAreAnErrorThatNamesTheTable() throws SQLException {
    PlannedStatement prepared = plan("SELECT n FROM pg.public.t");
    alter("ALTER TABLE t ALTER n TYPE bigint");
    alter("UPDATE t SET n = 5000000000");
    KurobeException failure = failure(prepared);
    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_ALTERED);
    assertThat(failure).hasMessageContaining("pg.public.t");
    assertThat(failure.hint()).isPresent();
    assertThat(federation.query("SELECT MAX(n) FROM pg.public.t"))
        .containsExactly(List.of(5_000_000_000L));
  }

  @Test
  void whatWouldStillBeReadAsItsFormerTypeIsNeverRoundedNorShifted() throws SQLException {
    alter("ALTER TABLE t ADD price numeric(10, 2) DEFAULT 1.25, ADD at timestamp");
    federation.query("REFRESH pg");
    PlannedStatement prices = plan("SELECT price FROM pg.public.t WHERE id = 1");
    PlannedStatement sum = plan("SELECT CAST(SUM(price) AS VARCHAR) FROM pg.public.t");
    PlannedStatement dearest = plan("SELECT MIN(id) FROM pg.public.t WHERE price > 1.25");
    PlannedStatement staged =
        plan("SELECT t.at FROM pg.public.t t JOIN files.main.u u ON t.id = u.id WHERE u.id = 1");
    alter("ALTER TABLE t ALTER price TYPE numeric(12, 4), ALTER at TYPE timestamptz");
    alter("UPDATE t SET price = 1.2549, at = '2024-07-01 12:00+00'");
    for (PlannedStatement other : List.of(prices, staged)) {
      KurobeException failure = failure(other);
      assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_ALTERED);
      assertThat(failure).hasMessageContaining("pg.public.t");
    }
    assertThat(federation.rows(sum)).containsExactly(List.of("8.7843"));
    assertThat(federation.rows(dearest)).containsExactly(List.of(1));
    assertThat(federation.rows(sum)).containsExactly(List.of("8.7843"));
  }

  @Test
  void aFailureOfUnalteredTablesIsToldAsItIsAndRunsOnce() {
    PlannedStatement prepared =
        plan("SELECT CAST('x' || CAST(n AS VARCHAR) AS INTEGER) FROM pg.public.t WHERE n > 4711");
    assertThat(federation.rows(prepared)).isEmpty();
    int before = copies();
    PlannedStatement failing =
        plan(
            "SELECT CAST(n AS SMALLINT) * 30000 * 30000 FROM pg.public.t WHERE n > 2 AND id < 4712");
    KurobeException failure = failure(failing);
    assertThat(failure.code()).isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE);
    assertThat(copies() - before).isEqualTo(1);
  }

  private static int copies() {
    return (int)
        database.statements("kurobe").stream()
            .filter(sql -> sql.startsWith("COPY") && sql.contains("4712"))
            .count();
  }

  private static PlannedStatement plan(String sql) {
    return federation.planner().plan(federation.session(), sql);
  }

  private static KurobeException failure(PlannedStatement statement, Object... parameters) {
    KurobeException failure =
        catchThrowableOfType(KurobeException.class, () -> federation.rows(statement, parameters));
    assertThat((Throwable) failure).as("of %s", Arrays.toString(parameters)).isNotNull();
    return failure;
  }

  private static void alter(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

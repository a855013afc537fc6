package io.kurobe.planner.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of {@code system} as SQL reads them, over a DuckDB source and one that is down. */
class SystemTablesTest {
  @TempDir Path directory;

  private final ScriptedActivity activity = new ScriptedActivity();
  private final List<List<String>> seenByQuestions = new ArrayList<>();
  private Federation federation;

  @BeforeEach
  void open() throws SQLException {
    Path file = directory.resolve("web.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE people AS SELECT 'ada' AS name, 36 AS age");
    }
    federation = federation(AccessControl.OPEN);
    activity.running("q1", "tester", "SELECT 1");
    activity.failed("q2", "ada", "SELEC", "42601");
    activity.connected(federation.session());
  }

  private Federation federation(AccessControl accessControl) {
    Questions questions =
        (question, session, support) -> {
          seenByQuestions.add(
              support.catalog().sources().stream().map(source -> source.name()).toList());
          return new AskOutcome.Refused(
              new KurobeException(ErrorCode.NOT_UNDERSTOOD, "no"), List.of());
        };
    return Federation.of(
        List.of(
            SourceConfig.ofPath("web", "duckdb", directory.resolve("web.duckdb").toString()),
            SourceConfig.ofUrl(
                "gone", "postgres", "jdbc:postgresql://127.0.0.1:1/nothing", "nobody")),
        accessControl,
        questions,
        activity);
  }

  @AfterEach
  void close() {
    federation.close();
  }

  @Test
  void showsStatementsWithTheirTimesAsInstants() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, ScriptedActivity.STARTED);
    assertThat(
            federation.query(
                "SELECT query_id, principal, state, statement, row_count, sqlstate, ended IS NULL,"
                    + " started,"
                    + " CASE WHEN ended IS NOT NULL THEN elapsed_ms END"
                    + " FROM system.runtime.queries ORDER BY query_id"))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .containsExactly(
                        "q1", "tester", "RUNNING", "SELECT 1", 7L, null, true, micros, null),
            second ->
                assertThat(second)
                    .containsExactly(
                        "q2", "ada", "FAILED", "SELEC", 0L, "42601", false, micros, 1500L));
  }

  @Test
  void filtersJoinsGroupsAndSortsThemInTheEngine() {
    assertThat(
            federation.query(
                "SELECT p.age, COUNT(*) FROM system.runtime.queries q"
                    + " JOIN web.main.people p ON p.name = q.principal"
                    + " WHERE q.state LIKE 'FAIL%' GROUP BY p.age"))
        .isEqualTo(List.of(List.of(36, 1L)));
    assertThat(federation.query("SELECT COUNT(*) FROM system.runtime.queries"))
        .isEqualTo(List.of(List.of(2L)));
    assertThat(
            federation.query(
                "SELECT query_id FROM system.runtime.queries ORDER BY started, query_id DESC"
                    + " LIMIT 1"))
        .isEqualTo(List.of(List.of("q2")));
  }

  @Test
  void aViewOverThemShowsWhatItsReaderMaySee() throws SQLException {
    try (Federation guarded = federation((session, table) -> TableAccess.ALL)) {
      guarded.query("CREATE VIEW mine AS SELECT query_id FROM system.runtime.queries");
      assertThat(guarded.query("SELECT * FROM mine")).isEqualTo(List.of(List.of("q1")));
    }
  }

  @Test
  void readsOnlyTheColumnsThatAreNeeded() {
    List<List<Object>> plan =
        federation.query("EXPLAIN SELECT state FROM system.runtime.queries WHERE row_count > 1");
    assertThat(plan.get(0).get(1)).isEqualTo("system");
    assertThat(federation.query("SELECT * FROM system.runtime.queries").get(0)).hasSize(12);
    assertThat(
            federation.query(
                "SELECT fragments, fragments_done, rows_read FROM system.runtime.queries"
                    + " WHERE state = 'RUNNING'"))
        .containsExactly(List.of(3, 1, 99L));
    assertThat(federation.query("TABLE system.runtime.queries")).hasSize(2);
    assertThat(federation.query("SELECT state AS a, state AS b FROM system.runtime.queries"))
        .contains(List.of("RUNNING", "RUNNING"));
  }

  @Test
  void showsConnectionsWithoutTheirIds() {
    assertThat(federation.query("SELECT * FROM system.runtime.sessions").get(0))
        .startsWith("tester", "", "UTC", "")
        .doesNotContain(federation.session().id());
  }

  @Test
  void showsSourcesWithWhatIsWrongWithThem() {
    List<List<Object>> rows =
        federation.query(
            "SELECT name, type, status, table_count, catalog_read IS NULL, catalog_age_ms IS NULL"
                + " FROM system.runtime.sources ORDER BY name");
    assertThat(rows.get(0)).containsExactly("gone", "postgres", "down", 0L, true, true);
    assertThat(rows.get(1)).containsExactly("web", "duckdb", "up", 1L, false, false);
    assertThat(federation.query("SELECT detail FROM system.runtime.sources WHERE name = 'gone'"))
        .singleElement()
        .satisfies(row -> assertThat(row.get(0)).asString().contains("gone"));
  }

  @Test
  void showsWhatEachSourceRanOfStatementsThatEndedAndRun() {
    federation.query("SELECT name FROM web.main.people");
    assertThat(
            federation.query(
                "SELECT state, fragment, runs_on, row_count, byte_count > 0, elapsed_ms >= 0"
                    + " FROM system.runtime.fragments WHERE query_id = 't1'"))
        .isEqualTo(List.of(List.of("ENDED", "result", "web", 1L, true, true)));
    assertThat(federation.query("SELECT state FROM system.runtime.fragments WHERE query_id = 't3'"))
        .contains(List.of("RUNNING"));
  }

  @Test
  void showsTheCatalogAsJdbcNamesIt() {
    assertThat(
            federation.query(
                "SELECT table_cat, table_schem, table_name, column_name, ordinal_position,"
                    + " type_name, native_type, is_nullable FROM system.jdbc.columns ORDER BY"
                    + " ordinal_position"))
        .satisfiesExactly(
            name ->
                assertThat(name)
                    .startsWith("web", "main", "people", "name", 1, "VARCHAR", "VARCHAR", "YES"),
            age -> assertThat(age).startsWith("web", "main", "people", "age", 2, "INTEGER"));
    assertThat(federation.query("SELECT table_name, table_type FROM system.jdbc.tables"))
        .isEqualTo(List.of(List.of("people", "TABLE")));
    assertThat(federation.query("SELECT table_cat FROM system.jdbc.catalogs ORDER BY table_cat"))
        .isEqualTo(List.of(List.of("gone"), List.of("web")));
    assertThat(federation.query("SELECT table_schem FROM system.jdbc.schemas"))
        .contains(List.of("main"));
  }

  @Test
  void rowsWithCertainTextsAreAllThatIsMade() {
    String sql = "SELECT column_name FROM system.jdbc.columns WHERE table_name = 'people'";
    assertThat(federation.query(sql)).hasSize(2);
    assertThat(federation.query("EXPLAIN " + sql).get(0))
        .satisfies(
            fragment -> {
              assertThat(fragment.get(1)).isEqualTo("system");
              assertThat(String.valueOf(fragment.get(2))).contains("'people'");
            });
    for (String condition :
        List.of(
            "table_name = 'People'",
            "table_name = 'people '",
            "table_name = ''",
            "table_cat = 'web' AND table_schem = 'people'",
            "table_name = 'people' AND table_name = 'other'",
            "table_name = 'people' AND remarks = 'x'",
            "table_name = NULL")) {
      assertThat(federation.query("SELECT * FROM system.jdbc.tables WHERE " + condition))
          .as(condition)
          .isEmpty();
    }
    for (String condition :
        List.of(
            "'people' = table_name",
            "table_cat = 'web' AND table_schem = 'main' AND table_name LIKE 'p%'",
            "table_name = 'people' AND table_type IN ('TABLE', 'VIEW')",
            "table_name = 'people' OR table_name = 'other'",
            "UPPER(table_name) = 'PEOPLE' AND table_cat = 'web'",
            "table_name <> 'other' AND table_schem = table_schem",
            "table_name IN (SELECT table_name FROM system.jdbc.columns WHERE column_name ="
                + " 'age')")) {
      assertThat(federation.query("SELECT 1 FROM system.jdbc.tables WHERE " + condition))
          .as(condition)
          .hasSize(1);
    }
    assertThat(
            federation.query(
                "SELECT c.column_name FROM system.jdbc.tables t JOIN system.jdbc.columns c"
                    + " USING (table_cat, table_schem, table_name)"
                    + " WHERE c.column_name = 'age' AND t.table_name = c.table_name"))
        .isEqualTo(List.of(List.of("age")));
  }

  @Test
  void areReachedByTheirFullNamesAlone() {
    for (String name : List.of("queries", "runtime.queries", "system.queries")) {
      assertThatThrownBy(() -> federation.query("SELECT * FROM " + name))
          .isInstanceOfSatisfying(
              KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_TABLE));
    }
    Session inside =
        federation
            .session()
            .withSearchPath(List.of(new SearchPathEntry("system", Optional.of("runtime"))));
    assertThat(federation.query(inside, "SELECT COUNT(*) FROM queries")).hasSize(1);
  }

  @Test
  void rejectsUnknownTableWithNearestName() {
    assertThatThrownBy(() -> federation.query("SELECT * FROM system.runtime.querys"))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> assertThat(e.hint().orElse("")).startsWith("did you mean system.runtime.queries"));
  }

  @Test
  void areNotInTheCatalogThatQuestionsSee() {
    assertThatThrownBy(() -> federation.query("ASK 'how many queries run'"))
        .isInstanceOf(KurobeException.class);
    assertThat(seenByQuestions).isEqualTo(List.of(List.of("web", "gone")));
    assertThat(federation.query("SHOW CATALOGS"))
        .extracting(row -> row.get(0))
        .doesNotContain("system");
  }

  @Test
  void hideWhatOthersDoUnlessEveryoneMaySeeEverything() throws SQLException {
    try (Federation guarded = federation((session, table) -> TableAccess.ALL)) {
      assertThat(guarded.query("SELECT query_id FROM system.runtime.queries"))
          .isEqualTo(List.of(List.of("q1")));
    }
  }

  @Test
  void killStopsAStatementAndSaysWhoDidIt() {
    federation.query("KILL 'q1'");
    assertThat(activity.stopped.get("q1"))
        .hasMessage("the statement was killed by tester")
        .extracting(KurobeException::code)
        .isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void killRefusesWhatIsUnknownEndedOrAnothers() throws SQLException {
    assertUnknownQuery(federation, "q9", "no statement has the id q9");
    assertUnknownQuery(federation, "q2", "statement q2 is not at work any more");
    activity.running("q3", "ada", "SELECT 3");
    try (Federation guarded = federation((session, table) -> TableAccess.ALL)) {
      assertUnknownQuery(guarded, "q3", "no statement has the id q3");
    }
    assertThat(activity.stopped).isEmpty();
  }

  private static void assertUnknownQuery(Federation asked, String queryId, String message) {
    assertThatThrownBy(() -> asked.query("KILL '" + queryId + "'"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code().sqlState()).isEqualTo("42704"))
        .hasMessage(message);
  }
}

package io.kurobe.planner.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of {@code system} are sorted by themselves, as the engine would sort them. */
class SortedSystemTablesTest {
  private static Federation federation;

  @BeforeAll
  static void open(@TempDir Path directory) throws SQLException {
    Path file = directory.resolve("web.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE people (name varchar NOT NULL, age int DEFAULT 1)");
      // Texts whose order depends on case, accents, blanks and on how many bytes a character takes.
      statement.execute(
          "CREATE TABLE texts (a int, \"Z\" int, \"\u00e4\" int, \"\uff5a\" int,"
              + " \"\ud83d\ude00\" int, ab int DEFAULT 2, \"a b\" int)");
    }
    ScriptedActivity activity = new ScriptedActivity();
    federation =
        Federation.of(
            List.of(SourceConfig.ofPath("web", "duckdb", file.toString())),
            AccessControl.OPEN,
            (question, session, support) -> {
              throw new IllegalStateException("nobody asks here");
            },
            activity);
    activity.running("q1", "tester", "SELECT 1");
    activity.failed("q2", "ada", "SELEC", "42601");
    activity.running("q3", "ada", "SELECT 2");
  }

  @AfterAll
  static void close() {
    federation.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT query_id, started FROM system.runtime.queries ORDER BY started, query_id DESC",
        "SELECT query_id FROM system.runtime.queries ORDER BY sqlstate, row_count DESC, query_id",
        "SELECT query_id FROM system.runtime.queries ORDER BY sqlstate DESC, query_id",
        "SELECT query_id FROM system.runtime.queries ORDER BY sqlstate NULLS FIRST, query_id DESC",
        "SELECT sqlstate FROM system.runtime.queries ORDER BY sqlstate DESC NULLS LAST",
        "SELECT type_name, data_type FROM system.jdbc.type_info"
            + " ORDER BY case_sensitive DESC, maximum_scale, \"position\" DESC",
        "SELECT column_name, ordinal_position FROM system.jdbc.columns"
            + " WHERE table_name = 'texts' ORDER BY column_name DESC, ordinal_position",
        "SELECT column_name FROM system.jdbc.columns"
            + " WHERE table_cat = 'web' ORDER BY nullable, column_def, ordinal_position DESC",
        "SELECT column_name FROM system.jdbc.columns ORDER BY column_name",
        "SELECT table_cat, table_name, column_name FROM system.jdbc.columns WHERE table_cat = 'web'"
            + " AND table_name = 'texts' ORDER BY table_cat, table_schem, ordinal_position",
        "SELECT type_name FROM system.jdbc.type_info WHERE case_sensitive ORDER BY type_name DESC",
        "SELECT type_name FROM system.jdbc.type_info WHERE case_sensitive AND nullable = 1"
            + " ORDER BY type_name",
        "SELECT x.column_name FROM (SELECT column_name, is_nullable FROM system.jdbc.columns) x"
            + " ORDER BY x.is_nullable, x.column_name",
      })
  void comeAsTheEngineWouldSortThem(String sql) {
    assertThat(federation.query("EXPLAIN " + sql).get(0).get(1)).isEqualTo("system");
    List<List<Object>> sorted = federation.query(sql);
    assertThat(sorted).hasSizeGreaterThan(1);
    Session inTheEngine = federation.session().withSetting("pushdown", "off");
    assertThat(sorted).isEqualTo(federation.query(inTheEngine, sql));
  }

  @Test
  void areSortedByTheEngineWhereItFiltersOrCuts() {
    assertThat(
            federation.query(
                "SELECT column_name FROM system.jdbc.columns WHERE table_name LIKE 't%'"
                    + " ORDER BY column_name LIMIT 2"))
        .isEqualTo(List.of(List.of("Z"), List.of("a")));
    assertThat(
            federation.query(
                "SELECT column_name FROM system.jdbc.columns WHERE table_name = 'texts'"
                    + " ORDER BY CHAR_LENGTH(column_name) DESC, column_name OFFSET 1 ROWS"
                    + " FETCH FIRST 1 ROW ONLY"))
        .isEqualTo(List.of(List.of("ab")));
    assertThat(
            federation.query(
                "SELECT column_name FROM (SELECT * FROM system.jdbc.columns ORDER BY column_name"
                    + " LIMIT 3) WHERE table_name = 'texts'"))
        .hasSizeBetween(1, 3);
  }
}

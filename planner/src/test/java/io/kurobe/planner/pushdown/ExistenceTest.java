package io.kurobe.planner.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries that ask whether rows exist, and alternatives over two tables: rows and plan together.
 */
class ExistenceTest {
  private static final String TABLES =
      """
      CREATE TABLE parents (id integer, kind varchar);
      INSERT INTO parents VALUES (1, 'a'), (2, 'b'), (3, 'c'), (3, 'c'), (NULL, 'n');
      CREATE TABLE children (parent integer, label varchar);
      INSERT INTO children VALUES (1, 'x'), (1, 'x'), (2, 'y'), (NULL, 'x'), (7, 'y');
      """;

  @TempDir static Path directory;

  private static Federation federation;

  @BeforeAll
  static void open() throws SQLException {
    PostgresServer.Database database = PostgresServer.database("existence", TABLES);
    Path file = directory.resolve("rest.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : TABLES.split(";")) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
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

  /** The same query in PostgreSQL, in DuckDB, and with its two tables apart. */
  private static Stream<String> placed(String query) {
    return Stream.of(
            "pg.public/pg.public",
            "files.main/files.main",
            "pg.public/files.main",
            "files.main/pg.public")
        .map(
            where ->
                query
                    .replace("parents", where.split("/")[0] + ".parents")
                    .replace("children", where.split("/")[1] + ".children"));
  }

  private static void assertRows(String query, Object... values) {
    List<List<Object>> expected = Stream.of(values).map(List::of).toList();
    placed(query)
        .forEach(
            sql -> {
              assertThat(federation.query(sql)).as(sql).isEqualTo(expected);
              assertThat(federation.query(off(), sql)).as(sql).isEqualTo(expected);
            });
  }

  private static io.kurobe.planner.session.Session off() {
    return federation.session().withSetting("pushdown", "off");
  }

  private static String statements(String query) {
    return placed(query)
        .flatMap(sql -> federation.query("EXPLAIN " + sql).stream())
        .map(row -> String.valueOf(row.get(2)))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void existsKeepsEachRowOnceHoweverManyMatch() {
    String query =
        "SELECT id FROM parents p WHERE EXISTS"
            + " (SELECT 1 FROM children c WHERE c.parent = p.id) ORDER BY id";
    assertRows(query, 1, 2);
  }

  @Test
  void existsMindsTheConditionsOfBothSides() {
    assertRows(
        "SELECT id FROM parents p WHERE kind <> 'b' AND EXISTS"
            + " (SELECT 1 FROM children c WHERE c.parent = p.id AND c.label IN ('x', 'y'))",
        1);
    assertRows(
        "SELECT id FROM parents WHERE id IN (SELECT parent FROM children) ORDER BY id", 1, 2);
  }

  @Test
  void notExistsKeepsWhatHasNoMatchNullsToo() {
    String query =
        "SELECT kind FROM parents p WHERE NOT EXISTS"
            + " (SELECT 1 FROM children c WHERE c.parent = p.id) ORDER BY kind";
    assertRows(query, "c", "c", "n");
    assertRows(
        "SELECT kind FROM parents p WHERE kind > 'b' AND NOT EXISTS"
            + " (SELECT 1 FROM children c WHERE c.parent = p.id AND c.label = 'x') ORDER BY kind",
        "c",
        "c",
        "n");
  }

  @Test
  void notInOverANullIsNeverTrue() {
    assertRows("SELECT kind FROM parents WHERE id NOT IN (SELECT parent FROM children)");
    assertRows(
        "SELECT kind FROM parents WHERE id NOT IN"
            + " (SELECT parent FROM children WHERE parent IS NOT NULL) ORDER BY kind",
        "c",
        "c");
  }

  @Test
  void anOuterJoinOfWhichTheUnmatchedAreKept() {
    assertRows(
        "SELECT p.kind FROM parents p LEFT JOIN (SELECT parent, 1 AS found FROM children) c"
            + " ON c.parent = p.id WHERE c.found IS NULL ORDER BY p.kind",
        "c",
        "c",
        "n");
    // A column that may be NULL by itself says nothing of a match.
    assertRows(
        "SELECT p.kind FROM parents p LEFT JOIN children c ON c.parent = p.id"
            + " WHERE NULLIF(c.label, 'y') IS NULL ORDER BY p.kind",
        "b",
        "c",
        "c",
        "n");
  }

  @Test
  void columnsOfDistinctKeysThatAreWantedStayColumns() {
    assertRows(
        "SELECT c.parent + 0 FROM parents p JOIN (SELECT DISTINCT parent FROM children) c"
            + " ON c.parent = p.id ORDER BY 1",
        1,
        2);
    // Grouped by more than the join's key: there may be several matches.
    assertRows(
        "SELECT p.id FROM parents p JOIN"
            + " (SELECT DISTINCT parent, label FROM children UNION ALL SELECT 2, 'z') c"
            + " ON c.parent = p.id ORDER BY p.id",
        1,
        2,
        2);
  }

  @Test
  void eachSideOfAnAlternativeIsToldItsPart() {
    String query =
        "SELECT p.id FROM parents p, children c WHERE p.id = c.parent"
            + " AND ((p.kind = 'a' AND c.label = 'x') OR (p.kind = 'b' AND c.label = 'z')"
            + " OR (p.kind = 'c' AND c.label = 'y')) ORDER BY p.id";
    assertRows(query, 1, 1);
    assertThat(statements(query)).contains("\"kind\" IN ('a', 'b', 'c')");
    assertThat(statements(query)).contains("\"label\" IN ('x', 'y', 'z')");
    // One alternative says nothing of the children.
    String half =
        "SELECT p.id FROM parents p, children c WHERE p.id = c.parent"
            + " AND ((p.kind = 'a' AND c.label = 'x') OR p.kind = 'b') ORDER BY p.id";
    assertRows(half, 1, 1, 2);
    assertThat(statements(half)).contains("\"kind\" IN ('a', 'b')");
    assertThat(federation.query("EXPLAIN " + placed(half).skip(2).findFirst().orElseThrow()))
        .hasSize(2);
  }
}

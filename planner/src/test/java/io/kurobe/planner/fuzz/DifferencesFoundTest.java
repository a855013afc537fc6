package io.kurobe.planner.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the placement fuzzer found, each shrunk to its core, with the answer it must have. */
class DifferencesFoundTest {
  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void openPlacements() throws SQLException {
    placements = Placements.open("planner_differences", directory);
  }

  @AfterAll
  static void closePlacements() {
    placements.close();
  }

  private static void assertEverywhere(String sql, List<List<@Nullable Object>> rows) {
    for (String placement : placements.names()) {
      assertThat(placements.ask(placement, sql))
          .as(placement)
          .isInstanceOfSatisfying(
              Answer.Rows.class, answer -> assertThat(answer.rows()).isEqualTo(rows));
    }
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return new ArrayList<>(Arrays.asList(values));
  }

  @Test
  void differenceFoundInProductsOfMoreThanEighteenDigits() {
    assertEverywhere(
        "SELECT MAX(n * n) FROM t1", List.of(row(new BigDecimal("9999999998000000.0001"))));
  }

  @Test
  void differenceFoundInNullsOfEmptyRelations() {
    assertEverywhere(
        "SELECT FLOOR(ts TO DAY) FROM t1 WHERE k IS NULL AND k > 0 UNION ALL"
            + " SELECT FLOOR(ts TO DAY) FROM t1 WHERE id = 2",
        List.of(row((Object) null)));
  }

  @Test
  void differenceFoundInNullsThatAreGrouped() {
    assertEverywhere(
        "SELECT DISTINCT CASE WHEN id IS NULL THEN k END AS k FROM t2 WHERE id < 3"
            + " UNION ALL SELECT id FROM t1 WHERE id = 1 ORDER BY 1",
        List.of(row(1), row((Object) null)));
  }

  @Test
  void differenceFoundInConstantsThatAreDistinct() {
    String none = " FROM t1 WHERE id > 100 AND NOT EXISTS (SELECT 1 FROM t3 WHERE t3.k = t1.k)";
    assertEverywhere("SELECT DISTINCT 1.50" + none, List.of());
    assertEverywhere(
        "SELECT DISTINCT 2" + none + " UNION ALL SELECT id FROM t1 WHERE id = 1", List.of(row(1)));
    assertEverywhere(
        "SELECT DISTINCT 2 FROM t1 WHERE NOT EXISTS (SELECT 1 FROM t3 WHERE t3.id = t1.k + 100)",
        List.of(row(2)));
  }

  @Test
  void differenceFoundInConstantsThatOrder() {
    assertEverywhere(
        "SELECT 2 AS c0, id FROM t1 WHERE id < 3 ORDER BY 1, 2", List.of(row(2, 1), row(2, 2)));
    assertEverywhere("SELECT 'x' FROM t1 WHERE id < 2 ORDER BY 1", List.of(row("x")));
  }

  @Test
  void differenceFoundInNullsGivenToFunctions() {
    assertEverywhere(
        "SELECT id FROM t2 WHERE id < 3 AND EXTRACT(MINUTE FROM CASE WHEN 1 < 0 THEN TIMESTAMP"
            + " '2024-02-29 10:00:00' END) IS NULL ORDER BY 1",
        List.of(row(1), row(2)));
  }

  @Test
  void differenceFoundInUnionsOfPaddedAndOtherText() {
    assertEverywhere(
        "SELECT c FROM t1 WHERE id = 3 UNION ALL SELECT s FROM t3 WHERE id = 6",
        List.of(row("a"), row(" ")));
  }

  @Test
  void differenceFoundInLinesOfText() {
    assertEverywhere(
        "SELECT 'a\nb' || s, CHAR_LENGTH('\n') FROM t1 WHERE id = 2 AND 'a\n' || s <> 'a ' || s",
        List.of(row("a\nba b", 1)));
  }

  private static void assertRefusedEverywhere(String sql) {
    for (String placement : placements.names()) {
      assertThat(placements.ask(placement, sql))
          .as(placement)
          .isInstanceOfSatisfying(
              Answer.Failed.class, answer -> assertThat(answer.sqlState()).isEqualTo("0A000"));
    }
  }

  @Test
  void differenceFoundInLateralGroupsOfNoRowsUnderHaving() {
    assertEverywhere(
        "SELECT a.id, l.m FROM t1 a, LATERAL (SELECT MAX(b.k) AS m FROM t2 b"
            + " WHERE b.k = a.id + 100 HAVING MAX(b.k) IS NULL) l WHERE a.id < 3 ORDER BY 1",
        List.of(row(1, null), row(2, null)));
    assertEverywhere(
        "SELECT a.id, l.m FROM t1 a, LATERAL (SELECT COUNT(*) AS m FROM t2 b"
            + " WHERE b.id < a.id HAVING COUNT(*) <> 1) l WHERE a.id < 4 ORDER BY 1",
        List.of(row(1, 0L), row(3, 2L)));
  }

  @Test
  void refusesCorrelatedSetOperationsOverAggregatesOfNoRows() {
    assertRefusedEverywhere(
        "SELECT a.id, l.m FROM t1 a, LATERAL (SELECT MAX(b.k) AS m FROM t2 b"
            + " WHERE b.k = a.id + 100 UNION ALL SELECT a.id) l");
  }

  @Test
  void refusesWindowsOverCorrelatedRows() {
    assertRefusedEverywhere(
        "SELECT a.id, l.w FROM t1 a, LATERAL (SELECT ROW_NUMBER() OVER (ORDER BY b.id) AS w"
            + " FROM t2 b WHERE b.id > a.id + 14) l");
  }

  @Test
  void refusesSubqueriesOfBothSidesOfAnOuterJoin() {
    assertRefusedEverywhere(
        "SELECT a.id FROM t1 a LEFT JOIN t2 c"
            + " ON EXISTS (SELECT 1 FROM t3 b WHERE b.id = a.id AND b.id = c.id)");
  }
}

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
  void differenceFoundInCorrelatedSetOperationsOverAggregatesOfNoRows() {
    assertEverywhere(
        "SELECT a.id, l.m FROM t1 a, LATERAL (SELECT MAX(b.k) AS m FROM t2 b"
            + " WHERE b.k = a.id + 100 UNION ALL SELECT a.id) l WHERE a.id < 3 ORDER BY 1, 2",
        List.of(row(1, 1), row(1, null), row(2, 2), row(2, null)));
  }

  @Test
  void differenceFoundInWindowsOverCorrelatedRows() {
    // t2 has the ids 1 to 18.
    assertEverywhere(
        "SELECT a.id, l.w FROM t1 a, LATERAL (SELECT ROW_NUMBER() OVER (ORDER BY b.id) AS w"
            + " FROM t2 b WHERE b.id > a.id + 14) l ORDER BY 1, 2",
        List.of(row(1, 1L), row(1, 2L), row(1, 3L), row(2, 1L), row(2, 2L), row(3, 1L)));
  }

  @Test
  void differenceFoundInCorrelatedRollups() {
    assertEverywhere(
        "SELECT a.id, l.i, l.n, l.g FROM t1 a, LATERAL (SELECT b.id AS i, COUNT(*) AS n,"
            + " GROUPING(b.id) AS g FROM t2 b WHERE b.id > a.id + 15 GROUP BY ROLLUP (b.id)) l"
            + " WHERE a.id BETWEEN 2 AND 3 ORDER BY 1, 2",
        List.of(row(2, 18, 1L, 0L), row(2, null, 1L, 1L), row(3, null, 0L, 1L)));
  }

  @Test
  void differenceFoundInNullsBesideBlanks() {
    assertEverywhere(
        "SELECT id, NULLIF(' ', s) AS c FROM t2 WHERE id < 3 ORDER BY 1",
        List.of(row(1, " "), row(2, " ")));
  }

  @Test
  void differenceFoundInFallbacksThatAreTheValueItself() {
    // Of 24 rows, those with an i of 0 or no k are neither one nor the other.
    assertEverywhere(
        "SELECT (SELECT COUNT(*) FROM t1 WHERE NULLIF(0, COALESCE(i, i)) = k)"
            + " + (SELECT COUNT(*) FROM t1 WHERE NOT (NULLIF(0, COALESCE(i, i)) = k))"
            + " - (SELECT COUNT(*) FROM t1 WHERE k IS NOT NULL AND i IS DISTINCT FROM 0) AS n",
        List.of(row(0L)));
  }

  @Test
  void differenceFoundInRowsOfNullsThatAreInNoSubquery() {
    assertEverywhere(
        "SELECT (SELECT COUNT(*) FROM t1 WHERE (k, n) IN (SELECT k, n FROM t2)) = (SELECT COUNT(*)"
            + " FROM t1 WHERE EXISTS (SELECT 1 FROM t2 WHERE t2.k = t1.k AND t2.n = t1.n)) AS i,"
            + " (SELECT COUNT(*) FROM t1 WHERE (k, n) NOT IN (SELECT k, id FROM t3)) = (SELECT"
            + " COUNT(*) FROM t1 WHERE NOT EXISTS (SELECT 1 FROM t3 WHERE (t3.k = t1.k) IS NOT FALSE"
            + " AND (t3.id = t1.n) IS NOT FALSE)) AS j",
        List.of(row(true, true)));
  }

  @Test
  void differenceFoundInSumsOverJoinsWithOneRow() {
    // 24 × 18 rows are joined; DuckDB takes them for at most 24 when one row is joined to them.
    assertEverywhere(
        "SELECT SUM(b.id) AS s FROM t1 a CROSS JOIN t2 b JOIN (SELECT MIN(id) AS m FROM t3) m"
            + " ON b.id > m.m OR a.id > 0 HAVING SUM(b.id) > 4000",
        List.of(row(4104L)));
  }

  @Test
  void differenceFoundInBlanksBesideTextOfAnotherBranch() {
    assertEverywhere(
        "SELECT CASE WHEN id = 1 THEN ' ' END AS c FROM t1 WHERE id < 2 UNION ALL"
            + " SELECT s FROM t1 WHERE id = 3",
        List.of(row(" "), row("a")));
  }

  @Test
  void differenceFoundInConstantsOfOneRow() {
    assertEverywhere(
        "SELECT a.c, COUNT(*) AS n, GROUPING(a.c) AS g FROM (VALUES (0, 2)) a(c, d)"
            + " GROUP BY ROLLUP(a.c) ORDER BY 1, 2, 3",
        List.of(row(0, 1L, 0L), row(null, 1L, 1L)));
    assertEverywhere(
        "SELECT a.c, COUNT(*) AS n FROM (VALUES (7, 2)) a(c, d) GROUP BY a.c", List.of(row(7, 1L)));
  }

  @Test
  void differenceFoundInWindowsOverALimit() {
    assertEverywhere(
        "WITH q AS (SELECT id, k FROM t3 ORDER BY id LIMIT 2)"
            + " SELECT * FROM (SELECT id, COUNT(*) OVER () AS n FROM q) w WHERE n IS NOT NULL"
            + " ORDER BY id",
        List.of(row(1, 2L), row(2, 2L)));
  }

  @Test
  void differenceFoundInTextsOfOtherRows() {
    assertEverywhere(
        "SELECT id, LAG('a') OVER (ORDER BY id) AS c, FIRST_VALUE('b') OVER (ORDER BY id) AS d"
            + " FROM t2 WHERE id < 3 ORDER BY 1",
        List.of(row(1, null, "b"), row(2, "a", "b")));
  }

  @Test
  void differenceFoundInNullsBesideEmptyText() {
    assertEverywhere(
        "SELECT NULLIF(SUBSTRING('' FROM 1), s) AS c FROM t1 WHERE id = 3", List.of(row("")));
  }

  @Test
  void differenceFoundInNumbersThatRoundToOneDigitMore() {
    assertEverywhere(
        "SELECT MAX(ROUND(n, 1)) AS r FROM t1", List.of(row(new BigDecimal("100000000.00"))));
  }

  @Test
  void differenceFoundInJoinsThatNeverMatch() {
    // Beside what the outer query says of a2.id, the condition of the inner one is never true.
    assertEverywhere(
        "SELECT a1.id, a3.id FROM t3 a1 CROSS JOIN LATERAL (SELECT a2.id FROM t1 a2"
            + " WHERE a2.id < a1.k AND a1.id NOT IN (SELECT a4.id FROM t3 a4"
            + " WHERE a2.id >= a1.k)) a3 JOIN t3 a5 ON a3.id = a5.id WHERE a3.id = 2 ORDER BY 1",
        List.of(row(2, 2), row(3, 2), row(10, 2)));
  }

  @Test
  void differenceFoundInSubqueriesOfRowsFurtherOut() {
    // The innermost speaks of t1's row and not of t2's: 18 rows of the 11 or 12 ids of t3.
    assertEverywhere(
        "SELECT a.id, (SELECT SUM((SELECT MAX(c.id) FROM t3 c WHERE c.id <= a.id)) FROM t2 b) AS n"
            + " FROM t1 a WHERE a.id BETWEEN 11 AND 13 ORDER BY 1",
        List.of(row(11, 198L), row(12, 216L), row(13, 216L)));
  }

  @Test
  void differenceFoundInConditionsThatAreOnlyNarrowed() {
    assertEverywhere(
        "SELECT COUNT(*) AS n FROM t1 a JOIN t1 b ON a.id = b.id WHERE (CASE WHEN ('b' NOT IN ('a'))"
            + " THEN a.k ELSE b.k END <> CAST(1.048576E6 AS INTEGER)) IS TRUE AND a.id = 1",
        List.of(row(1L)));
    assertEverywhere(
        "SELECT COUNT(*) AS n FROM t1 a WHERE a.id = a.id OR UPPER('f') NOT BETWEEN 'coop' AND 'f'",
        List.of(row(24L)));
  }

  @Test
  void refusesSubqueriesOfBothSidesOfAnOuterJoin() {
    assertRefusedEverywhere(
        "SELECT a.id FROM t1 a LEFT JOIN t2 c"
            + " ON EXISTS (SELECT 1 FROM t3 b WHERE b.id = a.id AND b.id = c.id)");
  }

  @Test
  void differenceFoundInOrdersByAColumnOfAnOutputsName() {
    // The join's columns are called id, k, c and c0 where the query is only read from the source.
    assertEverywhere(
        "SELECT CASE WHEN a1.c <= a1.c THEN 1 ELSE CAST(0E0 AS INTEGER) END AS c0, a2.c AS c1,"
            + " a1.id AS c3 FROM t1 a1 JOIN t1 a2 ON a1.id = a2.id WHERE a1.id IN (3, 7, 9, 15)"
            + " ORDER BY 1, 2, 3",
        List.of(row(1, "A", 9), row(1, "a", 3), row(1, "a b", 7), row(1, "abcde", 15)));
    assertEverywhere(
        "SELECT k AS id, id AS k FROM t1 WHERE id IN (8, 11, 24) ORDER BY t1.id DESC",
        List.of(row(0, 24), row(3, 11), row(5, 8)));
  }

  @Test
  void differenceFoundInListsOfMicroseconds() {
    assertEverywhere(
        "SELECT id FROM t1 WHERE COALESCE(ts, TIMESTAMP '1969-12-31 23:59:59.999999')"
            + " IN (TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMP '1970-01-01 00:00:00',"
            + " TIMESTAMP '2024-02-29 10:00:00.123456') AND id > 10 ORDER BY 1",
        List.of(row(14), row(18), row(20), row(21), row(22), row(23), row(24)));
    assertEverywhere(
        "SELECT id FROM t1 WHERE (ts IN (TIMESTAMP '1969-12-31 23:59:59.999999',"
            + " TIMESTAMP '2024-02-29 10:00:00.123456')"
            + " OR ts > TIMESTAMP '9000-01-01 00:00:00.000001') AND id > 10 ORDER BY 1",
        List.of(row(14), row(20), row(21), row(24)));
  }

  @Test
  void differenceFoundInConstantsThatGroup() {
    assertEverywhere("SELECT DISTINCT - (COALESCE(3, k)) FROM t1", List.of(row(-3)));
    assertEverywhere(
        "SELECT DISTINCT - (COALESCE(3, k)), ok, 1.50 FROM t1 WHERE ok",
        List.of(row(-3, true, new BigDecimal("1.50"))));
    assertEverywhere(
        "SELECT DISTINCT NULLIF(s, s), EXTRACT(MONTH FROM DATE '2024-02-29') / NULLIF(3, 0), 1.50"
            + " FROM t3 WHERE NOT EXISTS (SELECT 1 FROM t2 WHERE t2.id = t3.id + 100)",
        List.of(row(null, 0L, new BigDecimal("1.50"))));
    assertEverywhere(
        "SELECT a.id, l.* FROM t1 a, LATERAL (SELECT DISTINCT 2 AS x, - (COALESCE(3, k)) AS y"
            + " FROM t2 b WHERE b.id = a.id) l WHERE a.id IN (1, 20) ORDER BY 1",
        List.of(row(1, 2, -3)));
    assertEverywhere(
        "SELECT - (COALESCE(3, k)) AS c0, ok, COUNT(*) FROM t1 WHERE ok"
            + " GROUP BY ROLLUP(- (COALESCE(3, k)), ok) ORDER BY 1, 2",
        List.of(row(-3, true, 12L), row(-3, null, 12L), row(null, null, 12L)));
  }

  @Test
  void differenceFoundInDatesCutToAUnit() {
    assertEverywhere(
        "SELECT DATE '1971-05-01' = FLOOR((DATE '1970-05-06' + INTERVAL '1' YEAR) TO MONTH),"
            + " FLOOR(d TO YEAR) = DATE '2024-01-01', CEIL(d TO MONTH) = DATE '2024-03-01'"
            + " FROM t1 WHERE id = 1",
        List.of(row(true, true, true)));
  }

  @Test
  void differenceFoundInSubqueriesThatNobodyReads() {
    // The variable that the subquery took of the join is left at the projection.
    assertEverywhere(
        "WITH q AS (SELECT (SELECT a3.id FROM t3 a3 WHERE a3.id = a2.k AND a1.c < 'ab') AS c0"
            + " FROM t2 a1 LEFT JOIN t2 a2 ON a1.id = a2.id"
            + " WHERE CAST(COALESCE(a2.id, 2) AS INTEGER) IN (5, 1)) SELECT 7 FROM q",
        List.of(row(7), row(7)));
  }

  @Test
  void differenceFoundInTimesThatAreNotInAList() {
    assertEverywhere(
        "SELECT id FROM t1 WHERE FLOOR(ts TO YEAR) NOT IN (TIMESTAMP '1970-01-01 00:00:00',"
            + " TIMESTAMP '2024-01-01 00:00:00') AND ok AND id < 13 ORDER BY 1",
        List.of(row(1), row(5), row(6), row(12)));
  }

  @Test
  void differenceFoundInLiteralsOfBytes() {
    assertEverywhere(
        "SELECT id FROM t1 WHERE y IN (X'00', X'') ORDER BY 1",
        List.of(row(3), row(9), row(11), row(14)));
    assertEverywhere(
        "SELECT id, X'00', CASE WHEN id < 2 THEN X'61' ELSE X'FF00' END FROM t1 WHERE id < 3"
            + " ORDER BY 1",
        List.of(row(1, "00", "61"), row(2, "00", "ff00")));
    assertEverywhere(
        "SELECT X'00' FROM t1 WHERE id = 1 UNION ALL SELECT y FROM t1 WHERE id = 12 ORDER BY 1",
        List.of(row("00"), row("61")));
  }

  @Test
  void differenceFoundInConditionsCarriedToColumnsThatMayBeNull() {
    assertEverywhere(
        "SELECT a2.c0 FROM t3 a1 RIGHT JOIN (VALUES (2, -1), (3, -1), (1, -1)) a2(c0, c1)"
            + " ON a1.id = a2.c0 WHERE EXISTS (SELECT 1 FROM t1 a3 WHERE a3.id < a2.c0)"
            + " ORDER BY 1",
        List.of(row(2), row(3)));
  }

  @Test
  void differenceFoundInSubqueriesBesideColumnsOfAJoinThatCasts() {
    // The join compares an INTEGER with a BIGINT: its inputs get a column with the cast.
    assertEverywhere(
        "SELECT a4.k, (SELECT a5.k FROM t2 a5 WHERE a5.id = a1.id) AS c FROM t2 a1 JOIN t3 a2"
            + " ON a1.k = a2.id JOIN (SELECT s, COUNT(*) AS n, MIN(k) AS k FROM t2 GROUP BY s) a4"
            + " ON a2.id = a4.n WHERE a1.id < 8 ORDER BY 1, 2",
        List.of(row(-1, 2), row(-1, 2), row(1, 3), row(3, 2)));
  }

  @Test
  void differenceFoundInSomeThatAreNotEqual() {
    // The outer table has columns called c and d, as what Calcite counts is.
    assertEverywhere(
        "SELECT id, d <> ANY (SELECT a2.d FROM t2 a2 WHERE a2.id IN (3, 4)) FROM t1"
            + " WHERE id IN (1, 3, 10) ORDER BY 1",
        List.of(row(1, true), row(3, true), row(10, null)));
    assertEverywhere(
        "SELECT id FROM t1 WHERE d = ALL (SELECT a2.d FROM t2 a2 WHERE a2.id IN (5, 6))"
            + " AND id < 7 ORDER BY 1",
        List.of(row(1), row(2), row(6)));
    assertEverywhere(
        "SELECT id FROM t1 a1 WHERE k = ALL (SELECT a2.k FROM t2 a2 WHERE a2.id = a1.id)"
            + " AND id > 18 ORDER BY 1",
        List.of(row(19), row(20), row(21), row(22), row(23), row(24)));
    assertEverywhere(
        "SELECT id FROM t3 a1 WHERE EXISTS (SELECT 1 FROM t1 a2 WHERE a2.id = a1.id AND a2.d <> ANY"
            + " (SELECT a3.d FROM t2 a3 WHERE a3.id IN (5, 6))) AND id < 7 ORDER BY 1",
        List.of(row(3), row(4), row(5)));
  }

  @Test
  void differenceFoundInEmptyTextThatMayBeNull() {
    assertEverywhere(
        "SELECT NULLIF('', TRIM(BOTH 'a' FROM s)) FROM t1 WHERE id IN (1, 3) ORDER BY 1",
        List.of(row(""), row((Object) null)));
  }

  @Test
  void differenceFoundInConstantsBetweenTexts() {
    assertEverywhere(
        "SELECT id FROM t1 WHERE NULLIF('Ab', 'z') BETWEEN 'A' AND 'é' AND id < 3 ORDER BY 1",
        List.of(row(1), row(2)));
    assertEverywhere("SELECT id FROM t1 WHERE NULLIF('Ab', 'z') BETWEEN 'a' AND 'é'", List.of());
  }

  @Test
  void differenceFoundInSetOperationsOfOtherLiterals() {
    assertEverywhere(
        "SELECT DISTINCT c1 FROM (SELECT id AS c0, CAST(TIMESTAMP '1969-12-31 23:59:59' AS DATE)"
            + " AS c1 FROM t3 INTERSECT SELECT k, DATE '1969-12-31' FROM t2"
            + " WHERE CAST(id AS INTEGER) > 1) q WHERE c1 = DATE '1969-12-31'",
        List.of(row(-1)));
    assertEverywhere(
        "WITH q AS (SELECT k AS c0, DATE '0001-01-01' AS c1, CAST(DATE '2024-02-29' AS VARCHAR)"
            + " AS c2 FROM t3 WHERE id = 1 UNION ALL SELECT id, d, s FROM t1"
            + " WHERE s = '2024-02-29') SELECT COUNT(*) FROM q WHERE c2 >= c2",
        List.of(row(1L)));
  }

  @Test
  void differenceFoundInSubqueriesOfWindows() {
    assertEverywhere(
        "SELECT id, LEAD((SELECT MAX(a2.k) FROM t2 a2 WHERE a2.id = a1.id)) OVER (ORDER BY id)"
            + " FROM t1 a1 WHERE id < 4 ORDER BY 1",
        List.of(row(1, 2), row(2, -1), row(3, null)));
  }

  @Test
  void differenceFoundInWhatHoldsOfAnIntersection() {
    assertEverywhere(
        "SELECT COUNT(*) FROM t2 a6 JOIN (SELECT k, 'co-op' AS c FROM t1 INTERSECT"
            + " SELECT k, CAST(TIME '23:59:59.999999' AS VARCHAR) FROM t3) a7 ON a6.s = a7.c",
        List.of(row(0L)));
  }

  @Test
  void differenceFoundInBlanksOfUnitedLiterals() {
    assertEverywhere(
        "SELECT ' ' AS c0 FROM t1 WHERE id = 1 UNION ALL SELECT ' ' FROM t1 WHERE id = 2"
            + " UNION ALL SELECT ' ' FROM t2 WHERE id = 1",
        List.of(row(" "), row(" "), row(" ")));
    assertEverywhere(
        "SELECT MIN(c1) FROM (SELECT MIN(' ') AS c1 FROM t1 UNION ALL SELECT MIN(' ') FROM t2"
            + " UNION ALL SELECT MIN(' ') FROM t1 WHERE 1 = 0) q",
        List.of(row(" ")));
  }

  @Test
  void differenceFoundInConditionsNestedByProjections() {
    assertEverywhere(
        "SELECT id FROM (SELECT id, (s IS NOT DISTINCT FROM s) AS same, s FROM t1) q"
            + " WHERE (s NOT LIKE 'a' OR (same OR s LIKE 'b%')) AND id < 3 ORDER BY 1",
        List.of(row(1), row(2)));
    assertEverywhere(
        "SELECT COUNT(*) FROM (SELECT ABS(r) IS DISTINCT FROM COALESCE(r, r) AS c2 FROM t1) q"
            + " WHERE (c2 AND c2) IS NULL",
        List.of(row(0L)));
  }

  @Test
  void differenceFoundInOrdersByPlacesOfText() {
    assertEverywhere(
        "SELECT c1 FROM (SELECT id AS c0, 'a' || s AS c1 FROM t1 WHERE s = 'b' OR s = 'B'"
            + " ORDER BY 2 LIMIT 1) q",
        List.of(row("aB")));
  }

  /** Calcite's simplifier asserts what its own folding of constants broke. */
  @Test
  void differenceFoundInWhatIsKnownOfJoins() {
    assertEverywhere(
        "SELECT a1.c0, SUM(DISTINCT 99.99 / NULLIF(-1.50, 0)) AS c1, GROUPING(a1.c0) AS c2"
            + " FROM (VALUES (0, DATE '0001-01-01')) a1(c0, c1) RIGHT JOIN (SELECT s, COUNT(*) AS n"
            + " FROM t4 GROUP BY s) a3 ON a1.c0 = a3.n WHERE NULLIF(FLOOR(a1.c1 TO WEEK),"
            + " FLOOR(DATE '0001-01-01' TO WEEK)) IS DISTINCT FROM FLOOR(a1.c1 TO WEEK)"
            + " GROUP BY a1.c0 HAVING COUNT(*) > 2 ORDER BY 1, 2, 3",
        List.of());
  }

  /** DuckDB computes a subplan that comes twice once, and took a column of it for another. */
  @Test
  void differenceFoundInPlansThatComeTwice() {
    assertEverywhere(
        "WITH q AS (SELECT a1.u FROM t1 a1 RIGHT JOIN t3 a2 ON a1.x = a2.x JOIN t1 a3 ON a1.c < a3.c"
            + " WHERE a3.u IS DISTINCT FROM a1.u AND (a3.d NOT IN (SELECT a4.d FROM t1 a4)"
            + " OR a1.ok)) SELECT n FROM (SELECT b.u, COUNT(*) AS n FROM q a CROSS JOIN q b"
            + " GROUP BY b.u) g ORDER BY 1",
        List.of(row(22L), row(462L)));
  }

  /**
   * DuckDB cannot bind a comparison that it finds to be one of constants, as what was staged for it
   * is empty: no rows, or an error that says so, but never others.
   */
  @Test
  void differenceFoundInComparisonsOverNothingStaged() {
    String sql =
        "SELECT a.id FROM t1 a LEFT JOIN (SELECT TRUE AS i FROM t4 WHERE k = 3 AND id < -5) e"
            + " ON TRUE WHERE CASE WHEN e.i IS NULL THEN 'a' END = ''";
    for (String placement : placements.names()) {
      Answer answer = placements.ask(placement, sql);
      if (answer instanceof Answer.Failed failed) {
        assertThat(failed.sqlState()).as(placement).isEqualTo("22000");
      } else {
        assertThat(((Answer.Rows) answer).rows()).as(placement).isEmpty();
      }
    }
  }
}

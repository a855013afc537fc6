package io.kurobe.planner.pushdown;

import static io.kurobe.planner.testing.Placements.row;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Table;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees that Calcite's converter from relations to SQL has written wrongly, or failed to write, in
 * one version or another; each test bears the number of Calcite's issue. They must give the same
 * wherever the tables are.
 */
class RelToSqlTest {
  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void openPlacements() {
    placements =
        Placements.of(
            "rel_to_sql",
            directory,
            new Table(
                "emp",
                Home.POSTGRES,
                "id integer, dept integer, boss integer, pay decimal(10, 2)",
                "(1, 10, NULL, 5.00), (2, 10, 1, 3.00), (3, 20, 1, 4.00), (4, NULL, 3, 1.00)"),
            new Table("dept", Home.DUCKDB, "id integer, name varchar", "(10, 'a'), (20, 'b')"),
            new Table("\"T0\"", Home.DUCKDB, "id integer, dept integer", "(1, 10), (2, 20)"));
  }

  @AfterAll
  static void closePlacements() {
    placements.close();
  }

  @Test
  void calcite7537CommaJoinsToTheRight() {
    placements.givesInAnyOrder(
        "SELECT COUNT(*) FROM emp e CROSS JOIN (dept d CROSS JOIN (emp f CROSS JOIN dept g))",
        row(64L));
  }

  @Test
  void calcite7679GroupsByConstantsUnderProjections() {
    placements.givesInAnyOrder(
        "SELECT c, COUNT(*) FROM (SELECT x AS c, id FROM (SELECT 7 AS x, id FROM emp) a) b GROUP BY c",
        row(7, 4L));
  }

  /** What the engine calls a derived table is not the name of a table in another case. */
  @Test
  void calcite7642AliasesThatDifferOnlyByCase() {
    placements.givesInAnyOrder(
        "SELECT a.id, b.n FROM \"T0\" a JOIN (SELECT dept, COUNT(*) AS n FROM emp GROUP BY dept) b"
            + " ON b.dept = a.dept",
        row(1, 2L),
        row(2, 1L));
    placements.givesInAnyOrder(
        "SELECT \"T0\".id, b.n FROM \"T0\" JOIN (SELECT dept, COUNT(*) AS n FROM \"T0\" GROUP BY dept)"
            + " b ON b.dept = \"T0\".dept",
        row(1, 1L),
        row(2, 1L));
    placements.fails(
        "SELECT 1 FROM (SELECT id FROM emp) \"T\", (SELECT id FROM emp) \"t\"",
        ErrorCode.INVALID_QUERY);
  }

  @Test
  void calcite7505ConditionsOnAnOuterRowOfTheSameTable() {
    placements.givesInAnyOrder(
        "SELECT id FROM emp WHERE EXISTS (SELECT 1 FROM emp AS emp0 WHERE emp0.boss = emp.id)",
        row(1),
        row(3));
  }

  @Test
  void calcite7440CorrelatedValuesBesideSemiJoins() {
    placements.givesInAnyOrder(
        "SELECT id, (SELECT MAX(f.pay) FROM emp f WHERE f.dept = e.dept) FROM emp e"
            + " WHERE e.dept IN (SELECT id FROM dept WHERE name = 'a')",
        row(1, new BigDecimal("5.00")),
        row(2, new BigDecimal("5.00")));
  }

  @Test
  void calcite7343CorrelatedScalarsInTheSelectList() {
    placements.givesInAnyOrder(
        "SELECT id, (SELECT name FROM dept d WHERE d.id = e.dept) FROM emp e",
        row(1, "a"),
        row(2, "a"),
        row(3, "b"),
        row(4, null));
  }

  @Test
  void calcite7355SubqueriesInTheConditionOfAJoin() {
    placements.givesInAnyOrder(
        "SELECT e.id, d.id FROM emp e JOIN dept d ON e.dept = d.id"
            + " AND e.pay = (SELECT MAX(f.pay) FROM emp f WHERE f.dept = d.id)",
        row(1, 10),
        row(3, 20));
  }

  /** The issue is of Calcite's schema reader, which is not used: decimals of any precision. */
  @Test
  void calcite7524DecimalsWithoutAPrecision() {
    placements.givesInAnyOrder(
        "SELECT SUM(x) FROM (SELECT CAST(pay AS DECIMAL) AS x FROM emp) t",
        row(new BigDecimal("13")));
  }

  @Test
  void calcite7157TextLiteralsInOrderBy() {
    placements.gives(
        "SELECT id FROM (SELECT id, 'x' AS c FROM emp) t ORDER BY c, id DESC LIMIT 2",
        row(4),
        row(3));
  }

  @Test
  void calcite6833SemiJoinsUnderUnions() {
    placements.givesInAnyOrder(
        "SELECT id FROM emp WHERE dept IN (SELECT id FROM dept WHERE name = 'b')"
            + " UNION ALL SELECT id FROM dept WHERE id IN (SELECT dept FROM emp WHERE pay > 4)",
        row(3),
        row(10));
  }

  @Test
  void calcite4561SemiJoinsOnColumnsWithNulls() {
    placements.givesInAnyOrder(
        "SELECT id FROM emp e WHERE e.dept IN (SELECT f.dept FROM emp f WHERE f.id > 2)", row(3));
    placements.givesInAnyOrder(
        "SELECT id FROM dept WHERE id NOT IN (SELECT dept FROM emp WHERE id > 2)");
  }
}

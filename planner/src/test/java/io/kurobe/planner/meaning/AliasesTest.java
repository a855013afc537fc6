package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;

import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Table;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An output named as a column that it is not: what a clause means by the name was settled when the
 * query was bound, and no database that it is written for may settle it otherwise.
 */
class AliasesTest {
  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void createTables() {
    placements =
        Placements.of(
            "aliases",
            directory,
            new Table(
                "pairs", Home.DUCKDB, "a integer, b integer", "(1, 2), (2, 1), (3, 0), (3, 5)"),
            new Table("names", Home.POSTGRES, "a integer, w text", "(1, 'x'), (3, 'y')"));
  }

  @AfterAll
  static void close() {
    placements.close();
  }

  @Test
  void groupsAreOfTheColumn() {
    placements.gives(
        "SELECT b % 2 AS a, COUNT(*) AS b FROM pairs p GROUP BY p.a, p.b % 2 ORDER BY p.a, 1",
        row(0, 1L), row(1, 1L), row(0, 1L), row(1, 1L));
    placements.gives(
        "SELECT MAX(p.b) AS a FROM pairs p GROUP BY p.a ORDER BY p.a DESC", row(5), row(1), row(2));
    placements.gives(
        "SELECT a, b FROM (SELECT MAX(p.b) AS a, p.a AS b FROM pairs p GROUP BY p.a) t ORDER BY b",
        row(2, 1),
        row(1, 2),
        row(5, 3));
  }

  @Test
  void conditionsOnGroupsAreOfTheColumn() {
    placements.gives("SELECT MAX(p.b) AS a FROM pairs p GROUP BY p.a HAVING p.a = 2", row(1));
    placements.gives(
        "SELECT SUM(p.b) AS a, p.a AS b FROM pairs p GROUP BY p.a HAVING SUM(p.b) > 1 AND p.a < 3",
        row(2L, 1));
    placements.gives(
        "SELECT COUNT(*) AS a FROM pairs p JOIN names n ON p.a = n.a GROUP BY n.w HAVING MIN(p.a) = 3",
        row(2L));
  }

  @Test
  void ordersAndConditionsAreOfTheColumn() {
    placements.gives(
        "SELECT b AS a, a AS b FROM pairs p ORDER BY p.a DESC, p.b",
        row(0, 3),
        row(5, 3),
        row(1, 2),
        row(2, 1));
    placements.gives("SELECT b AS a, a AS b FROM pairs WHERE b = 2", row(2, 1));
    placements.gives(
        "SELECT b AS a, ROW_NUMBER() OVER (ORDER BY p.a, p.b) AS b FROM pairs p ORDER BY 2",
        row(2, 1L),
        row(1, 2L),
        row(0, 3L),
        row(5, 4L));
    placements.gives(
        "SELECT p.b AS a, n.w AS b FROM pairs p JOIN names n ON p.a = n.a ORDER BY n.a, p.b LIMIT 2",
        row(2, "x"),
        row(0, "y"));
  }
}

package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Table;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SELECT without FROM reads one row of no columns, which its other clauses filter and group. */
class QueriesWithoutTablesTest {
  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void createTables() {
    placements =
        Placements.of(
            "without_tables",
            directory,
            new Table("few", Home.POSTGRES, "id integer", "(1), (2)"),
            new Table("more", Home.DUCKDB, "id integer", "(2), (3)"));
  }

  @AfterAll
  static void close() {
    placements.close();
  }

  @Test
  void whereKeepsTheRowOrNot() {
    placements.gives("SELECT 1 WHERE 1 = 1", row(1));
    placements.gives("SELECT 1 WHERE 1 = 0");
    placements.gives("SELECT 1, 'a' AS w WHERE NULL ORDER BY 1");
    placements.gives("SELECT DISTINCT 2 WHERE 'a' < 'b' LIMIT 1", row(2));
  }

  @Test
  void aggregatesCountTheRow() {
    placements.gives("SELECT COUNT(*), SUM(3)", row(1L, 3L));
    placements.gives("SELECT COUNT(*), MAX(7) WHERE 1 = 0", row(0L, null));
    placements.gives("SELECT 5 GROUP BY 1 + 1", row(5));
    placements.gives("SELECT 5 WHERE 1 = 0 GROUP BY 1 + 1");
    placements.gives("SELECT 5 GROUP BY ()", row(5));
    placements.gives("SELECT 6 HAVING COUNT(*) = 1", row(6));
    placements.gives("SELECT 6 HAVING COUNT(*) = 2");
    placements.gives("SELECT COUNT(*) WHERE 1 = 0 HAVING COUNT(*) = 0", row(0L));
  }

  @Test
  void windowsSeeTheRow() {
    placements.gives("SELECT ROW_NUMBER() OVER w WINDOW w AS (ORDER BY 1 + 1)", row(1L));
    placements.gives("SELECT SUM(4) OVER () WHERE 1 = 1", row(4L));
  }

  @Test
  void itStandsWhereverAQueryStands() {
    placements.givesInAnyOrder(
        "SELECT id FROM few UNION SELECT 9 WHERE 1 = 1", row(1), row(2), row(9));
    placements.givesInAnyOrder("SELECT id FROM more EXCEPT SELECT 3 WHERE 1 = 1", row(2));
    placements.gives(
        "SELECT id FROM few WHERE EXISTS (SELECT 1 WHERE few.id > 1) ORDER BY id", row(2));
    placements.gives(
        "SELECT id, (SELECT 7 WHERE few.id = 1) FROM few ORDER BY id", row(1, 7), row(2, null));
    placements.gives(
        "WITH none AS (SELECT 1 AS id WHERE 1 = 0) SELECT few.id, none.id FROM few"
            + " LEFT JOIN none ON few.id = none.id ORDER BY few.id",
        row(1, null),
        row(2, null));
  }

  @Test
  void aStarHasNothingToStandFor() {
    placements.fails("SELECT * WHERE 1 = 1", ErrorCode.INVALID_QUERY);
    placements.fails("SELECT id WHERE 1 = 1", ErrorCode.UNKNOWN_COLUMN);
  }
}

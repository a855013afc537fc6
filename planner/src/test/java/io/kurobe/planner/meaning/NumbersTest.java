package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Placement;
import io.kurobe.planner.testing.Placements.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where numbers of several types meet, and where their digits are cut. */
class NumbersTest {
  /** 2 to the power of 24, above which a REAL leaves whole numbers out. */
  private static final int LAST_WHOLE = 16_777_216;

  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void createTables() {
    placements =
        Placements.of(
            "numbers",
            directory,
            new Table(
                "floats",
                Home.POSTGRES,
                "id integer, r real, d double precision, n numeric(14,4), i integer",
                "(1, 0.1, 0.1, 0.1, 1), (2, %d, %d, %d, %d), (3, 1.5, 1.5, 1.5, 2),"
                        .formatted(LAST_WHOLE, LAST_WHOLE + 1, LAST_WHOLE + 1, LAST_WHOLE + 1)
                    + " (4, NULL, NULL, NULL, NULL)"),
            new Table(
                "others",
                Home.DUCKDB,
                "id integer, n numeric(14,4), i bigint",
                "(1, 0.1, %d), (2, 1.5, 7)".formatted(LAST_WHOLE + 1)),
            new Table(
                "scores",
                Home.POSTGRES,
                "id integer, g integer, i integer, n numeric(6,2)",
                "(1, 1, 1, 0.01), (2, 1, 2, 0.01), (3, 1, 2, 0.00), (4, 2, 4, 1.00)"),
            new Table("averages", Home.DUCKDB, "a numeric(12,6)", "(1.666667), (4)"));
  }

  @AfterAll
  static void close() {
    placements.close();
  }

  private static BigDecimal average(int scale, String... values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (String value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.divide(BigDecimal.valueOf(values.length), scale, RoundingMode.HALF_UP);
  }

  @Test
  void anAverageIsRoundedBeforeItIsUsed() {
    BigDecimal ofIntegers = average(6, "1", "2", "2");
    BigDecimal ofDecimals = average(8, "0.01", "0.01", "0.00");
    placements.gives(
        "SELECT g, AVG(i), AVG(n) FROM scores GROUP BY g HAVING AVG(i) = " + ofIntegers,
        row(1, ofIntegers, ofDecimals));
    placements.gives(
        "SELECT g FROM scores GROUP BY g HAVING AVG(n) = " + ofDecimals + " AND COUNT(*) = 3",
        row(1));
    placements.gives(
        "SELECT g, AVG(i) * 3 FROM scores GROUP BY g ORDER BY AVG(i) * 3 <> 5.000001, g",
        row(1, ofIntegers.multiply(BigDecimal.valueOf(3))),
        row(2, new BigDecimal("12.000000")));
    placements.gives(
        "SELECT t.g FROM (SELECT g, AVG(i) AS a FROM scores GROUP BY g) t"
            + " JOIN averages ON averages.a = t.a ORDER BY t.g",
        row(1),
        row(2));
    placements.gives(
        "SELECT id FROM (SELECT id, AVG(i) OVER (PARTITION BY g) AS a FROM scores) t"
            + " WHERE a = "
            + ofIntegers
            + " ORDER BY id",
        row(1),
        row(2),
        row(3));
    placements.gives(
        "SELECT COUNT(*) FROM scores WHERE i > (SELECT AVG(i) FROM scores WHERE g = 1) - 0.666667",
        row(3L));
  }

  @Test
  void aRealIsComparedAsTheDoubleItIs() {
    boolean isTenth = (double) 0.1f == 0.1;
    placements.gives(
        "SELECT r = 0.1, r = d, r = n, r > 0.1, r = CAST(0.1 AS REAL), r = r FROM floats WHERE id = 1",
        row(isTenth, isTenth, isTenth, 0.1f > 0.1, true, true));
    placements.gives(
        "SELECT r = i, r = n, r = d, r < i, r = %d FROM floats WHERE id = 2".formatted(LAST_WHOLE),
        row(false, false, false, true, true));
    placements.gives("SELECT id FROM floats WHERE r = 0.1");
    placements.gives("SELECT id FROM floats WHERE r IN (0.1, 1.5)", row(3));
    placements.gives(
        "SELECT id FROM floats WHERE r IN (CAST(0.1 AS REAL), CAST(1.5 AS REAL)) ORDER BY id",
        row(1),
        row(3));
    placements.gives(
        "SELECT id FROM floats WHERE r BETWEEN 0.1 AND 1.5 ORDER BY id", row(1), row(3));
    placements.gives(
        "SELECT id FROM floats WHERE r NOT IN (1.5, %d)".formatted(LAST_WHOLE), row(1));
    placements.gives("SELECT f.id FROM floats f JOIN others o ON f.r = o.n", row(3));
    placements.gives("SELECT f.id FROM floats f JOIN others o ON f.r = o.i");
    placements.gives("SELECT id FROM floats WHERE r IN (SELECT n FROM others)", row(3));
    placements.gives("SELECT f.id FROM floats f JOIN floats o ON f.r = o.n", row(3));
    for (Placement placement : Placement.values()) {
      assertThat(placements.query(placement, "SELECT id FROM floats WHERE r = ?", 0.1f))
          .as(placement.toString())
          .isEqualTo(List.of(row(1)));
      assertThat(
              placements.query(
                  placement, "SELECT id FROM floats WHERE r = CAST(? AS DOUBLE)", (double) 0.1f))
          .as(placement.toString())
          .isEqualTo(List.of(row(1)));
    }
  }

  @Test
  void aRealIsComputedWithAsTheDoubleItIs() {
    double tenth = 0.1f;
    placements.gives(
        "SELECT r + r, r + d, r + n, r * i, r - 0.1, r / 3, 2 * r FROM floats WHERE id = 1",
        row(0.1f + 0.1f, tenth + 0.1, tenth + 0.1, tenth, tenth - 0.1, tenth / 3, 2 * tenth));
    placements.gives(
        "SELECT r + 1, r + i FROM floats WHERE id = 2",
        row((double) LAST_WHOLE + 1, 2.0 * LAST_WHOLE + 1));
    placements.gives(
        "SELECT COALESCE(r, i), CASE WHEN id = 1 THEN r ELSE n END, GREATEST(r, n), NULLIF(r, 0.1)"
            + " FROM floats WHERE id < 3 ORDER BY id",
        row(tenth, tenth, tenth, 0.1f),
        row((double) LAST_WHOLE, LAST_WHOLE + 1.0, LAST_WHOLE + 1.0, (float) LAST_WHOLE));
    placements.givesInAnyOrder(
        "SELECT r FROM floats WHERE id < 3 UNION SELECT i FROM others",
        row(tenth),
        row((double) LAST_WHOLE),
        row(LAST_WHOLE + 1.0),
        row(7.0));
    placements.gives("SELECT SUM(r), AVG(r) FROM floats WHERE id = 1", row(tenth, tenth));
  }
}

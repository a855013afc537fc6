package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Table;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers made text and texts made numbers, in the forms that PostgreSQL has for them. */
class ConversionsTest {
  /** Texts of DOUBLEs as PostgreSQL writes them. */
  private static final List<String> DOUBLES =
      List.of(
          "1",
          "-1.5",
          "0",
          "-0",
          "0.1",
          "0.0001",
          "1e-05",
          "1.5e-07",
          "100000000000000",
          "123456789012345",
          "999999999999999.9",
          "1e+15",
          "1.234567890123456e+15",
          "2.2517998136852485e+15",
          "1e+16",
          "1.2345678901234568e+17",
          "1e+100",
          "1e+300",
          "1.7976931348623157e+308",
          "5e-324",
          "Infinity",
          "-Infinity",
          "NaN");

  private static final List<String> REALS =
      List.of(
          "1",
          "-1.5",
          "0.1",
          "1e-05",
          "100000",
          "123456.7",
          "1e+06",
          "-1.234567e+06",
          "1.6777216e+07",
          "1e+10",
          "1e+15",
          "1e+16",
          "3.4028235e+38",
          "1e-45",
          "Infinity",
          "-Infinity",
          "NaN");

  private static final List<String> TEXTS =
      List.of(
          "25",
          " -25\t",
          "+7",
          "2.5",
          "1e2",
          ".5",
          "0x1F",
          "1_000",
          "",
          "abc",
          "Infinity",
          "99999999999",
          "1e400");

  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void createTables() {
    placements =
        Placements.of(
            "conversions",
            directory,
            new Table("doubles", Home.POSTGRES, "id integer, x double precision", rows(DOUBLES)),
            new Table("reals", Home.DUCKDB, "id integer, x real", rows(REALS)),
            new Table("texts", Home.POSTGRES, "id integer, w text", rows(TEXTS)));
  }

  private static String rows(List<String> values) {
    StringBuilder rows = new StringBuilder("(99, NULL)");
    for (int i = 0; i < values.size(); i++) {
      rows.append(", (").append(i).append(", '").append(values.get(i)).append("')");
    }
    return rows.toString();
  }

  @AfterAll
  static void close() {
    placements.close();
  }

  @Test
  void floatingNumbersHaveTheTextThatPostgresGivesThem() {
    for (int id = 0; id < DOUBLES.size(); id++) {
      placements.gives(
          "SELECT CAST(x AS VARCHAR), 'x' || CAST(x AS VARCHAR) FROM doubles WHERE id = " + id,
          row(DOUBLES.get(id), "x" + DOUBLES.get(id)));
    }
    for (int id = 0; id < REALS.size(); id++) {
      placements.gives("SELECT CAST(x AS VARCHAR) FROM reals WHERE id = " + id, row(REALS.get(id)));
    }
    placements.gives(
        "SELECT CAST(x AS VARCHAR(3)), CAST(1.5e0 AS VARCHAR), CAST(1e20 AS VARCHAR) FROM doubles"
            + " WHERE id = 20",
        row("Inf", "1.5", "1e+20"));
    placements.gives(
        "SELECT id FROM doubles WHERE CAST(x AS VARCHAR) LIKE '%Inf%' ORDER BY id",
        row(20), row(21));
    placements.gives("SELECT CAST(x AS VARCHAR) FROM doubles WHERE id = 99", row((Object) null));
  }

  @Test
  void textsAreNumbersOnlyInTheFormOfTheType() {
    Map<Integer, Object> integers = new TreeMap<>(Map.of(0, 25, 1, -25, 2, 7));
    Map<Integer, Object> decimals = new TreeMap<>();
    for (int id : new int[] {0, 1, 2, 3, 4, 5}) {
      decimals.put(id, new BigDecimal(TEXTS.get(id).strip()).setScale(2));
    }
    Map<Integer, Object> doubles = new TreeMap<>();
    for (int id : new int[] {0, 1, 2, 3, 4, 5, 10, 11}) {
      doubles.put(id, Double.valueOf(TEXTS.get(id).strip()));
    }
    check("INTEGER", integers, 11);
    check("DECIMAL(10, 2)", decimals, 11, 12);
    check("DOUBLE", doubles, 12);
    placements.gives("SELECT CAST(w AS INTEGER) FROM texts WHERE id = 99", row((Object) null));
    placements.gives(
        "SELECT CAST(' 25 ' AS INTEGER), CAST('2.345' AS DECIMAL(3, 2)), CAST('-2.345' AS"
            + " DECIMAL(3, 2)) FROM texts WHERE id = 0",
        row(25, new BigDecimal("2.35"), new BigDecimal("-2.35")));
    placements.fails("SELECT CAST('2.5' AS INTEGER) FROM texts", ErrorCode.INVALID_TEXT_FORM);
    placements.fails("SELECT id FROM texts WHERE id = '2.5'", ErrorCode.INVALID_TEXT_FORM);
    placements.fails("SELECT CAST(w || 'x' AS DATE) FROM texts", ErrorCode.INVALID_TEXT_FORM);
    placements.fails("SELECT CAST('40000' AS SMALLINT) FROM texts", ErrorCode.NUMERIC_OUT_OF_RANGE);
    placements.gives("SELECT id FROM texts WHERE id = '2'", row(2));
  }

  private static void check(String type, Map<Integer, Object> values, Integer... outOfRange) {
    for (int id = 0; id < TEXTS.size(); id++) {
      String sql = "SELECT CAST(w AS %s) FROM texts WHERE id = %d".formatted(type, id);
      if (values.containsKey(id)) {
        placements.gives(sql, row(values.get(id)));
      } else {
        placements.fails(
            sql,
            List.of(outOfRange).contains(id)
                ? ErrorCode.NUMERIC_OUT_OF_RANGE
                : ErrorCode.INVALID_TEXT_FORM);
      }
    }
  }
}

package io.kurobe.planner.execute;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.type.Interval;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Placement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Arrays and intervals as parameters mean the same wherever the tables are. */
@Timeout(180)
class ComposedParametersTest {
  private static Placements placements;

  @BeforeAll
  static void start(@TempDir Path directory) {
    placements =
        Placements.of(
            "composed",
            directory,
            new Placements.Table(
                "thing",
                Home.POSTGRES,
                "id integer, t varchar, n decimal(12, 3), d double precision, day date,"
                    + " ts timestamp, tz timestamp with time zone",
                "(1, 'it''s', 2.5, 0.5, DATE '2024-01-31', TIMESTAMP '2024-01-31 10:11:12.123456',"
                    + " TIMESTAMP '2024-02-29 10:11:12.125+00:00'), (2, '', 3, 1, NULL, NULL,"
                    + " NULL), (3, NULL, NULL, NULL, NULL, NULL, NULL)"),
            new Placements.Table(
                "part", Home.DUCKDB, "thing integer, p integer", "(1, 10), (2, 20)"));
  }

  @AfterAll
  static void stop() {
    placements.close();
  }

  @SafeVarargs
  private static void gives(
      String sql, @Nullable Object parameter, List<@Nullable Object>... rows) {
    for (Placement placement : Placement.values()) {
      assertThat(placements.query(placement, sql, parameter))
          .as(placement + ": " + sql)
          .containsExactly(rows);
    }
  }

  private static void finds(String condition, @Nullable Object parameter, Integer... ids) {
    gives(
        "SELECT id FROM thing WHERE " + condition + " ORDER BY id",
        parameter,
        Arrays.stream(ids).map(id -> row(id)).toArray(List[]::new));
    // Where it is the engine's to compute, or one of several inputs' of a join.
    gives(
        "SELECT id, p FROM thing LEFT JOIN part ON thing = id WHERE " + condition + " ORDER BY id",
        parameter,
        Arrays.stream(ids).map(id -> row(id, id == 3 ? null : id * 10)).toArray(List[]::new));
  }

  @Test
  void valuesAreComparedWithTheElementsOfAnArray() {
    finds("id = ANY (?)", List.of(1, 3), 1, 3);
    finds("id = ANY (?)", Arrays.asList(1, null), 1);
    finds("id = ANY (?)", List.of());
    finds("id <> ALL (?)", List.of(2), 1, 3);
    finds("id <> ALL (?)", List.of(), 1, 2, 3);
    finds("id < ANY (?)", List.of(2, 3), 1, 2);
    finds("NOT (id = ANY (?))", List.of(1, 2), 3);
    finds("NOT (id = ANY (?))", Arrays.asList(1, null));
    finds("t = ANY (?)", List.of("it's", ""), 1, 2);
    finds("t > ANY (?)", List.of("a"), 1);
    finds("n = ANY (?)", List.of(new BigDecimal("2.500"), new BigDecimal("3")), 1, 2);
    finds("d = ANY (?)", List.of(0.5), 1);
    finds("day = ANY (?)", List.of(LocalDate.of(2024, 1, 31)), 1);
    finds("ts = ANY (?)", List.of(LocalDateTime.parse("2024-01-31T10:11:12.123456")), 1);
    finds("tz = ANY (?)", List.of(OffsetDateTime.parse("2024-02-29T11:11:12.125+01:00")), 1);
    finds("id = ANY (?)", null);
    finds("CARDINALITY(CAST(? AS INTEGER ARRAY)) = id", Arrays.asList(1, null), 2);
  }

  @Test
  void intervalsMoveTimes() {
    Interval mixed = Interval.parse("P1M1DT-1H");
    gives(
        "SELECT ts + ? FROM thing WHERE id = 1",
        mixed,
        row(LocalDateTime.parse("2024-03-01T09:11:12.123456")));
    gives(
        "SELECT ts - ? FROM thing WHERE id = 1",
        Interval.parse("P1M"),
        row(LocalDateTime.parse("2023-12-31T10:11:12.123456")));
    gives(
        "SELECT day + ? FROM thing WHERE id = 1",
        Interval.parse("P1M-1D"),
        row(LocalDate.of(2024, 2, 28)));
    gives(
        "SELECT tz + ? FROM thing WHERE id = 1",
        Interval.parse("-PT24H0.5S"),
        row(Instant.parse("2024-02-28T10:11:11.625Z")));
    finds("ts + ? > TIMESTAMP '2024-02-29 00:00:00'", Interval.parse("P1M"), 1);
    finds("day < DATE '2024-03-01' - CAST(? AS INTERVAL DAY)", Interval.parse("P29D"), 1);
  }
}

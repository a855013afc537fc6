package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Placement;
import io.kurobe.planner.testing.Placements.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times of fewer digits than microseconds are rounded half up, before 1970 and 2000 too. */
class TimePrecisionTest {
  private static final List<String> TIMES =
      List.of(
          "2024-01-01T00:00:00.000500",
          "1969-12-31T23:59:59.998500",
          "1999-12-31T23:59:59.500000",
          "2024-06-30T23:59:59.999950",
          "0001-01-01T00:00:00.000499");

  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void createTables() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < TIMES.size(); i++) {
      String time = TIMES.get(i).replace('T', ' ');
      rows.append("(%d, '%s', '%s+00', '%s'), ".formatted(i, time, time, time.substring(11)));
    }
    placements =
        Placements.of(
            "time_precision",
            directory,
            new Table(
                "moments",
                Home.POSTGRES,
                "id integer, l timestamp, t timestamptz, m time",
                rows + "(99, NULL, NULL, NULL)"),
            new Table("ends", Home.DUCKDB, "l timestamp", "('2000-01-01 00:00:00')"));
  }

  @AfterAll
  static void close() {
    placements.close();
  }

  private static LocalDateTime rounded(LocalDateTime time, int digits) {
    long micros = ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
    long span = (long) Math.pow(10, 6 - digits);
    long whole = Math.floorDiv(micros + span / 2, span) * span;
    return LocalDateTime.of(1970, 1, 1, 0, 0).plus(whole, ChronoUnit.MICROS);
  }

  @Test
  void castsRoundHalfUp() {
    for (int digits = 0; digits <= 6; digits++) {
      for (int id = 0; id < TIMES.size(); id++) {
        LocalDateTime time = LocalDateTime.parse(TIMES.get(id));
        LocalDateTime expected = rounded(time, digits);
        placements.gives(
            ("SELECT CAST(l AS TIMESTAMP(%1$d)), t::timestamptz(%1$d), CAST(m AS TIME(%1$d))"
                    + " FROM moments WHERE id = %2$d")
                .formatted(digits, id),
            row(
                expected,
                expected.toInstant(ZoneOffset.UTC),
                rounded(time.withYear(2024), digits).toLocalTime()));
      }
    }
    placements.gives(
        "SELECT CAST(l AS TIMESTAMP(0)) FROM moments WHERE id = 99", row((Object) null));
  }

  @Test
  void literalsAndParametersAreRoundedToo() {
    for (String written : TIMES) {
      LocalDateTime expected = rounded(LocalDateTime.parse(written), 3);
      String text = written.replace('T', ' ');
      placements.gives(
          ("SELECT CAST(TIMESTAMP '%1$s' AS TIMESTAMP(3)), CAST('%1$s' AS TIMESTAMP(3))"
                  + " FROM moments WHERE id = 0")
              .formatted(text),
          row(expected, expected));
    }
    for (Placement placement : Placement.values()) {
      LocalDateTime time = LocalDateTime.parse(TIMES.get(1));
      assertThat(
              placements.query(
                  placement,
                  "SELECT CAST(? AS TIMESTAMP(3)), CAST(? AS TIME(1)) FROM moments WHERE id = 0",
                  time,
                  LocalTime.parse("23:59:59.95")))
          .as(placement.toString())
          .isEqualTo(List.of(row(rounded(time, 3), LocalTime.MIDNIGHT)));
    }
  }

  @Test
  void whatIsRoundedIsComparedSo() {
    placements.gives(
        "SELECT id FROM moments WHERE CAST(l AS TIMESTAMP(0)) = TIMESTAMP '2000-01-01 00:00:00'",
        row(2));
    placements.gives(
        "SELECT id FROM moments JOIN ends ON CAST(moments.l AS TIMESTAMP(0)) = ends.l", row(2));
    placements.gives(
        "SELECT CAST(CAST(l AS TIMESTAMP(3)) AS TIMESTAMP(6)), CAST(CAST(l AS DATE) AS TIMESTAMP(0))"
            + " FROM moments WHERE id = 0",
        row(
            LocalDateTime.parse("2024-01-01T00:00:00.001"),
            LocalDateTime.parse("2024-01-01T00:00")));
    placements.gives(
        "SELECT MAX(CAST(t AS TIMESTAMP(2))) FROM moments",
        row(LocalDateTime.parse("2024-07-01T00:00")));
    placements.gives(
        "SELECT t FROM moments WHERE id = 0", row(Instant.parse("2024-01-01T00:00:00.0005Z")));
  }

  @Test
  void theResultHasTheDigitsOfTheCast() {
    for (Placement placement : Placement.values()) {
      var types =
          placements
              .federation()
              .planner()
              .plan(
                  placements.session(placement),
                  "SELECT CAST(l AS TIMESTAMP(3)), CAST(m AS TIME(0)), t::timestamptz(1), t::timestamptz, l FROM moments")
              .columns()
              .stream()
              .map(SqlType.Field::type)
              .toList();
      assertThat(types).extracting(SqlType::precision).containsExactly(3, 0, 1, 6, 6);
      assertThat(types)
          .extracting(SqlType::kind)
          .containsExactly(
              SqlType.Kind.TIMESTAMP,
              SqlType.Kind.TIME,
              SqlType.Kind.TIMESTAMP_TZ,
              SqlType.Kind.TIMESTAMP_TZ,
              SqlType.Kind.TIMESTAMP);
    }
  }
}

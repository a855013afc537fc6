package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Placement;
import io.kurobe.planner.testing.Placements.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What expressions mean, in every placement, against values computed here. */
class MeaningTest {
  private static final List<String> WORDS =
      List.of(
          "", " ", "a", "A", "b", "B", "aa", "a b", "a-b", "Z", "ä", "Ä", "ß", "z", "é", "_", "10",
          "9", "東", "🦆", "\uFF5E");

  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void createTables() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < WORDS.size(); i++) {
      words.append("(").append(i).append(", '").append(WORDS.get(i)).append("'), ");
    }
    words.append("(99, NULL)");
    placements =
        Placements.of(
            "meaning",
            directory,
            new Table("words", Home.POSTGRES, "id integer, w text", words.toString()),
            new Table("mirror", Home.DUCKDB, "id integer, w text", words.toString()),
            new Table(
                "ints",
                Home.POSTGRES,
                "id integer, s smallint, i integer, b bigint",
                "(1, 32767, 2147483647, 9223372036854775807),"
                    + " (2, -32768, -2147483648, -9223372036854775808),"
                    + " (3, 7, -7, 5), (4, NULL, NULL, NULL)"),
            new Table(
                "decimals",
                Home.POSTGRES,
                "id integer, d numeric(6,2), wide numeric(38,0), x double precision",
                "(1, 2.50, 99999999999999999999999999999999999999, 2.5), (2, -2.50, 1, -2.5), (3,"
                    + " 3.50, 2, 3.5), (4, 0.05, 3, 0.5), (5, -0.05, 4, -0.5), (6, NULL, NULL,"
                    + " NULL)"),
            new Table(
                "doubles",
                Home.DUCKDB,
                "id integer, x double precision",
                "(1, 0.0), (2, '-0.0'), (3, 'NaN'), (4, 'NaN'), (5, 'Infinity'), (6, '-Infinity'),"
                    + " (7, 1.5), (8, NULL)"),
            new Table(
                "reals",
                Home.POSTGRES,
                "id integer, x double precision",
                "(1, '-0.0'), (2, 'NaN'), (3, 'Infinity'), (4, 0.0)"),
            new Table(
                "moments",
                Home.POSTGRES,
                "id integer, t timestamptz, l timestamp, d date",
                "(1, '2024-03-31 00:30:00+00', '2024-03-31 02:30:00', '2024-03-31'), (2,"
                    + " '2024-10-27 01:30:00.000001+00', '2024-10-27 02:30:00', '2024-10-27'), (3,"
                    + " '1969-12-31 23:59:59.999999+00', '1969-12-31 23:59:59.999999',"
                    + " '0001-01-01'), (4, NULL, NULL, NULL)"));
  }

  static Placements placements() {
    return placements;
  }

  @AfterAll
  static void close() {
    placements.close();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  private static List<Object> rows(Stream<?> values) {
    return values.<Object>map(value -> row(value)).toList();
  }

  private static Stream<String> byBytes() {
    return WORDS.stream()
        .sorted(
            (a, b) ->
                Arrays.compareUnsigned(
                    a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void textIsOrderedAndComparedByItsBytes() {
    List<Object> ascending = rows(Stream.concat(byBytes(), Stream.of((Object) null)));
    placements.everywhere(
        "SELECT w FROM words ORDER BY w",
        given -> assertThat((List<?>) given).isEqualTo(ascending));
    placements.everywhere(
        "SELECT w FROM mirror ORDER BY w",
        given -> assertThat((List<?>) given).isEqualTo(ascending));
    placements.gives(
        "SELECT w FROM words ORDER BY w DESC LIMIT 3",
        row((Object) null),
        row("🦆"),
        row("\uFF5E"));
    List<Object> above = rows(byBytes().filter(w -> compare(w, "Z") > 0));
    placements.everywhere(
        "SELECT w FROM words WHERE w > 'Z' ORDER BY w",
        given -> assertThat((List<?>) given).isEqualTo(above));
    List<Object> between =
        rows(byBytes().filter(w -> compare(w, "A") >= 0 && compare(w, "a") <= 0));
    placements.everywhere(
        "SELECT w FROM words WHERE w BETWEEN 'A' AND 'a' ORDER BY w",
        given -> assertThat((List<?>) given).isEqualTo(between));
    placements.gives(
        "SELECT MIN(w), MAX(w), COUNT(DISTINCT w) FROM words", row("", "🦆", (long) WORDS.size()));
    placements.gives(
        "SELECT COUNT(*) FROM words a JOIN words b ON a.w = b.w", row((long) WORDS.size()));
    placements.gives(
        "SELECT COUNT(*) FROM words a JOIN mirror b ON a.w = b.w", row((long) WORDS.size()));
    long pairs =
        WORDS.stream().mapToLong(a -> WORDS.stream().filter(b -> compare(a, b) < 0).count()).sum();
    placements.gives("SELECT COUNT(*) FROM words a JOIN mirror b ON a.w < b.w", row(pairs));
    placements.gives("SELECT COUNT(*) FROM words a JOIN words b ON a.w < b.w", row(pairs));
    placements.gives(
        "SELECT 'a' = 'A', 'a' < 'B', GREATEST('a', 'B'), '' IS NULL",
        row(false, false, "a", false));
    placements.gives("SELECT COUNT(*) FROM words WHERE w = ''", row(1L));
    placements.gives("SELECT COUNT(*) FROM words WHERE w = ' '", row(1L));
    placements.gives(
        "SELECT id FROM (SELECT id, RANK() OVER (ORDER BY w) AS r FROM words) t WHERE r = 1",
        row(0));
  }

  private static int compare(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void nullSortsLastAscendingAndFirstDescending() {
    placements.gives("SELECT id FROM ints ORDER BY i", row(2), row(3), row(1), row(4));
    placements.gives("SELECT id FROM ints ORDER BY i DESC", row(4), row(1), row(3), row(2));
    placements.gives(
        "SELECT id FROM ints ORDER BY s NULLS FIRST, id", row(4), row(2), row(3), row(1));
    placements.gives(
        "SELECT id, ROW_NUMBER() OVER (ORDER BY i DESC) FROM ints ORDER BY id",
        row(1, 2L),
        row(2, 4L),
        row(3, 3L),
        row(4, 1L));
    placements.gives(
        "SELECT i IN (1, NULL), i NOT IN (1, NULL), i <> NULL FROM ints WHERE id = 3",
        row(null, null, null));
    placements.gives("SELECT COUNT(*) FROM ints WHERE i IS DISTINCT FROM 5", row(4L));
    placements.gives("SELECT COUNT(*) FROM ints WHERE i IS NOT DISTINCT FROM NULL", row(1L));
  }

  @Test
  void integersDivideTowardZero() {
    placements.gives(
        "SELECT i / 2, i % 2, i / -2, s / 2, b / 2, -i / 2 FROM ints WHERE id = 3",
        row(-3, -1, 3, 3, 2L, 3));
    placements.gives(
        "SELECT 1 / 2 * 2.0, i / 2.0 FROM ints WHERE id = 3",
        row(decimal("0.0"), decimal("-3.500000")));
    placements.fails("SELECT i / (i - i) FROM ints", ErrorCode.DIVISION_BY_ZERO);
    placements.fails("SELECT i % (i - i) FROM ints", ErrorCode.DIVISION_BY_ZERO);
  }

  @Test
  void overflowIsAnError() {
    for (String sql :
        List.of(
            "SELECT i + 1 FROM ints",
            "SELECT i - 2 FROM ints",
            "SELECT i * 2 FROM ints",
            "SELECT b + 1 FROM ints",
            "SELECT b * b FROM ints WHERE id = 1",
            "SELECT -i FROM ints WHERE id = 2",
            "SELECT ABS(i) FROM ints WHERE id = 2",
            "SELECT CAST(i AS SMALLINT) FROM ints",
            "SELECT CAST(b AS INTEGER) FROM ints",
            "SELECT CAST(x * 1e300 * 1e10 AS BIGINT) FROM decimals WHERE id = 1",
            "SELECT CAST(d * 1000 AS DECIMAL(4, 2)) FROM decimals WHERE id = 1",
            "SELECT wide * 10 FROM decimals WHERE id = 1",
            "SELECT wide + 1 FROM decimals WHERE id = 1",
            "SELECT SUM(wide) FROM decimals")) {
      placements.fails(sql, ErrorCode.NUMERIC_OUT_OF_RANGE);
    }
    placements.gives(
        "SELECT SUM(b) FROM ints WHERE id IN (1, 3)", row(decimal("9223372036854775812")));
    placements.gives("SELECT SUM(i), SUM(s) FROM ints WHERE id <> 2", row(2147483640L, 32774L));
    placements.gives("SELECT s + 1, s * 1000 FROM ints WHERE id = 1", row(32768, 32767000));
    placements.gives("SELECT AVG(b) FROM ints WHERE id = 3", row(decimal("5.000000")));
  }

  @Test
  void decimalsRoundHalfAwayFromZero() {
    placements.gives(
        "SELECT ROUND(d), ROUND(d, 1), CAST(d AS INTEGER) FROM decimals WHERE d IS NOT NULL ORDER"
            + " BY id",
        row(decimal("3.00"), decimal("2.50"), 3),
        row(decimal("-3.00"), decimal("-2.50"), -3),
        row(decimal("4.00"), decimal("3.50"), 4),
        row(decimal("0.00"), decimal("0.10"), 0),
        row(decimal("0.00"), decimal("-0.10"), 0));
    placements.gives(
        "SELECT CAST(d AS DECIMAL(6, 1)) FROM decimals WHERE id IN (1, 4, 5) ORDER BY id",
        row(decimal("2.5")),
        row(decimal("0.1")),
        row(decimal("-0.1")));
  }

  @Test
  void doublesRoundHalfToEvenInCastsAndAwayFromZeroInRound() {
    for (int id : new int[] {1, 2, 3, 4, 5}) {
      double x = new double[] {2.5, -2.5, 3.5, 0.5, -0.5}[id - 1];
      int even = (int) Math.rint(x);
      double away = BigDecimal.valueOf(x).setScale(0, RoundingMode.HALF_UP).doubleValue();
      placements.everywhere(
          "SELECT CAST(x AS INTEGER), ROUND(x) + 0.0e0 FROM decimals WHERE id = " + id,
          given -> {
            assertThat(given.get(0).get(0)).isEqualTo(even);
            assertThat((Double) given.get(0).get(1)).isEqualTo(away);
          });
    }
    placements.gives(
        "SELECT FLOOR(x), CEIL(x), FLOOR(d), CEIL(d), TRUNCATE(d, 1) FROM decimals WHERE id = 2",
        row(-3.0, -2.0, decimal("-3"), decimal("-2"), decimal("-2.50")));
  }

  @Test
  void decimalArithmeticKeepsItsScale() {
    placements.gives(
        "SELECT d + 1, d * d, d - 0.001, d / 3 FROM decimals WHERE id = 1",
        row(decimal("3.50"), decimal("6.2500"), decimal("2.499"), decimal("0.8333333333333")));
    placements.gives(
        "SELECT AVG(d), SUM(d) FROM decimals WHERE id < 4",
        row(decimal("1.16666667"), decimal("3.50")));
    placements.gives(
        "SELECT d = 2.5, d = CAST(2.5 AS DOUBLE), d IN (2.5, 1) FROM decimals WHERE id = 1",
        row(true, true, true));
    placements.gives("SELECT id FROM decimals WHERE d > 2.499 AND d < 2.501", row(1));
  }

  @Test
  void negativeZeroAndNanGroupAsOne() {
    placements.gives("SELECT COUNT(*) FROM (SELECT x FROM doubles GROUP BY x) t", row(6L));
    placements.gives("SELECT COUNT(DISTINCT x) FROM doubles", row(5L));
    placements.gives("SELECT COUNT(*) FROM (SELECT DISTINCT x FROM doubles) t", row(6L));
    placements.gives("SELECT COUNT(*) FROM doubles WHERE x = 0", row(2L));
    placements.gives("SELECT COUNT(*) FROM doubles WHERE x = x", row(7L));
    placements.gives("SELECT COUNT(*) FROM doubles a JOIN reals b ON a.x = b.x", row(7L));
    placements.gives("SELECT COUNT(*) FROM reals a JOIN reals b ON a.x = b.x", row(6L));
    placements.gives(
        "SELECT MAX(x), MIN(x) FROM doubles", row(Double.NaN, Double.NEGATIVE_INFINITY));
    placements.gives("SELECT id FROM doubles WHERE x > 1.5 ORDER BY x, id", row(5), row(3), row(4));
    placements.gives(
        "SELECT id FROM doubles ORDER BY x DESC, id LIMIT 4", row(8), row(3), row(4), row(5));
    placements.gives("SELECT id FROM doubles WHERE x <> 0 AND x < 1 ORDER BY 1", row(6));
  }

  @Test
  void likeIsCaseSensitiveAndEscapesByBackslash() {
    placements.gives(
        "SELECT w FROM words WHERE w LIKE 'a%' ORDER BY w",
        row("a"), row("a b"), row("a-b"), row("aa"));
    placements.gives(
        "SELECT w FROM words WHERE w LIKE '_' AND w > '~' ORDER BY w",
        row("Ä"),
        row("ß"),
        row("ä"),
        row("é"),
        row("東"),
        row("\uFF5E"),
        row("🦆"));
    placements.gives("SELECT w FROM words WHERE w LIKE '\\_'", row("_"));
    placements.gives("SELECT w FROM words WHERE w LIKE '!_' ESCAPE '!'", row("_"));
    placements.gives("SELECT w FROM words WHERE w ILIKE 'A' ORDER BY w", row("A"), row("a"));
    placements.gives("SELECT w FROM words WHERE w ILIKE 'Ä' ORDER BY w", row("Ä"), row("ä"));
    placements.gives(
        "SELECT COUNT(*) FROM words WHERE w NOT LIKE '%a%'",
        row(WORDS.stream().filter(w -> !w.contains("a")).count()));
    placements.gives(
        "SELECT 'a\\b' LIKE 'a\\\\b', 'ab' LIKE 'a\\b', 'x' LIKE NULL", row(true, true, null));
    placements.gives(
        "SELECT w || 'x', w || NULL FROM words WHERE id IN (0, 99) ORDER BY id",
        row("x", null),
        row(null, null));
  }

  @Test
  void greatestAndLeastPassOverNulls() {
    placements.gives(
        "SELECT GREATEST(i, 7), LEAST(i, NULL, 7), GREATEST(i, CAST(NULL AS INTEGER))"
            + " FROM ints WHERE id IN (3, 4) ORDER BY id",
        row(7, -7, -7),
        row(7, 7, null));
  }

  @Test
  void todayIsTheSessionsDay() {
    for (Placement placement : Placement.values()) {
      for (String zone :
          List.of("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin")) {
        Session session = placements.session(placement, zone);
        LocalDate before = LocalDate.now(ZoneId.of(zone));
        Object given =
            placements.query(session, "SELECT CURRENT_DATE FROM ints WHERE id = 1").get(0).get(0);
        assertThat((LocalDate) given).isBetween(before, LocalDate.now(ZoneId.of(zone)));
        assertThat(
                placements.query(
                    session,
                    "SELECT COUNT(DISTINCT CURRENT_TIMESTAMP), COUNT(*) FROM ints WHERE"
                        + " CURRENT_TIMESTAMP = CURRENT_TIMESTAMP"))
            .containsExactly(row(1L, 4L));
      }
    }
  }

  @Test
  void instantsAreTakenApartInTheSessionsZone() {
    for (Placement placement : Placement.values()) {
      for (String zone : List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")) {
        Session session = placements.session(placement, zone);
        for (int id = 1; id <= 3; id++) {
          Instant instant =
              Instant.parse(
                  List.of(
                          "2024-03-31T00:30:00Z",
                          "2024-10-27T01:30:00.000001Z",
                          "1969-12-31T23:59:59.999999Z")
                      .get(id - 1));
          LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneId.of(zone));
          assertThat(
                  placements.query(
                      session,
                      "SELECT t, CAST(t AS TIMESTAMP), CAST(t AS DATE), EXTRACT(HOUR FROM t),"
                          + " EXTRACT(DAY FROM t), FLOOR(CAST(t AS TIMESTAMP) TO DAY) FROM moments"
                          + " WHERE id = "
                          + id))
              .as(placement + " in " + zone)
              .containsExactly(
                  row(
                      instant,
                      local,
                      local.toLocalDate(),
                      (long) local.getHour(),
                      (long) local.getDayOfMonth(),
                      local.toLocalDate().atStartOfDay()));
        }
        assertThat(placements.query(session, "SELECT l, d FROM moments WHERE id = 1"))
            .containsExactly(
                row(LocalDateTime.parse("2024-03-31T02:30:00"), LocalDate.parse("2024-03-31")));
      }
    }
  }

  @Test
  void aWeekStartsOnMonday() {
    placements.gives(
        "SELECT FLOOR(d TO WEEK), EXTRACT(WEEK FROM d), EXTRACT(DOW FROM d), EXTRACT(ISODOW FROM d)"
            + " FROM moments WHERE id = 1",
        row(LocalDate.parse("2024-03-25"), 13L, 0L, 7L));
    placements.gives(
        "SELECT FLOOR(l TO WEEK) FROM moments WHERE id = 2",
        row(LocalDateTime.parse("2024-10-21T00:00:00")));
  }

  @Test
  void datesReachFarBack() {
    placements.gives(
        "SELECT d, EXTRACT(YEAR FROM d), d < DATE '1000-01-01' FROM moments WHERE id = 3",
        row(LocalDate.parse("0001-01-01"), 1L, true));
    placements.gives(
        "SELECT l FROM moments WHERE l < TIMESTAMP '1970-01-01 00:00:00'",
        row(LocalDateTime.parse("1969-12-31T23:59:59.999999")));
    placements.gives(
        "SELECT EXTRACT(SECOND FROM l), FLOOR(l TO SECOND) FROM moments WHERE id = 3",
        row(59L, LocalDateTime.parse("1969-12-31T23:59:59")));
    placements.gives("SELECT EXTRACT(EPOCH FROM l) FROM moments WHERE id = 3", row(-1L));
  }

  @Test
  void whatAPlacementWouldReadOtherwiseIsAsked() {
    placements.gives("SELECT OCTET_LENGTH(w), CHAR_LENGTH(w) FROM words WHERE w = '東'", row(3, 1));
    placements.gives("SELECT COUNT(*) FROM doubles WHERE x = CAST('NaN' AS DOUBLE)", row(2L));
    placements.fails("SELECT wide / 7 FROM decimals WHERE id = 1", ErrorCode.NUMERIC_OUT_OF_RANGE);
    placements.fails(
        "SELECT CAST(x AS DECIMAL(5, 2)) FROM reals WHERE id = 2", ErrorCode.NUMERIC_OUT_OF_RANGE);
    placements.fails("SELECT l + INTERVAL '0.000001' SECOND FROM moments", ErrorCode.NOT_SUPPORTED);
    placements.fails(
        "SELECT TIMESTAMPADD(MICROSECOND, 1, l) FROM moments", ErrorCode.NOT_SUPPORTED);
    placements.gives(
        "SELECT TIMESTAMPADD(SECOND, id, l), TIMESTAMPADD(WEEK, id, l), TIMESTAMPADD(QUARTER, id,"
            + " l) FROM moments WHERE id = 1",
        row(
            LocalDateTime.parse("2024-03-31T02:30:01"),
            LocalDateTime.parse("2024-04-07T02:30:00"),
            LocalDateTime.parse("2024-06-30T02:30:00")));
    placements.gives(
        "SELECT l + INTERVAL '2' WEEK, l - INTERVAL '1' QUARTER, d + INTERVAL '1' WEEK FROM moments"
            + " WHERE l + INTERVAL '1' WEEK = TIMESTAMP '2024-04-07 02:30:00'",
        row(
            LocalDateTime.parse("2024-04-14T02:30:00"),
            LocalDateTime.parse("2023-12-31T02:30:00"),
            LocalDate.parse("2024-04-07")));
    placements.gives(
        "SELECT l + INTERVAL '0.001' SECOND FROM moments WHERE id = 1",
        row(LocalDateTime.parse("2024-03-31T02:30:00.001")));
  }

  @Test
  void aLiteralOfAnInstantHasAnOffset() {
    placements.gives(
        "SELECT id, TIMESTAMP WITH TIME ZONE '1970-01-01 01:00:00.000001+01:00' FROM moments"
            + " WHERE t >= TIMESTAMP WITH TIME ZONE '2024-10-27 03:30:00.000001+02:00'",
        row(2, Instant.parse("1970-01-01T00:00:00.000001Z")));
  }
}

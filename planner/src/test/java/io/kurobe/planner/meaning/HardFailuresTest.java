package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Table;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a BI tool sends in its first minutes, and what plain Calcite cannot plan or run. */
class HardFailuresTest {
  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void createTables() {
    placements =
        Placements.of(
            "hard",
            directory,
            new Table(
                "shops",
                Home.POSTGRES,
                "id integer, city text, opened date, open boolean",
                "(1, '東京', '2020-02-29', true), (2, 'Köln', '2021-12-31', false),"
                    + " (3, 'Kobe', NULL, NULL), (4, '東京', '2024-07-15', true)"),
            new Table(
                "sales",
                Home.DUCKDB,
                "id integer, shop integer, amount numeric(10,2), n bigint, sold timestamp",
                "(1, 1, 10.00, 3, '2024-01-31 23:59:59.5'), (2, 1, 20.50, 1, '2024-02-29 00:00:00'),"
                    + " (3, 2, 5.25, NULL, '2024-12-31 12:30:15'), (4, 3, NULL, 2, NULL),"
                    + " (5, 3, 7.00, 2, '2023-06-15 06:07:08.123456')"),
            new Table(
                "things",
                Home.POSTGRES,
                "id integer, key uuid, doc json, span interval",
                "(1, '0b7c3a52-4a58-4d2c-9f5e-1b2c3d4e5f60', '{\"a\": [1, 2]}', '1 day 02:03:04.5'),"
                    + " (2, NULL, NULL, NULL)"));
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

  @Test
  void windowFunctionsOverAnyTable() {
    placements.gives(
        "SELECT id, ROW_NUMBER() OVER (PARTITION BY shop ORDER BY id),"
            + " SUM(n) OVER (PARTITION BY shop ORDER BY id), COUNT(*) OVER () FROM sales ORDER BY id",
        row(1, 1L, decimal("3"), 5L),
        row(2, 2L, decimal("4"), 5L),
        row(3, 1L, null, 5L),
        row(4, 1L, decimal("2"), 5L),
        row(5, 2L, decimal("4"), 5L));
    placements.gives(
        "SELECT id, RANK() OVER (ORDER BY n DESC), LAG(n) OVER (ORDER BY id),"
            + " LAST_VALUE(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)"
            + " FROM sales ORDER BY id",
        row(1, 2L, null, 2),
        row(2, 5L, 3L, 3),
        row(3, 1L, 1L, 4),
        row(4, 3L, null, 5),
        row(5, 3L, 2L, 5));
    placements.gives(
        "SELECT city, ROW_NUMBER() OVER (ORDER BY city, id) AS r FROM shops ORDER BY r",
        row("Kobe", 1L),
        row("Köln", 2L),
        row("東京", 3L),
        row("東京", 4L));
    placements.gives(
        "SELECT * FROM (SELECT id, NTILE(2) OVER (ORDER BY id) AS half FROM sales) t"
            + " WHERE half = 2 ORDER BY id",
        row(4, 2L),
        row(5, 2L));
  }

  @Test
  void windowFunctionsOverAggregates() {
    placements.gives(
        "SELECT shop, SUM(amount), RANK() OVER (ORDER BY SUM(amount) DESC),"
            + " SUM(SUM(amount)) OVER () FROM sales GROUP BY shop ORDER BY shop",
        row(1, decimal("30.50"), 1L, decimal("42.75")),
        row(2, decimal("5.25"), 3L, decimal("42.75")),
        row(3, decimal("7.00"), 2L, decimal("42.75")));
    placements.gives(
        "SELECT p.city, SUM(s.amount) / SUM(SUM(s.amount)) OVER () > 0.5"
            + " FROM shops p JOIN sales s ON s.shop = p.id GROUP BY p.city ORDER BY 2 DESC, 1",
        row("東京", true),
        row("Kobe", false),
        row("Köln", false));
  }

  @Test
  void castsToText() {
    placements.gives(
        "SELECT CAST(id AS VARCHAR), CAST(amount AS VARCHAR), CAST(sold AS VARCHAR(10)),"
            + " CAST(CAST(sold AS DATE) AS VARCHAR) FROM sales WHERE id = 2",
        row("2", "20.50", "2024-02-29", "2024-02-29"));
    placements.gives("SELECT CAST(open AS VARCHAR) FROM shops WHERE id = 1", row("true"));
    placements.gives(
        "SELECT CAST('東京' AS VARCHAR) || 'x', CAST('abc' AS VARCHAR(2))", row("東京x", "ab"));
    placements.gives("SELECT CAST(city AS VARCHAR(2)) FROM shops WHERE id = 2", row("Kö"));
    placements.gives("SELECT CAST(city AS CHAR(3)) || '!' FROM shops WHERE id = 2", row("Köl!"));
  }

  @Test
  void differencesAndPartsOfTimes() {
    placements.gives(
        "SELECT TIMESTAMPDIFF(DAY, sold, TIMESTAMP '2025-01-01 00:00:00'),"
            + " TIMESTAMPDIFF(MONTH, sold, TIMESTAMP '2025-01-01 00:00:00'),"
            + " TIMESTAMPDIFF(SECOND, TIMESTAMP '2024-01-01 00:00:00', sold),"
            + " TIMESTAMPDIFF(HOUR, TIMESTAMP '2025-01-01 00:00:00', sold)"
            + " FROM sales WHERE id IN (1, 3, 4) ORDER BY id",
        row(335, 11, 2678399, -8040),
        row(0, 0, 31581015, -11),
        row(null, null, null, null));
    placements.gives(
        "SELECT TIMESTAMPDIFF(DAY, opened, DATE '2022-01-01'), TIMESTAMPDIFF(YEAR, opened, DATE '2022-01-01')"
            + " FROM shops WHERE id < 3 ORDER BY id",
        row(672, 1),
        row(1, 0));
    placements.gives(
        "SELECT TIMESTAMPADD(MONTH, 1, sold), TIMESTAMPADD(DAY, -1, sold),"
            + " sold + INTERVAL '1' HOUR, sold - INTERVAL '1-1' YEAR TO MONTH"
            + " FROM sales WHERE id = 1",
        row(
            at("2024-02-29T23:59:59.5"),
            at("2024-01-30T23:59:59.5"),
            at("2024-02-01T00:59:59.5"),
            at("2022-12-31T23:59:59.5")));
    placements.gives(
        "SELECT TIMESTAMPADD(MONTH, 1, opened), opened + INTERVAL '1' YEAR, opened + INTERVAL '3' DAY"
            + " FROM shops WHERE id = 1",
        row(
            LocalDate.parse("2020-03-29"),
            LocalDate.parse("2021-02-28"),
            LocalDate.parse("2020-03-03")));
    placements.gives(
        "SELECT EXTRACT(YEAR FROM sold), EXTRACT(MONTH FROM sold), EXTRACT(DAY FROM sold),"
            + " EXTRACT(HOUR FROM sold), EXTRACT(MINUTE FROM sold), EXTRACT(SECOND FROM sold),"
            + " EXTRACT(QUARTER FROM sold), EXTRACT(DOW FROM sold), EXTRACT(DOY FROM sold),"
            + " EXTRACT(WEEK FROM sold), YEAR(sold) FROM sales WHERE id IN (3, 5) ORDER BY id",
        row(2024L, 12L, 31L, 12L, 30L, 15L, 4L, 2L, 366L, 1L, 2024L),
        row(2023L, 6L, 15L, 6L, 7L, 8L, 2L, 4L, 166L, 24L, 2023L));
    placements.gives(
        "SELECT EXTRACT(YEAR FROM opened), EXTRACT(QUARTER FROM opened) FROM shops WHERE id = 2",
        row(2021L, 4L));
    placements.gives(
        "SELECT FLOOR(sold TO MONTH), FLOOR(sold TO WEEK), FLOOR(sold TO QUARTER), CEIL(sold TO DAY),"
            + " FLOOR(sold TO HOUR) FROM sales WHERE id = 1",
        row(
            at("2024-01-01T00:00"),
            at("2024-01-29T00:00"),
            at("2024-01-01T00:00"),
            at("2024-02-01T00:00"),
            at("2024-01-31T23:00")));
    placements.gives(
        "SELECT FLOOR(opened TO YEAR), CEIL(opened TO MONTH), FLOOR(opened TO WEEK) FROM shops WHERE id = 4",
        row(
            LocalDate.parse("2024-01-01"),
            LocalDate.parse("2024-08-01"),
            LocalDate.parse("2024-07-15")));
    placements.gives(
        "SELECT FLOOR(sold TO MONTH) AS m, COUNT(*) FROM sales WHERE sold IS NOT NULL"
            + " GROUP BY FLOOR(sold TO MONTH) ORDER BY m LIMIT 2",
        row(at("2023-06-01T00:00"), 1L),
        row(at("2024-01-01T00:00"), 1L));
  }

  private static LocalDateTime at(String text) {
    return LocalDateTime.parse(text);
  }

  @Test
  void columnsOfUuidJsonAndInterval() {
    UUID key = UUID.fromString("0b7c3a52-4a58-4d2c-9f5e-1b2c3d4e5f60");
    placements.gives("SELECT key FROM things ORDER BY id", row(key), row((Object) null));
    placements.gives(
        "SELECT id FROM things WHERE key = UUID '0b7c3a52-4a58-4d2c-9f5e-1b2c3d4e5f60'", row(1));
    placements.gives(
        "SELECT id FROM things WHERE key = CAST('0b7c3a52-4a58-4d2c-9f5e-1b2c3d4e5f60' AS UUID)",
        row(1));
    placements.gives(
        "SELECT t.id, s.n FROM things t JOIN sales s ON s.id = t.id ORDER BY 1",
        row(1, 3L),
        row(2, 1L));
    placements.everywhere(
        "SELECT doc FROM things ORDER BY id",
        rows -> {
          assertThat(json(rows.get(0).get(0))).isEqualTo(json("{\"a\": [1, 2]}"));
          assertThat(rows.get(1).get(0)).isNull();
        });
    placements.gives("SELECT id FROM things WHERE doc IS NULL", row(2));
    placements.everywhere(
        "SELECT doc || '!' FROM things WHERE id = 1",
        rows -> {
          String text = String.valueOf(rows.get(0).get(0));
          assertThat(text).endsWith("!");
          assertThat(json(text.substring(0, text.length() - 1))).isEqualTo(json("{\"a\": [1, 2]}"));
        });
    placements.everywhere(
        "SELECT span FROM things ORDER BY id",
        rows ->
            assertThat(Duration.parse(String.valueOf(rows.get(0).get(0))))
                .isEqualTo(Duration.parse("P1DT2H3M4.5S")));
  }

  /** The document of a text, as a source writes one with blanks of its own. */
  private static JsonNode json(Object text) {
    try {
      return new ObjectMapper().readTree(String.valueOf(text));
    } catch (JsonProcessingException e) {
      throw new AssertionError("no document: " + text, e);
    }
  }

  @Test
  void constantsThatAreNullOrGrouped() {
    placements.gives("SELECT 5 / NULLIF(0, 0) * 2", row((Object) null));
    placements.gives("SELECT 5 / NULLIF(0, 0) * 2 FROM shops WHERE id = 1", row((Object) null));
    placements.gives("SELECT 'x' AS x, COUNT(*) FROM shops GROUP BY 'x'", row("x", 4L));
    placements.gives("SELECT 1 AS one, COUNT(*) FROM sales GROUP BY one", row(1, 5L));
    placements.gives("SELECT COUNT(*) FROM sales GROUP BY ()", row(5L));
    placements.gives("SELECT COUNT(*) FROM sales WHERE id > 99 GROUP BY 'x'");
    placements.gives(
        "SELECT id AS value, id AS \"rank\", id AS year FROM shops WHERE id = 1", row(1, 1, 1));
    placements.gives("SELECT NULL, NULL AS n FROM shops WHERE id = 1", row(null, null));
    placements.fails("SELECT 1 / 0", ErrorCode.DIVISION_BY_ZERO);
  }

  @Test
  void booleansAnywhere() {
    placements.gives(
        "SELECT open, COUNT(*) FROM shops GROUP BY open ORDER BY open",
        row(false, 1L),
        row(true, 2L),
        row(null, 1L));
    placements.gives(
        "SELECT id > 2, NOT open, open AND id = 1, open IS TRUE, open IS NULL FROM shops ORDER BY id LIMIT 3",
        row(false, false, true, true, false),
        row(false, true, false, false, false),
        row(true, null, false, false, true));
    placements.gives("SELECT id FROM shops WHERE open ORDER BY id", row(1), row(4));
    placements.gives(
        "SELECT id FROM shops WHERE open = TRUE AND NOT (open IS NULL) ORDER BY id",
        row(1),
        row(4));
    placements.gives("SELECT COUNT(*) FROM shops WHERE TRUE", row(4L));
    placements.gives("SELECT COUNT(*) FROM shops WHERE FALSE", row(0L));
  }

  @Test
  void ordersAndLimits() {
    placements.gives(
        "SELECT n FROM sales ORDER BY n, id",
        row(1L),
        row(2L),
        row(2L),
        row(3L),
        row((Object) null));
    placements.gives("SELECT n FROM sales ORDER BY n DESC LIMIT 2", row((Object) null), row(3L));
    placements.gives(
        "SELECT n FROM sales ORDER BY n NULLS FIRST LIMIT 2", row((Object) null), row(1L));
    placements.gives("SELECT n FROM sales ORDER BY n DESC NULLS LAST LIMIT 1", row(3L));
    placements.gives("SELECT city FROM shops ORDER BY opened DESC, id LIMIT 1", row("Kobe"));
    placements.gives("SELECT id FROM sales ORDER BY id LIMIT 2 OFFSET 2", row(3), row(4));
    placements.gives(
        "SELECT id FROM sales ORDER BY id OFFSET 3 ROWS FETCH NEXT 1 ROWS ONLY", row(4));
    placements.gives("SELECT id FROM sales ORDER BY id FETCH FIRST 1 ROW ONLY", row(1));
    placements.gives("SELECT id FROM sales LIMIT 0");
    placements.gives(
        "SELECT p.id, s.id FROM shops p LEFT JOIN sales s ON s.shop = p.id ORDER BY s.id NULLS FIRST, p.id LIMIT 2",
        row(4, null),
        row(1, 1));
  }

  @Test
  void setOperations() {
    placements.gives(
        "SELECT id FROM shops UNION SELECT shop FROM sales ORDER BY id",
        row(1),
        row(2),
        row(3),
        row(4));
    placements.gives(
        "SELECT COUNT(*) FROM (SELECT id FROM shops UNION ALL SELECT shop FROM sales) t", row(9L));
    placements.gives(
        "SELECT shop FROM sales INTERSECT SELECT id FROM shops WHERE id > 1 ORDER BY 1",
        row(2),
        row(3));
    placements.gives("SELECT id FROM shops EXCEPT SELECT shop FROM sales", row(4));
    placements.gives(
        "SELECT shop FROM sales EXCEPT ALL SELECT id FROM shops ORDER BY 1", row(1), row(3));
    placements.gives(
        "SELECT shop FROM sales INTERSECT ALL (SELECT id FROM shops UNION ALL SELECT 1) ORDER BY 1",
        row(1),
        row(1),
        row(2),
        row(3));
    placements.gives(
        "SELECT 'ab' AS t UNION ALL SELECT city FROM shops WHERE id = 2 UNION ALL SELECT 'xyz' ORDER BY t",
        row("Köln"),
        row("ab"),
        row("xyz"));
    placements.gives(
        "(SELECT id FROM shops ORDER BY id DESC LIMIT 1) UNION ALL (SELECT id FROM sales ORDER BY id LIMIT 1) ORDER BY 1",
        row(1),
        row(4));
    placements.gives(
        "SELECT id FROM shops WHERE id = 1 UNION ALL SELECT amount FROM sales WHERE id = 1 ORDER BY 1",
        row(decimal("1.00")),
        row(decimal("10.00")));
  }

  @Test
  void groupingSetsRollupAndCube() {
    placements.gives(
        "SELECT city, open, COUNT(*) FROM shops GROUP BY ROLLUP (city, open) ORDER BY city, open, 3",
        row("Kobe", null, 1L),
        row("Kobe", null, 1L),
        row("Köln", false, 1L),
        row("Köln", null, 1L),
        row("東京", true, 2L),
        row("東京", null, 2L),
        row(null, null, 4L));
    placements.gives(
        "SELECT shop, SUM(n), GROUPING(shop) FROM sales GROUP BY GROUPING SETS ((shop), ()) ORDER BY 3, 1",
        row(1, decimal("4"), 0L),
        row(2, null, 0L),
        row(3, decimal("4"), 0L),
        row(null, decimal("8"), 1L));
    placements.gives(
        "SELECT COUNT(*) FROM (SELECT 1 FROM sales GROUP BY CUBE (shop, n)) t", row(12L));
    placements.gives(
        "SELECT p.city, COUNT(s.id) FROM shops p LEFT JOIN sales s ON s.shop = p.id GROUP BY ROLLUP (p.city) ORDER BY 1",
        row("Kobe", 2L),
        row("Köln", 1L),
        row("東京", 2L),
        row(null, 5L));
  }

  @Test
  void filteredDistinctAndNestedAggregates() {
    placements.gives(
        "SELECT COUNT(*) FILTER (WHERE n > 1), SUM(amount) FILTER (WHERE shop = 1), COUNT(DISTINCT n),"
            + " SUM(DISTINCT n), COUNT(n) FROM sales",
        row(3L, decimal("30.50"), 3L, decimal("6"), 4L));
    placements.gives(
        "SELECT shop, COUNT(DISTINCT n), COUNT(DISTINCT amount) FROM sales GROUP BY shop ORDER BY shop",
        row(1, 2L, 2L),
        row(2, 0L, 1L),
        row(3, 1L, 1L));
    placements.gives(
        "SELECT DISTINCT city FROM shops ORDER BY city", row("Kobe"), row("Köln"), row("東京"));
    placements.gives(
        "SELECT MAX(total) FROM (SELECT SUM(amount) AS total FROM sales GROUP BY shop) t",
        row(decimal("30.50")));
    placements.gives(
        "WITH r AS (SELECT shop, SUM(amount) AS total FROM sales GROUP BY shop)"
            + " SELECT p.city, r.total FROM shops p, r WHERE p.id = r.shop AND r.total = (SELECT MAX(total) FROM r)",
        row("東京", decimal("30.50")));
    placements.gives("SELECT SUM(n) FROM sales HAVING COUNT(*) > 3", row(decimal("8")));
    placements.gives(
        "SELECT BOOL_AND(open), EVERY(id > 0), SOME(id > 3) FROM shops", row(false, true, true));
    placements.gives(
        "SELECT MIN(open), MAX(opened) FROM shops", row(false, LocalDate.parse("2024-07-15")));
    placements.gives(
        "SELECT LISTAGG(city, '; ') WITHIN GROUP (ORDER BY id) FROM shops WHERE id < 3",
        row("東京; Köln"));
    placements.gives("SELECT STRING_AGG(city, ',') FROM shops WHERE id = 2", row("Köln"));
  }

  @Test
  void textBeyondLatin() {
    placements.gives("SELECT id FROM shops WHERE city = '東京' ORDER BY id", row(1), row(4));
    placements.gives("SELECT id FROM shops WHERE city IN ('Köln', '京都')", row(2));
    placements.gives(
        "SELECT id, '🦆' || city FROM shops WHERE city LIKE '%京' AND id = 1", row(1, "🦆東京"));
    placements.gives(
        "SELECT CHAR_LENGTH(city), UPPER(city), POSITION('京' IN city) FROM shops WHERE id < 3 ORDER BY id",
        row(2, "東京", 2),
        row(4, "KÖLN", 0));
    placements.gives("SELECT 'it''s', U&'\\6771'", row("it's", "東"));
    placements.gives("SELECT id FROM shops WHERE city ILIKE 'kö%'", row(2));
    placements.gives("SELECT id FROM shops WHERE city NOT ILIKE '%K%' ORDER BY id", row(1), row(4));
    placements.gives("SELECT city || NULL, city || '' FROM shops WHERE id = 3", row(null, "Kobe"));
    placements.gives(
        "SELECT SUBSTRING(city FROM 2 FOR 2), SUBSTRING(city, 3), TRIM('  x '), LOWER('ÄB') FROM shops WHERE id = 2",
        row("öl", "ln", "x", "äb"));
  }

  @Test
  void subqueriesOfEveryKind() {
    placements.gives(
        "SELECT id, (SELECT MAX(amount) FROM sales s WHERE s.shop = p.id) FROM shops p ORDER BY id",
        row(1, decimal("20.50")),
        row(2, decimal("5.25")),
        row(3, decimal("7.00")),
        row(4, null));
    placements.gives(
        "SELECT id FROM shops p WHERE EXISTS (SELECT 1 FROM sales s WHERE s.shop = p.id AND s.n > 2)",
        row(1));
    placements.gives(
        "SELECT id FROM shops p WHERE NOT EXISTS (SELECT 1 FROM sales s WHERE s.shop = p.id)",
        row(4));
    placements.gives(
        "SELECT id FROM shops WHERE id IN (SELECT shop FROM sales WHERE amount > 6) ORDER BY id",
        row(1),
        row(3));
    placements.gives("SELECT id FROM shops WHERE id NOT IN (SELECT shop FROM sales)", row(4));
    placements.gives("SELECT id FROM shops WHERE id NOT IN (SELECT n FROM sales)");
    placements.gives(
        "SELECT id FROM sales WHERE n > ALL (SELECT id FROM shops WHERE id < 3)", row(1));
    placements.gives(
        "SELECT id FROM sales WHERE n = SOME (SELECT id FROM shops WHERE id = 3)", row(1));
    placements.gives(
        "SELECT id, id IN (SELECT shop FROM sales) FROM shops ORDER BY id",
        row(1, true),
        row(2, true),
        row(3, true),
        row(4, false));
    placements.gives(
        "SELECT (SELECT COUNT(*) FROM sales), (SELECT city FROM shops WHERE id = 99)",
        row(5L, null));
    placements.fails("SELECT (SELECT city FROM shops) FROM sales", ErrorCode.MORE_THAN_ONE_ROW);
    placements.gives(
        "SELECT p.id, l.id FROM shops p CROSS JOIN LATERAL (SELECT s.id FROM sales s WHERE s.shop = p.id) l ORDER BY 2 LIMIT 3",
        row(1, 1),
        row(1, 2),
        row(2, 3));
    placements.gives(
        "SELECT p.id, l.best FROM shops p, LATERAL (SELECT MAX(amount) AS best FROM sales s WHERE s.shop = p.id) l ORDER BY 1",
        row(1, decimal("20.50")),
        row(2, decimal("5.25")),
        row(3, decimal("7.00")),
        row(4, null));
    placements.gives(
        "WITH a AS (SELECT shop, amount FROM sales WHERE amount > 6) SELECT COUNT(*) FROM a x JOIN a y ON x.shop = y.shop",
        row(5L));
    placements.gives(
        "SELECT p.id FROM shops p FULL JOIN sales s ON s.shop = p.id AND s.amount > 10 WHERE s.id IS NULL OR p.id IS NULL ORDER BY 1",
        row(2),
        row(3),
        row(4),
        row((Object) null),
        row((Object) null),
        row((Object) null),
        row((Object) null));
    placements.gives(
        "SELECT * FROM (VALUES (1, 'a'), (2, 'bcd')) AS v(n, t) ORDER BY n",
        row(1, "a"),
        row(2, "bcd"));
    placements.gives(
        "SELECT p.city FROM shops p JOIN (VALUES (2), (4)) AS v(n) ON v.n = p.id ORDER BY p.id",
        row("Köln"),
        row("東京"));
  }
}

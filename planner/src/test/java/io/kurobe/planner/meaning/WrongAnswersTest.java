package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.testing.Placements;
import io.kurobe.planner.testing.Placements.Home;
import io.kurobe.planner.testing.Placements.Placement;
import io.kurobe.planner.testing.Placements.Table;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that plain Calcite gets wrong without a word, each by its name in docs/semantics.md. */
class WrongAnswersTest {
  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void createTables() {
    // Names whose order by bytes is not the order of a dictionary.
    String people =
        IntStream.range(0, 1000)
            .mapToObj(i -> "(" + i + ", '" + name(i) + "')")
            .collect(Collectors.joining(", "));
    placements =
        Placements.of(
            "wrong",
            directory,
            new Table("people", Home.POSTGRES, "id integer, name text", people),
            new Table("visits", Home.DUCKDB, "id integer, name text", people),
            new Table(
                "customers",
                Home.POSTGRES,
                "id bigint, code char(4), label varchar(10)",
                "(1, 'a', 'a'), (2, 'b', 'b '), (3, 'ab', 'ab')"),
            new Table(
                "orders",
                Home.DUCKDB,
                "id bigint, customer bigint, amount numeric(10,2), n integer, rate double"
                    + " precision, placed timestamp",
                "(10, 1, 1.00, 7, 0.5, '2024-03-31 02:30:00.123456'),"
                    + " (11, 1, 2.10, -7, -0.5, '2024-03-31 03:30:00.000001'),"
                    + " (12, 3, 100.25, 2, 0, '1969-12-31 23:59:59.999999'),"
                    + " (13, 2, 0.00, 0, NULL, NULL)"),
            new Table(
                "numbers",
                Home.POSTGRES,
                "id bigint, big bigint, small integer, price numeric(10,2), share numeric(6,4),"
                    + " ratio double precision",
                "(1, 9223372036854775807, 2, 10.00, 3.0000, 1.5),"
                    + " (2, 9223372036854775807, 1, 20.00, 7.0000, 2.5),"
                    + " (3, NULL, NULL, NULL, 0.0000, 0)"));
  }

  private static String name(int i) {
    return switch (i % 4) {
      case 0 -> "a" + i;
      case 1 -> "B" + i;
      case 2 -> "Ä" + i;
      default -> "_c" + i;
    };
  }

  @AfterAll
  static void close() {
    placements.close();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  @Test
  void w1JoinOnTextKeysOfSourcesWithOtherCollations() {
    placements.gives("SELECT COUNT(*) FROM people p JOIN visits v ON p.name = v.name", row(1000L));
    placements.gives("SELECT COUNT(*) FROM people WHERE name < 'a'", row(500L));
    placements.gives("SELECT COUNT(*) FROM people WHERE name BETWEEN 'B' AND 'C'", row(250L));
    placements.gives("SELECT MIN(name), MAX(name) FROM people", row("B1", "Ä998"));
    placements.gives(
        "SELECT name FROM people ORDER BY name DESC LIMIT 2", row("Ä998"), row("Ä994"));
    placements.gives(
        "SELECT p.name FROM people p JOIN visits v ON p.name = v.name AND v.name > 'a99'"
            + " ORDER BY p.name LIMIT 2",
        row("a992"),
        row("a996"));
  }

  @Test
  void w2AConstantBesideAnAggregateOverNoRows() {
    placements.gives("SELECT COUNT(*), 27 FROM people WHERE 1 = 0", row(0L, 27));
    placements.gives(
        "SELECT COUNT(*), 27, 'x', SUM(id) FROM people WHERE id < 0", row(0L, 27, "x", null));
    placements.gives("SELECT 27 FROM people WHERE id < 0 GROUP BY name");
  }

  @Test
  void w3CaseOfAGroupedColumn() {
    placements.gives(
        "SELECT CASE n WHEN 7 THEN 2 END AS c, COUNT(*) FROM orders GROUP BY n ORDER BY n",
        row(null, 1L),
        row(null, 1L),
        row(null, 1L),
        row(2, 1L));
    placements.givesInAnyOrder(
        "SELECT CASE WHEN n > 0 THEN 'up' ELSE 'down' END AS way, COUNT(*) FROM orders GROUP BY"
            + " way",
        row("up", 2L),
        row("down", 2L));
    placements.givesInAnyOrder(
        "SELECT customer, COUNT(*) FROM orders GROUP BY 1", row(1L, 2L), row(2L, 1L), row(3L, 1L));
  }

  @Test
  void w4IntegerDivisionGivesIntegers() {
    placements.gives(
        "SELECT id, n / 2, n % 2, id / 4 FROM orders ORDER BY id",
        row(10L, 3, 1, 2L), row(11L, -3, -1, 2L), row(12L, 1, 0, 3L), row(13L, 0, 0, 3L));
    placements.gives("SELECT SUM(small) / COUNT(small) FROM numbers", row(1L));
    placements.gives("SELECT 7 / 2, -7 / 2, MOD(-7, 2)", row(3, -3, -1));
  }

  @Test
  void w5AveragesAndDeviationsOfIntegersAreNoIntegers() {
    placements.gives(
        "SELECT AVG(small), AVG(price), AVG(ratio) FROM numbers",
        row(decimal("1.500000"), decimal("15.00000000"), 4.0 / 3));
    placements.gives("SELECT AVG(amount) FROM orders WHERE id < 12", row(decimal("1.55000000")));
    placements.everywhere(
        "SELECT STDDEV(small), VAR_POP(small), STDDEV_POP(price), VARIANCE(big) FROM numbers",
        rows -> {
          assertThat((Double) rows.get(0).get(0)).isEqualTo(Math.sqrt(0.5));
          assertThat((Double) rows.get(0).get(1)).isEqualTo(0.25);
          assertThat((Double) rows.get(0).get(2)).isEqualTo(5.0);
          assertThat((Double) rows.get(0).get(3)).isEqualTo(0.0);
        });
  }

  @Test
  void whatLiesBetweenTwoWholeNumbersIsNone() {
    placements.gives(
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY small),"
            + " PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY price),"
            + " PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ratio),"
            + " PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY small) FROM numbers",
        row(1.5, 15.0, 1.5, 1));
  }

  @Test
  void w6MicrosecondsAreKept() {
    placements.gives(
        "SELECT placed FROM orders WHERE placed IS NOT NULL ORDER BY placed",
        row(LocalDateTime.parse("1969-12-31T23:59:59.999999")),
        row(LocalDateTime.parse("2024-03-31T02:30:00.123456")),
        row(LocalDateTime.parse("2024-03-31T03:30:00.000001")));
    placements.gives(
        "SELECT id FROM orders WHERE placed = TIMESTAMP '2024-03-31 02:30:00.123456'", row(10L));
    placements.gives("SELECT TIMESTAMP '2024-03-31 02:30:00.123456'", row(at("02:30:00.123456")));
    placements.gives("SELECT MAX(placed) FROM orders", row(at("03:30:00.000001")));
    for (Placement placement : Placement.values()) {
      assertThat(
              placements.query(
                  placement, "SELECT id FROM orders WHERE placed = ?", at("02:30:00.123456")))
          .containsExactly(row(10L));
    }
  }

  private static LocalDateTime at(String time) {
    return LocalDateTime.parse("2024-03-31T" + time);
  }

  /** The other half of it, the driver's, is tested over a gateway. */
  @Test
  void w7ALocalTimeInAGapOfTheZoneStaysAsItIs() {
    for (Placement placement : Placement.values()) {
      assertThat(
              placements.query(
                  placements.session(placement, "Europe/Berlin"),
                  "SELECT placed, CAST(placed AS VARCHAR) FROM orders WHERE id = 10"))
          .as(placement.toString())
          .containsExactly(row(at("02:30:00.123456"), "2024-03-31 02:30:00.123456"));
    }
  }

  @Test
  void w8AnUnboundParameterIsAnError() {
    for (Placement placement : Placement.values()) {
      PlannedStatement statement =
          placements
              .federation()
              .planner()
              .plan(
                  placements.session(placement),
                  "SELECT id FROM orders WHERE id = ? AND customer = ?");
      assertThat(statement.parameters()).containsExactly(SqlType.BIGINT, SqlType.BIGINT);
      assertThat(placements.federation().rows(statement, 10L, 1L)).containsExactly(List.of(10L));
      assertThat(placements.federation().rows(statement, 10L, null)).isEmpty();
      assertThatThrownBy(() -> placements.federation().rows(statement, 10L))
          .isInstanceOfSatisfying(
              KurobeException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_PARAMETER));
    }
  }

  @Test
  void w10TheOrderOfAWrappedQueryIsKept() {
    placements.gives(
        "SELECT * FROM (SELECT id FROM orders ORDER BY amount DESC) t LIMIT 3",
        row(12L),
        row(11L),
        row(10L));
    placements.gives(
        "SELECT id FROM (SELECT id, n FROM orders WHERE id < 13 ORDER BY n) t LIMIT 2 OFFSET 1",
        row(12L),
        row(10L));
    placements.gives(
        "SELECT * FROM (SELECT p.name FROM people p JOIN visits v ON p.id = v.id"
            + " ORDER BY p.name DESC) t LIMIT 2",
        row("Ä998"),
        row("Ä994"));
    placements.gives(
        "SELECT * FROM (SELECT * FROM (SELECT id FROM orders ORDER BY amount DESC LIMIT 3) u) t"
            + " LIMIT 2",
        row(12L),
        row(11L));
  }

  @Test
  void w11ADerivedTableMayNameTwoColumnsAlike() {
    String twice = "SELECT c.id, o.id FROM customers c JOIN orders o ON o.customer = c.id";
    for (String sql :
        List.of(
            "SELECT * FROM (" + twice + ") t",
            "WITH t AS (" + twice + ") SELECT * FROM t",
            "SELECT * FROM (SELECT * FROM (" + twice + ") u) t")) {
      placements.givesInAnyOrder(sql, row(1L, 10L), row(1L, 11L), row(3L, 12L), row(2L, 13L));
      for (Placement placement : Placement.values()) {
        assertThat(
                placements
                    .federation()
                    .planner()
                    .plan(placements.session(placement), sql)
                    .columns())
            .extracting(SqlType.Field::name)
            .containsExactly("id", "id");
      }
    }
    placements.fails("SELECT id FROM (" + twice + ") t", ErrorCode.AMBIGUOUS_COLUMN);
    placements.gives(
        "SELECT * FROM (" + twice + " ORDER BY o.id DESC) t LIMIT 2", row(2L, 13L), row(3L, 12L));
  }

  @Test
  void w12DecimalsAreDividedAndAveragedToTheDeclaredScale() {
    placements.gives(
        "SELECT price / share, share / price FROM numbers WHERE id = 1",
        row(decimal("3.333333333"), decimal("0.300000000000000")));
    placements.gives(
        "SELECT AVG(price / share) FROM numbers WHERE id < 3", row(decimal("3.095238095000000")));
    placements.gives(
        "SELECT SUM(big), SUM(small), SUM(price) FROM numbers",
        row(decimal("18446744073709551614"), 3L, decimal("30.00")));
    placements.gives(
        "SELECT SUM(big) OVER (ORDER BY id) FROM numbers WHERE id < 3 ORDER BY id",
        row(decimal("9223372036854775807")),
        row(decimal("18446744073709551614")));
  }

  @Test
  void w12DivisionByZeroIsAnErrorInEveryEngine() {
    placements.fails("SELECT 1 / (id - 3) FROM numbers", ErrorCode.DIVISION_BY_ZERO);
    placements.fails(
        "SELECT price / share FROM numbers WHERE id = 3 OR price > 0 AND price / (price - 10.00) >"
            + " 0",
        ErrorCode.DIVISION_BY_ZERO);
    placements.fails("SELECT 1.0 / share FROM numbers", ErrorCode.DIVISION_BY_ZERO);
    placements.fails("SELECT 1.0e0 / ratio FROM numbers", ErrorCode.DIVISION_BY_ZERO);
    placements.fails("SELECT n % n FROM orders", ErrorCode.DIVISION_BY_ZERO);
    placements.fails("SELECT MOD(amount, amount) FROM orders", ErrorCode.DIVISION_BY_ZERO);
    placements.fails(
        "SELECT COUNT(*) / SUM(share) FROM numbers WHERE id = 3", ErrorCode.DIVISION_BY_ZERO);
    placements.gives("SELECT price / share FROM numbers WHERE id = 3", row((Object) null));
    placements.gives(
        "SELECT id / NULLIF(id - 3, 0) FROM numbers ORDER BY id",
        row(0L),
        row(-2L),
        row((Object) null));
    placements.gives(
        "SELECT CASE WHEN share = 0 THEN NULL ELSE 1.0 / share END FROM numbers WHERE id = 3",
        row((Object) null));
    placements.gives("SELECT price / 0.5 FROM numbers WHERE price IS NULL", row((Object) null));
  }

  @Test
  void w13TrailingBlanksOfCharDoNotCount() {
    placements.gives("SELECT id FROM customers WHERE code = 'a'", row(1L));
    placements.gives("SELECT id FROM customers WHERE code = 'b'", row(2L));
    placements.gives("SELECT id FROM customers WHERE code IN ('ab', 'x') ORDER BY id", row(3L));
    placements.gives(
        "SELECT c.id, d.id FROM customers c JOIN customers d ON c.code = d.code ORDER BY 1",
        row(1L, 1L),
        row(2L, 2L),
        row(3L, 3L));
  }
}

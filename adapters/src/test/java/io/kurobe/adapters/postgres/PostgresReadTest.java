package io.kurobe.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresReadTest {
  private final BufferAllocator allocator = new RootAllocator();
  private final PostgresServer.Database database =
      PostgresServer.database("reads", "CREATE TABLE t (a integer)");
  private final Source source =
      new PostgresSource(
          SourceConfig.ofUrl("sales", "postgres", database.url(), database.user()), allocator);

  @AfterAll
  void close() {
    source.close();
    allocator.close();
  }

  private static ReadRequest request(String sql, ZoneId zone, SqlType... types) {
    List<SqlType.Field> columns = new ArrayList<>();
    for (SqlType type : types) {
      columns.add(new SqlType.Field("v" + columns.size(), type, true));
    }
    return new ReadRequest(sql, columns, zone, Duration.ofSeconds(60), 1_000);
  }

  private @Nullable Object value(String sql, SqlType type) {
    return Rows.of(source.read(request(sql, ZoneOffset.UTC, type))).get(0).get(0);
  }

  private KurobeException failure(String sql, SqlType type) {
    KurobeException failure = catchThrowableOfType(KurobeException.class, () -> value(sql, type));
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).contains("sales");
    return failure;
  }

  @Test
  void refusesNumbersThatDoNotFitAndNamesTheColumn() {
    for (String sql :
        List.of(
            "SELECT 1000",
            "SELECT 999.95",
            "SELECT -999.951",
            "SELECT 1e40",
            "SELECT 'NaN'::numeric",
            "SELECT 'Infinity'::numeric",
            "SELECT '-Infinity'::float8")) {
      KurobeException failure = failure(sql, SqlType.decimal(4, 1));
      assertThat(failure.code()).as(sql).isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE);
      assertThat(failure.getMessage()).contains("\"v0\"");
    }
    assertThat(failure("SELECT 'NaN'::numeric", SqlType.decimal(4, 1)).hint()).isPresent();
    assertThat(value("SELECT 999.949", SqlType.decimal(4, 1))).isEqualTo(new BigDecimal("999.9"));
    assertThat(failure("SELECT 128", SqlType.TINYINT).code())
        .isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE);
    assertThat(failure("SELECT 99999999999", SqlType.INTEGER).code())
        .isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE);
    assertThat(failure("SELECT " + "9".repeat(38) + ".5", SqlType.decimal(38, 0)).code())
        .isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE);
  }

  @Test
  void namesTheValueThatDoesNotFit() {
    for (String value : List.of("1000", "-999.951", "12345678.9012", "1000000", "-20000.0001")) {
      assertThat(failure("SELECT " + value, SqlType.decimal(4, 1)))
          .hasMessageContaining("column \"v0\": the value " + value + " does not fit");
    }
    assertThat(failure("SELECT 1e100 + 7", SqlType.decimal(38, 0)))
        .hasMessageContaining("the value about 1.00000000000000000E+100 does not fit");
    assertThat(failure("SELECT repeat('9', 38)::numeric + 0.5", SqlType.decimal(38, 0)))
        .hasMessageContaining("the value " + "9".repeat(38) + ".5 does not fit");
    assertThat(failure("SELECT -129", SqlType.TINYINT)).hasMessageContaining("the value -129 ");
    // A later element, after values that fit.
    assertThat(failure("SELECT ARRAY[1.5, 2.5, 1234.5]", SqlType.array(SqlType.decimal(4, 1))))
        .hasMessageContaining("the value 1234.5 ");
  }

  @Test
  void refusesDatesThatNeverEnd() {
    assertThat(failure("SELECT 'infinity'::date", SqlType.DATE).code())
        .isEqualTo(ErrorCode.DATETIME_OUT_OF_RANGE);
    assertThat(failure("SELECT '-infinity'::timestamp", SqlType.TIMESTAMP).code())
        .isEqualTo(ErrorCode.DATETIME_OUT_OF_RANGE);
    assertThat(failure("SELECT 'infinity'::timestamptz", SqlType.TIMESTAMP_TZ).code())
        .isEqualTo(ErrorCode.DATETIME_OUT_OF_RANGE);
    assertThat(failure("SELECT '294276-12-31'::timestamp", SqlType.TIMESTAMP).code())
        .isEqualTo(ErrorCode.DATETIME_OUT_OF_RANGE);
    assertThat(failure("SELECT '24:00'::time", SqlType.TIME).code())
        .isEqualTo(ErrorCode.DATETIME_OUT_OF_RANGE);
    assertThat(failure("SELECT '1 mon 1 day'::interval", SqlType.INTERVAL_YEAR_MONTH).code())
        .isEqualTo(ErrorCode.DATETIME_OUT_OF_RANGE);
  }

  @Test
  void mapsTheServersErrorsByTheirState() {
    assertThat(failure("SELECT 'x'::integer", SqlType.INTEGER).code())
        .isEqualTo(ErrorCode.INVALID_TEXT_FORM);
    assertThat(failure("SELECT no_such_function()", SqlType.VARCHAR).code())
        .isEqualTo(ErrorCode.SOURCE_FAILED);
    assertThat(failure("SELECT sqrt(-1)", SqlType.DOUBLE).code()).isEqualTo(ErrorCode.DATA);
    assertThat(failure("SELECT ARRAY[[1], [2]]", SqlType.array(SqlType.INTEGER)).code())
        .isEqualTo(ErrorCode.DATA);
    assertThat(failure("SELECT (SELECT n FROM generate_series(1, 2) AS n)", SqlType.INTEGER).code())
        .isEqualTo(ErrorCode.MORE_THAN_ONE_ROW);
  }

  @Test
  void decodesAnyDecimalAsBigDecimalDoes() {
    var random = new Random(42);
    for (int round = 0; round < 30; round++) {
      int precision = 1 + random.nextInt(38);
      int scale = random.nextInt(precision + 1);
      List<BigDecimal> sent = new ArrayList<>();
      List<BigDecimal> expected = new ArrayList<>();
      while (sent.size() < 200) {
        int digits = 1 + random.nextInt(40);
        var number =
            new BigDecimal(new BigInteger(3 * digits + 1, random), random.nextInt(45))
                .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
        BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() <= precision || rounded.signum() == 0) {
          sent.add(number);
          expected.add(rounded);
        }
      }
      String sql =
          sent.stream().map(n -> "(" + n.toPlainString() + ")").collect(Collectors.joining(", "));
      List<Object> read = new ArrayList<>();
      for (List<@Nullable Object> row :
          Rows.of(
              source.read(
                  request("VALUES " + sql, ZoneOffset.UTC, SqlType.decimal(precision, scale))))) {
        read.add(row.get(0));
      }
      assertThat(read).as("DECIMAL(%s, %s)", precision, scale).isEqualTo(expected);
    }
  }

  @Test
  void rowsWithGapsInEveryColumnStayInPlace() {
    String sql =
        "SELECT CASE WHEN n % 2 = 0 THEN n END, CASE WHEN n % 3 = 0 THEN 'v' || n END,"
            + " CASE WHEN n % 5 = 0 THEN n / 4.0 END, CASE WHEN n % 7 = 0 THEN n % 2 = 0 END,"
            + " CASE WHEN n % 11 = 0 THEN ARRAY['e' || n, NULL] END"
            + " FROM generate_series(1, 5000) AS n";
    List<List<@Nullable Object>> rows =
        Rows.of(
            source.read(
                request(
                    sql,
                    ZoneOffset.UTC,
                    SqlType.BIGINT,
                    SqlType.VARCHAR,
                    SqlType.decimal(10, 2),
                    SqlType.BOOLEAN,
                    SqlType.array(SqlType.VARCHAR))));
    assertThat(rows).hasSize(5_000);
    for (int n = 1; n <= 5_000; n++) {
      List<@Nullable Object> row = rows.get(n - 1);
      assertThat(row.get(0)).isEqualTo(n % 2 == 0 ? (Object) (long) n : null);
      assertThat(row.get(1)).isEqualTo(n % 3 == 0 ? "v" + n : null);
      assertThat(row.get(2)).isEqualTo(n % 5 == 0 ? BigDecimal.valueOf(n * 25L, 2) : null);
      assertThat(row.get(3)).isEqualTo(n % 7 == 0 ? (Object) (n % 2 == 0) : null);
      assertThat(row.get(4) == null).isEqualTo(n % 11 != 0);
    }
  }

  @Test
  void batchesAreBoundedInBytes() {
    ReadRequest request =
        request(
            "SELECT repeat('x', 1000000) FROM generate_series(1, 40)",
            ZoneOffset.UTC,
            SqlType.VARCHAR);
    try (BatchStream stream = source.read(request)) {
      List<List<List<@Nullable Object>>> batches = Rows.batches(stream.reader());
      assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(40);
      assertThat(batches).allSatisfy(batch -> assertThat(batch.size()).isLessThanOrEqualTo(9));
    }
  }

  @Test
  void runsInTheRequestedZone() {
    String sql = "SELECT timestamptz '2024-07-01 12:00:00+00'";
    assertThat(zoned(sql, ZoneId.of("Europe/Berlin")))
        .isEqualTo(LocalDateTime.of(2024, 7, 1, 14, 0));
    assertThat(zoned(sql, ZoneId.of("+05:30"))).isEqualTo(LocalDateTime.of(2024, 7, 1, 17, 30));
    assertThat(zoned(sql, ZoneId.of("UTC-3"))).isEqualTo(LocalDateTime.of(2024, 7, 1, 9, 0));
    assertThat(zoned(sql, ZoneOffset.UTC)).isEqualTo(LocalDateTime.of(2024, 7, 1, 12, 0));
  }

  private @Nullable Object zoned(String sql, ZoneId zone) {
    return Rows.of(source.read(request(sql, zone, SqlType.TIMESTAMP))).get(0).get(0);
  }

  @Test
  void keepsTheOrderOfTheQuery() {
    List<List<@Nullable Object>> rows =
        Rows.of(
            source.read(
                request(
                    "SELECT n FROM generate_series(1, 3000) AS n ORDER BY n % 7, n DESC",
                    ZoneOffset.UTC, SqlType.VARCHAR)));
    assertThat(rows.get(0)).containsExactly("2996");
    assertThat(rows.get(2_999)).containsExactly("6");
  }

  @Test
  void writesNothing() {
    assertThat(
            failure(
                "WITH w AS (INSERT INTO t VALUES (1) RETURNING a) SELECT a FROM w",
                SqlType.INTEGER))
        .isNotNull();
    assertThat(failure("SELECT lo_create(0)", SqlType.BIGINT).code())
        .isEqualTo(ErrorCode.SOURCE_FAILED);
  }

  @Test
  void sendsOneCopyForAQuery() {
    value("SELECT 4711", SqlType.INTEGER);
    assertThat(database.statements("kurobe").stream().filter(s -> s.contains("4711")))
        .containsExactly(
            "COPY (SELECT t.c0::int4 FROM (SELECT 4711\n) AS t(c0)) TO STDOUT (FORMAT binary)");
  }

  @Test
  void readsInTheZoneOfTheRequest() {
    for (String zone : List.of("UTC", "Asia/Tokyo", "+05:30", "-03:30")) {
      ReadRequest request =
          request("SELECT '2024-06-01 12:00:00'::timestamptz", ZoneId.of(zone), SqlType.TIMESTAMP);
      LocalDateTime noon = LocalDateTime.parse("2024-06-01T12:00:00");
      assertThat(Rows.of(source.read(request)).get(0).get(0)).as(zone).isEqualTo(noon);
      ReadRequest there =
          request("SELECT '2024-06-01 12:00:00Z'::timestamptz", ZoneId.of(zone), SqlType.TIMESTAMP);
      assertThat(Rows.of(source.read(there)).get(0).get(0))
          .as(zone)
          .isEqualTo(
              noon.atZone(ZoneOffset.UTC).withZoneSameInstant(ZoneId.of(zone)).toLocalDateTime());
    }
  }
}

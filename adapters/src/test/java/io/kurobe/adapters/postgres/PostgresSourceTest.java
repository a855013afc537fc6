package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceContract;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.type.SqlType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresSourceTest extends SourceContract {
  private static final SqlType PAIR =
      SqlType.row(
          List.of(
              new SqlType.Field("a", SqlType.INTEGER, true),
              new SqlType.Field("B b", SqlType.VARCHAR, true)));

  private final BufferAllocator allocator = new RootAllocator();
  private final PostgresServer.Database database =
      PostgresServer.database(
          "contract",
          """
          CREATE TABLE people (id integer NOT NULL, name text, born date, height numeric(5, 2));
          INSERT INTO people VALUES
            (1, 'Ada', '1815-12-10', 1.65),
            (2, 'Žofia 山', NULL, NULL),
            (3, '', '1970-01-01', 2.00),
            (4, NULL, '1582-10-04', -0.01);
          CREATE TYPE mood AS ENUM ('sad', 'so-so', 'glücklich');
          CREATE TYPE pair AS (a integer, "B b" text);
          CREATE TYPE holder AS (n integer, list integer[], inner_pair pair);
          CREATE DOMAIN several AS integer[] CHECK (cardinality(VALUE) > 1);
          CREATE DOMAIN positive AS numeric(6, 2) CHECK (VALUE > 0);
          """);
  private final PostgresSource source =
      new PostgresSource(
          SourceConfig.ofUrl("sales", "postgres", database.url(), database.user()), allocator);

  @AfterAll
  void close() {
    source.close();
    allocator.close();
  }

  @Override
  protected Source source() {
    return source;
  }

  @Override
  protected BufferAllocator allocator() {
    return allocator;
  }

  @Override
  protected String numbers(int count) {
    return "SELECT n FROM generate_series(1, " + count + ") AS n";
  }

  @Override
  protected String slow() {
    return "SELECT count(*) FROM generate_series(1, 2000000000) AS n";
  }

  @Override
  protected String failing() {
    return "SELECT 1 / (n - 9000) FROM generate_series(1, 100000) AS n";
  }

  @Override
  protected Sample wide() {
    return new Sample("1e38::numeric", SqlType.decimal(38, 0), "1" + "0".repeat(38));
  }

  @Override
  protected Optional<String> nanoseconds() {
    return Optional.empty();
  }

  @Override
  protected Optional<Source> down() {
    return Optional.of(
        new PostgresSource(
            SourceConfig.ofUrl("away", "postgres", "jdbc:postgresql://localhost:1/x", "nobody"),
            allocator));
  }

  private static Sample sample(String sql, SqlType type, @Nullable Object expected) {
    return new Sample(sql, type, expected);
  }

  private static SqlType decimal(int precision, int scale) {
    return SqlType.decimal(precision, scale);
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        sample("true", SqlType.BOOLEAN, true),
        sample("false", SqlType.BOOLEAN, false),
        sample("NULL::boolean", SqlType.BOOLEAN, null),
        sample("NULL", SqlType.NULL, null),
        sample("(-128)::smallint", SqlType.TINYINT, (byte) -128),
        sample("(-32768)::smallint", SqlType.SMALLINT, Short.MIN_VALUE),
        sample("32767::smallint", SqlType.SMALLINT, Short.MAX_VALUE),
        sample("(-2147483648)::integer", SqlType.INTEGER, Integer.MIN_VALUE),
        sample("2147483647", SqlType.INTEGER, Integer.MAX_VALUE),
        sample("(-9223372036854775808)::bigint", SqlType.BIGINT, Long.MIN_VALUE),
        sample("9223372036854775807", SqlType.BIGINT, Long.MAX_VALUE),
        sample("NULL::bigint", SqlType.BIGINT, null),
        sample("'3.4028235e38'::real", SqlType.REAL, Float.MAX_VALUE),
        sample("'NaN'::real", SqlType.REAL, Float.NaN),
        sample("'1.7976931348623157e308'::float8", SqlType.DOUBLE, Double.MAX_VALUE),
        sample("'-0'::float8", SqlType.DOUBLE, -0.0),
        sample("'NaN'::float8", SqlType.DOUBLE, Double.NaN),
        sample("'-Infinity'::float8", SqlType.DOUBLE, Double.NEGATIVE_INFINITY),
        sample("0.00", decimal(5, 2), number("0.00")),
        sample("12345.678", decimal(10, 3), number("12345.678")),
        sample("-12345.678", decimal(10, 3), number("-12345.678")),
        sample("100000000", decimal(38, 12), number("100000000.000000000000")),
        sample("0.000000000001", decimal(38, 12), number("0.000000000001")),
        sample("repeat('9', 38)::numeric", decimal(38, 0), number("9".repeat(38))),
        sample("-repeat('9', 38)::numeric", decimal(38, 0), number("-" + "9".repeat(38))),
        sample(
            "('0.' || repeat('9', 38))::numeric", decimal(38, 38), number("0." + "9".repeat(38))),
        sample("2.5", decimal(3, 0), number("3")),
        sample("-2.5", decimal(3, 0), number("-3")),
        sample("2.4999999999", decimal(3, 0), number("2")),
        sample("0.5", decimal(3, 0), number("1")),
        sample("0.00005", decimal(9, 4), number("0.0001")),
        sample("1e-30", decimal(9, 4), number("0.0000")),
        sample(
            "123456789012345678901234.56785",
            decimal(38, 4),
            number("123456789012345678901234.5679")),
        sample("1e20", decimal(38, 5), number("100000000000000000000.00000")),
        sample("sum(n) FROM generate_series(1, 3) AS n", decimal(38, 0), number("6")),
        sample("7::bigint", decimal(20, 2), number("7.00")),
        sample("NULL::numeric", decimal(20, 2), null),
        sample("''", SqlType.VARCHAR, ""),
        sample("'Žofia 山 🎉'", SqlType.VARCHAR, "Žofia 山 🎉"),
        sample("repeat('x', 100000)", SqlType.VARCHAR, "x".repeat(100_000)),
        sample("NULL::text", SqlType.VARCHAR, null),
        sample("'ab'::varchar(10)", SqlType.VARCHAR, "ab"),
        sample("'ab'::char(5)", SqlType.character(5), "ab"),
        sample("'\\x00ff10'::bytea", SqlType.VARBINARY, ByteBuffer.wrap(new byte[] {0, -1, 16})),
        sample("''::bytea", SqlType.VARBINARY, ByteBuffer.wrap(new byte[0])),
        sample("'0001-01-01'::date", SqlType.DATE, LocalDate.of(1, 1, 1)),
        sample("'4713-01-01 BC'::date", SqlType.DATE, LocalDate.of(-4712, 1, 1)),
        sample("'9999-12-31'::date", SqlType.DATE, LocalDate.of(9999, 12, 31)),
        sample("'00:00:00'::time", SqlType.TIME, LocalTime.MIDNIGHT),
        sample("'23:59:59.999999'::time", SqlType.TIME, LocalTime.of(23, 59, 59, 999_999_000)),
        sample(
            "'1969-12-31 23:59:59.999999'::timestamp",
            SqlType.TIMESTAMP,
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000)),
        sample(
            "'2024-02-29 12:34:56.000001'::timestamp",
            SqlType.TIMESTAMP,
            LocalDateTime.of(2024, 2, 29, 12, 34, 56, 1_000)),
        sample(
            "'2024-02-29 12:34:56.5+05:30'::timestamptz",
            SqlType.TIMESTAMP_TZ,
            Instant.parse("2024-02-29T07:04:56.5Z")),
        sample("'1 year 2 mons'::interval", SqlType.INTERVAL_YEAR_MONTH, Period.of(1, 2, 0)),
        sample(
            "'-3 days 00:00:00.000001'::interval",
            SqlType.INTERVAL_DAY_TIME,
            Duration.ofDays(-3).plusNanos(1_000)),
        sample("'1 mon 2 days 03:04:05'::interval", SqlType.VARCHAR, "P1M2DT3H4M5S"),
        sample(
            "'00112233-4455-6677-8899-aabbccddeeff'::uuid",
            SqlType.UUID,
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
        sample(
            "'{\"b\": [1, null], \"a\":\"ü\"}'::json",
            SqlType.JSON,
            "{\"b\": [1, null], \"a\":\"ü\"}"),
        sample("'{\"a\":1}'::jsonb", SqlType.JSON, "{\"a\": 1}"),
        sample("'glücklich'::mood", SqlType.VARCHAR, "glücklich"),
        sample("'10.0.0.1/8'::inet", SqlType.VARCHAR, "10.0.0.1/8"),
        sample("'[1,5)'::int4range", SqlType.VARCHAR, "[1,5)"),
        sample("B'101'", SqlType.VARCHAR, "101"),
        sample("'12.50'::money::numeric", decimal(10, 2), number("12.50")),
        sample("'{[1,3),[5,7)}'::int4multirange", SqlType.VARCHAR, "{[1,3),[5,7)}"),
        sample("'[2024-01-01,2024-02-01)'::daterange", SqlType.VARCHAR, "[2024-01-01,2024-02-01)"),
        sample("'a fat cat'::tsvector", SqlType.VARCHAR, "'a' 'cat' 'fat'"),
        sample("'(1,2)'::point", SqlType.VARCHAR, "(1,2)"),
        sample("'08:00:2b:01:02:03'::macaddr", SqlType.VARCHAR, "08:00:2b:01:02:03"),
        sample("ARRAY[2, 3]::several", SqlType.array(SqlType.INTEGER), List.of(2, 3)),
        sample(
            "ROW(1, ARRAY[2, 3], ROW(4, 'x y')::pair)::holder",
            SqlType.VARCHAR,
            "(1,\"{2,3}\",\"(4,\"\"x y\"\")\")"),
        sample("ARRAY[[1, 2], [3, 4]]::text", SqlType.VARCHAR, "{{1,2},{3,4}}"),
        sample("'<a/>'::xml", SqlType.VARCHAR, "<a/>"),
        sample("'12:00+02'::timetz", SqlType.VARCHAR, "12:00:00+02"),
        sample("1.5::positive", decimal(6, 2), number("1.50")),
        sample("ARRAY[1, NULL, 3]", SqlType.array(SqlType.INTEGER), Arrays.asList(1, null, 3)),
        sample("'{}'::bigint[]", SqlType.array(SqlType.BIGINT), List.of()),
        sample("NULL::bigint[]", SqlType.array(SqlType.BIGINT), null),
        sample(
            "ARRAY['sad', 'glücklich']::mood[]",
            SqlType.array(SqlType.VARCHAR),
            List.of("sad", "glücklich")),
        sample(
            "ARRAY[1.25, 2]::numeric[]",
            SqlType.array(decimal(5, 2)),
            List.of(number("1.25"), number("2.00"))),
        sample("ROW(1, 'x')::pair", PAIR, Arrays.asList(1, "x")),
        sample("ROW(NULL, NULL)::pair", PAIR, Arrays.asList(null, null)),
        sample("NULL::pair", PAIR, null));
  }
}

package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each type of docs/semantics.md from the source's column to the client's batches: streamed from
 * PostgreSQL, staged into the engine on the way, and out of a DuckDB file.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypesTest {
  @TempDir static Path directory;

  private Federation federation;
  private int queries;

  /**
   * A column: what the source calls its type, values as the source writes them, and what they are.
   */
  record Column(String sourceType, SqlType type, List<String> written, List<Object> values) {
    Column(String sourceType, SqlType type, String written, Object value) {
      this(sourceType, type, List.of(written), List.of(value));
    }

    @Override
    public String toString() {
      return sourceType;
    }
  }

  static List<Column> common() {
    UUID uuid = UUID.fromString("ffffffff-ffff-ffff-8000-000000000001");
    return List.of(
        new Column("boolean", SqlType.BOOLEAN, List.of("true", "false"), List.of(true, false)),
        new Column(
            "smallint",
            SqlType.SMALLINT,
            List.of("-32768", "32767"),
            List.of((short) -32768, (short) 32767)),
        new Column(
            "integer",
            SqlType.INTEGER,
            List.of("-2147483648", "2147483647"),
            List.of(Integer.MIN_VALUE, Integer.MAX_VALUE)),
        new Column(
            "bigint",
            SqlType.BIGINT,
            List.of("-9223372036854775808", "9223372036854775807"),
            List.of(Long.MIN_VALUE, Long.MAX_VALUE)),
        new Column(
            "real",
            SqlType.REAL,
            List.of("1.5", "'NaN'", "'-Infinity'", "3.4028235e38"),
            List.of(1.5f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE)),
        new Column(
            "double precision",
            SqlType.DOUBLE,
            List.of("0.1", "'NaN'", "'Infinity'", "1.7976931348623157e308", "5e-324"),
            List.of(0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE)),
        new Column(
            "numeric(4,1)",
            SqlType.decimal(4, 1),
            List.of("-999.9", "0.1", "0"),
            List.of(new BigDecimal("-999.9"), new BigDecimal("0.1"), new BigDecimal("0.0"))),
        new Column(
            "numeric(18,6)",
            SqlType.decimal(18, 6),
            "'123456789012.000001'",
            new BigDecimal("123456789012.000001")),
        new Column(
            "numeric(38,10)",
            SqlType.decimal(38, 10),
            List.of("'9999999999999999999999999999.9999999999'", "'-0.0000000001'"),
            List.of(
                new BigDecimal("9999999999999999999999999999.9999999999"),
                new BigDecimal("-0.0000000001"))),
        new Column(
            "numeric(38,38)",
            SqlType.decimal(38, 38),
            "'0.99999999999999999999999999999999999999'",
            new BigDecimal("0.99999999999999999999999999999999999999")),
        new Column(
            "text",
            SqlType.VARCHAR,
            List.of("''", "' a '", "'東京 🦆'", "'line\nfeed'", "'" + "x".repeat(5000) + "'"),
            List.of("", " a ", "東京 🦆", "line\nfeed", "x".repeat(5000))),
        new Column("varchar(3)", SqlType.VARCHAR, "'äöü'", "äöü"),
        new Column(
            "bytea",
            SqlType.VARBINARY,
            List.of("''", "'\\x00ff'"),
            List.of(ByteBuffer.wrap(new byte[0]), ByteBuffer.wrap(new byte[] {0, (byte) 0xff}))),
        new Column(
            "date",
            SqlType.DATE,
            List.of("'0001-01-01'", "'1582-10-10'", "'9999-12-31'", "'1900-02-28'"),
            List.of(
                LocalDate.of(1, 1, 1),
                LocalDate.of(1582, 10, 10),
                LocalDate.of(9999, 12, 31),
                LocalDate.of(1900, 2, 28))),
        new Column(
            "time",
            SqlType.TIME,
            List.of("'00:00:00'", "'23:59:59.999999'"),
            List.of(LocalTime.MIN, LocalTime.of(23, 59, 59, 999_999_000))),
        new Column(
            "timestamp",
            SqlType.TIMESTAMP,
            List.of(
                "'0001-01-01 00:00:00'",
                "'1969-12-31 23:59:59.999999'",
                "'9999-12-31 23:59:59.999999'"),
            List.of(
                LocalDateTime.of(1, 1, 1, 0, 0),
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000))),
        new Column(
            "timestamptz",
            SqlType.TIMESTAMP_TZ,
            List.of("'2024-03-31 02:30:00.000001+02'", "'1969-12-31 23:59:59.999999+00'"),
            List.of(
                Instant.parse("2024-03-31T00:30:00.000001Z"),
                Instant.parse("1969-12-31T23:59:59.999999Z"))),
        new Column(
            "uuid",
            SqlType.UUID,
            List.of("'00000000-0000-0000-0000-000000000000'", "'" + uuid + "'"),
            List.of(new UUID(0, 0), uuid)),
        new Column(
            "json",
            SqlType.JSON,
            List.of("'{\"a\": [1, null]}'", "'\"東\"'"),
            List.of("{\"a\": [1, null]}", "\"東\"")),
        new Column(
            "integer[]",
            SqlType.array(SqlType.INTEGER),
            List.of("'{}'", "ARRAY[1, NULL, 3]"),
            List.of(List.of(), Arrays.asList(1, null, 3))));
  }

  static List<Column> ofPostgres() {
    List<Column> columns = new ArrayList<>(common());
    columns.addAll(
        List.of(
            new Column(
                "char(3)",
                SqlType.character(3),
                List.of("'a'", "'äöü'", "''"),
                List.of("a", "äöü", "")),
            new Column(
                "numeric",
                SqlType.decimal(38, 12),
                List.of("1.5", "0.0000000000005", "-0.0000000000005"),
                List.of(
                    new BigDecimal("1.500000000000"),
                    new BigDecimal("0.000000000001"),
                    new BigDecimal("-0.000000000001"))),
            new Column("jsonb", SqlType.JSON, "'{\"a\":1}'", "{\"a\": 1}"),
            new Column(
                "interval",
                SqlType.VARCHAR,
                List.of("'1 mon 2 days 03:04:05.000006'", "'0'", "'-1 year'"),
                List.of("P1M2DT3H4M5.000006S", "PT0S", "P-1Y")),
            new Column(
                "interval year to month",
                SqlType.INTERVAL_YEAR_MONTH,
                List.of("'1 year 2 mons'", "'-1 mon'"),
                List.of(Period.of(1, 2, 0), Period.ofMonths(-1))),
            new Column(
                "interval day to second",
                SqlType.INTERVAL_DAY_TIME,
                List.of("'1 day 00:00:00.000001'", "'-1 second'"),
                List.of(Duration.ofDays(1).plusNanos(1000), Duration.ofSeconds(-1))),
            new Column(
                "text[]",
                SqlType.array(SqlType.VARCHAR),
                "ARRAY['a', NULL, 'b,c']",
                Arrays.asList("a", null, "b,c")),
            new Column(
                "uuid[]",
                SqlType.array(SqlType.UUID),
                "ARRAY['00000000-0000-0000-0000-000000000001'::uuid]",
                List.of(new UUID(0, 1))),
            new Column("inet", SqlType.VARCHAR, "'10.0.0.1/8'", "10.0.0.1/8"),
            new Column("int4range", SqlType.VARCHAR, "'[1,5)'", "[1,5)"),
            new Column("money_kind", SqlType.VARCHAR, "'b'", "b")));
    return columns;
  }

  static List<Column> ofDuckDb() {
    List<Column> columns = new ArrayList<>(common());
    columns.replaceAll(
        column ->
            column.sourceType().equals("bytea")
                ? new Column(
                    "BLOB", SqlType.VARBINARY, List.of("''", "'\\x00\\xFF'"), column.values())
                : column);
    columns.replaceAll(
        column ->
            column.sourceType().equals("integer[]")
                ? new Column(
                    "INTEGER[]", column.type(), List.of("[]", "[1, NULL, 3]"), column.values())
                : column);
    columns.addAll(
        List.of(
            new Column(
                "TINYINT",
                SqlType.TINYINT,
                List.of("-128", "127"),
                List.of((byte) -128, (byte) 127)),
            new Column("UTINYINT", SqlType.SMALLINT, "255", (short) 255),
            new Column("USMALLINT", SqlType.INTEGER, "65535", 65535),
            new Column("UINTEGER", SqlType.BIGINT, "4294967295", 4294967295L),
            new Column(
                "UBIGINT",
                SqlType.decimal(20, 0),
                "18446744073709551615",
                new BigDecimal("18446744073709551615")),
            new Column(
                "HUGEINT",
                SqlType.decimal(38, 0),
                "'99999999999999999999999999999999999999'",
                new BigDecimal("99999999999999999999999999999999999999")),
            new Column(
                "TIMESTAMP_S",
                SqlType.TIMESTAMP,
                "'2024-01-01 00:00:01'",
                LocalDateTime.of(2024, 1, 1, 0, 0, 1)),
            new Column(
                "TIMESTAMP_MS",
                SqlType.TIMESTAMP,
                "'2024-01-01 00:00:01.123'",
                LocalDateTime.of(2024, 1, 1, 0, 0, 1, 123_000_000)),
            new Column(
                "TIMESTAMP_NS",
                SqlType.TIMESTAMP,
                "'2024-01-01 00:00:01.123456789'",
                LocalDateTime.of(2024, 1, 1, 0, 0, 1, 123_456_000)),
            new Column(
                "INTERVAL",
                SqlType.VARCHAR,
                "'1 month 2 days 03:04:05.000006'",
                "P1M2DT3H4M5.000006S"),
            new Column("ENUM('a', 'b')", SqlType.VARCHAR, "'b'", "b"),
            new Column("INTEGER[2]", SqlType.array(SqlType.INTEGER), "[1, 2]", List.of(1, 2)),
            new Column(
                "STRUCT(a INTEGER, b VARCHAR)",
                SqlType.row(
                    List.of(
                        new SqlType.Field("a", SqlType.INTEGER, true),
                        new SqlType.Field("b", SqlType.VARCHAR, true))),
                "{'a': 1, 'b': 'x'}",
                List.of(1, "x")),
            new Column(
                "MAP(VARCHAR, INTEGER)",
                SqlType.map(SqlType.VARCHAR, SqlType.INTEGER),
                "MAP {'k': 1}",
                Map.of("k", 1))));
    return columns;
  }

  @BeforeAll
  void createTables() throws SQLException {
    PostgresServer.Database postgres = PostgresServer.database("types_of_postgres");
    postgres.execute("CREATE TYPE money_kind AS ENUM ('a', 'b')");
    tables(ofPostgres()).forEach(postgres::execute);
    postgres.execute(
        "CREATE TABLE wide (id integer, n numeric); INSERT INTO wide VALUES (1, 'NaN'), (2, 1e30)");
    postgres.execute("CREATE TABLE forever (d date); INSERT INTO forever VALUES ('infinity')");
    Path file = directory.resolve("types.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : tables(ofDuckDb()).toList()) {
        statement.execute(sql);
      }
    }
    federation =
        Federation.of(
            List.of(
                SourceConfig.ofUrl("pg", "postgres", postgres.url(), postgres.user()),
                SourceConfig.ofPath("duck", "duckdb", file.toString())));
  }

  /** One table for each column, with a row for each value and one that is NULL. */
  private static Stream<String> tables(List<Column> columns) {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      var sql =
          new StringBuilder("CREATE TABLE t" + i + " (id integer, v " + column.sourceType() + ");");
      sql.append("INSERT INTO t" + i + " VALUES (0, NULL)");
      for (int j = 0; j < column.written().size(); j++) {
        sql.append(", (" + (j + 1) + ", " + column.written().get(j) + ")");
      }
      statements.add(sql.toString());
    }
    return statements.stream();
  }

  @AfterAll
  void close() {
    federation.close();
  }

  private void check(Column column, String table, boolean pushdown) {
    Session session = federation.session().withSetting("pushdown", pushdown ? "on" : "off");
    // The engine has to do something, or there is no need to stage.
    String sql = "SELECT v FROM " + table + (pushdown ? "" : " WHERE id >= 0") + " ORDER BY id";
    PlannedStatement statement = federation.planner().plan(session, sql);
    assertThat(statement.columns().get(0).type()).isEqualTo(column.type());
    List<List<@Nullable Object>> expected = new ArrayList<>();
    expected.add(row((Object) null));
    column.values().forEach(value -> expected.add(row(value)));
    try (Execution execution =
        statement.start(
            List.of(), new ExecutionOptions("ty" + ++queries, Duration.ofSeconds(30), 0))) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      Rows.batches(execution.reader()).forEach(rows::addAll);
      assertThat(rows).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("ofPostgres")
  void streamsFromPostgres(Column column) {
    check(column, "pg.public.t" + ofPostgres().indexOf(column), true);
  }

  @ParameterizedTest
  @MethodSource("ofPostgres")
  void survivesStaging(Column column) {
    check(column, "pg.public.t" + ofPostgres().indexOf(column), false);
  }

  @ParameterizedTest
  @MethodSource("ofDuckDb")
  void readsFromDuckDb(Column column) {
    check(column, "duck.main.t" + ofDuckDb().indexOf(column), true);
  }

  @Test
  void refusesWhatHasNoFormHere() {
    for (String sql :
        List.of(
            "SELECT n FROM pg.public.wide WHERE id = 1",
            "SELECT n FROM pg.public.wide WHERE id = 2")) {
      assertThat(error(sql)).isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE);
    }
    assertThat(error("SELECT d FROM pg.public.forever")).isEqualTo(ErrorCode.DATETIME_OUT_OF_RANGE);
  }

  private ErrorCode error(String sql) {
    try {
      federation.query(sql);
    } catch (KurobeException e) {
      return e.code();
    }
    throw new AssertionError("no error for " + sql);
  }
}

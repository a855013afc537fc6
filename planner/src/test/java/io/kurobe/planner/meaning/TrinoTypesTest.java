package io.kurobe.planner.meaning;

import static io.kurobe.planner.testing.Placements.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.meaning.TypesTest.Column;
import io.kurobe.planner.testing.Federation;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trino's column of docs/semantics.md: each type streamed from it, and staged on the way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrinoTypesTest {
  private static final String SCHEMA = "memory.types_of_trino";

  private Federation federation;
  private int queries;

  /** A column of values that Trino casts from text. */
  private static Column cast(
      String sourceType, SqlType type, List<String> texts, List<Object> values) {
    List<String> written =
        texts.stream().map(text -> "CAST('" + text + "' AS " + sourceType + ")").toList();
    return new Column(sourceType, type, written, values);
  }

  static List<Column> columns() {
    UUID uuid = UUID.fromString("ffffffff-ffff-ffff-8000-000000000001");
    return List.of(
        cast("boolean", SqlType.BOOLEAN, List.of("true", "false"), List.of(true, false)),
        cast(
            "tinyint",
            SqlType.TINYINT,
            List.of("-128", "127"),
            List.of(Byte.MIN_VALUE, Byte.MAX_VALUE)),
        cast(
            "smallint",
            SqlType.SMALLINT,
            List.of("-32768", "32767"),
            List.of(Short.MIN_VALUE, Short.MAX_VALUE)),
        cast(
            "integer",
            SqlType.INTEGER,
            List.of("-2147483648", "2147483647"),
            List.of(Integer.MIN_VALUE, Integer.MAX_VALUE)),
        cast(
            "bigint",
            SqlType.BIGINT,
            List.of("-9223372036854775808", "9223372036854775807"),
            List.of(Long.MIN_VALUE, Long.MAX_VALUE)),
        cast(
            "real",
            SqlType.REAL,
            List.of("1.5", "NaN", "-Infinity", "3.4028235e38"),
            List.of(1.5f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE)),
        cast(
            "double",
            SqlType.DOUBLE,
            List.of("0.1", "NaN", "Infinity", "1.7976931348623157e308", "4.9e-324"),
            List.of(0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE)),
        cast(
            "decimal(4,1)",
            SqlType.decimal(4, 1),
            List.of("-999.9", "0.1", "0"),
            List.of(new BigDecimal("-999.9"), new BigDecimal("0.1"), new BigDecimal("0.0"))),
        cast(
            "decimal(38,10)",
            SqlType.decimal(38, 10),
            List.of("9999999999999999999999999999.9999999999", "-0.0000000001"),
            List.of(
                new BigDecimal("9999999999999999999999999999.9999999999"),
                new BigDecimal("-0.0000000001"))),
        cast(
            "decimal(38,38)",
            SqlType.decimal(38, 38),
            List.of("0.99999999999999999999999999999999999999"),
            List.of(new BigDecimal("0.99999999999999999999999999999999999999"))),
        cast(
            "varchar",
            SqlType.VARCHAR,
            List.of("", " a ", "東京 🦆", "line\nfeed", "x".repeat(5000)),
            List.of("", " a ", "東京 🦆", "line\nfeed", "x".repeat(5000))),
        cast("varchar(3)", SqlType.VARCHAR, List.of("äöü"), List.of("äöü")),
        cast("char(3)", SqlType.character(3), List.of("a", "äöü", ""), List.of("a", "äöü", "")),
        new Column(
            "varbinary",
            SqlType.VARBINARY,
            List.of("X''", "X'00FF'"),
            List.of(ByteBuffer.wrap(new byte[0]), ByteBuffer.wrap(new byte[] {0, (byte) 0xff}))),
        cast(
            "date",
            SqlType.DATE,
            List.of("0001-01-01", "1582-10-10", "9999-12-31", "1900-02-28"),
            List.of(
                LocalDate.of(1, 1, 1),
                LocalDate.of(1582, 10, 10),
                LocalDate.of(9999, 12, 31),
                LocalDate.of(1900, 2, 28))),
        cast(
            "time(6)",
            SqlType.TIME,
            List.of("00:00:00", "23:59:59.999999"),
            List.of(LocalTime.MIN, LocalTime.of(23, 59, 59, 999_999_000))),
        cast(
            "timestamp(6)",
            SqlType.TIMESTAMP,
            List.of(
                "0001-01-01 00:00:00", "1969-12-31 23:59:59.999999", "9999-12-31 23:59:59.999999"),
            List.of(
                LocalDateTime.of(1, 1, 1, 0, 0),
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000))),
        cast(
            "timestamp(9)",
            SqlType.TIMESTAMP,
            List.of("2024-01-01 00:00:01.123456789", "0001-01-01 00:00:00.000000999"),
            List.of(
                LocalDateTime.of(2024, 1, 1, 0, 0, 1, 123_456_000),
                LocalDateTime.of(1, 1, 1, 0, 0))),
        cast(
            "timestamp(6) with time zone",
            SqlType.TIMESTAMP_TZ,
            List.of(
                "2024-03-31 02:30:00.000001 +02:00",
                "1969-12-31 23:59:59.999999 UTC",
                "0001-01-01 00:00:00 UTC",
                "9999-12-31 23:59:59.999999 UTC"),
            List.of(
                Instant.parse("2024-03-31T00:30:00.000001Z"),
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59.999999Z"))),
        new Column(
            "interval year to month",
            SqlType.INTERVAL_YEAR_MONTH,
            List.of("INTERVAL '1-2' YEAR TO MONTH", "INTERVAL -'1' MONTH"),
            List.of(Period.of(1, 2, 0), Period.ofMonths(-1))),
        new Column(
            "interval day to second",
            SqlType.INTERVAL_DAY_TIME,
            List.of("INTERVAL '1 00:00:00.001' DAY TO SECOND", "INTERVAL -'1' SECOND"),
            List.of(Duration.ofDays(1).plusMillis(1), Duration.ofSeconds(-1))),
        cast(
            "uuid",
            SqlType.UUID,
            List.of("00000000-0000-0000-0000-000000000000", uuid.toString()),
            List.of(new UUID(0, 0), uuid)),
        new Column(
            "json",
            SqlType.JSON,
            List.of("JSON '{\"a\": [1, null]}'", "JSON '\"東\"'"),
            List.of("{\"a\":[1,null]}", "\"東\"")),
        new Column(
            "array(integer)",
            SqlType.array(SqlType.INTEGER),
            List.of("CAST(ARRAY[] AS array(integer))", "ARRAY[1, NULL, 3]"),
            List.of(List.of(), Arrays.asList(1, null, 3))),
        new Column(
            "row(a integer, b varchar)",
            SqlType.row(
                List.of(
                    new SqlType.Field("a", SqlType.INTEGER, true),
                    new SqlType.Field("b", SqlType.VARCHAR, true))),
            "CAST(ROW(1, 'x') AS row(a integer, b varchar))",
            List.of(1, "x")),
        new Column(
            "map(varchar, integer)",
            SqlType.map(SqlType.VARCHAR, SqlType.INTEGER),
            "CAST(MAP(ARRAY['k'], ARRAY[1]) AS map(varchar, integer))",
            Map.of("k", 1)));
  }

  @BeforeAll
  void createTables() throws SQLException {
    String url = TrinoServer.url("memory/default");
    try (Connection connection = DriverManager.getConnection(url, "tester", null);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + SCHEMA);
      for (String sql : tables().toList()) {
        statement.execute(sql);
      }
    }
    federation = Federation.of(List.of(SourceConfig.ofUrl("lake", "trino", url, "tester")));
  }

  /** One table for each column, with a row for each value and one that is NULL. */
  private static Stream<String> tables() {
    List<String> statements = new ArrayList<>();
    for (Column column : columns()) {
      String name = SCHEMA + ".t" + statements.size();
      var select =
          new StringBuilder("SELECT 0 AS id, CAST(NULL AS " + column.sourceType() + ") AS v");
      for (int i = 0; i < column.written().size(); i++) {
        select.append(" UNION ALL SELECT " + (i + 1) + ", " + column.written().get(i));
      }
      statements.add("CREATE TABLE " + name + " AS " + select);
    }
    return statements.stream();
  }

  @AfterAll
  void close() {
    federation.close();
  }

  private void check(Column column, boolean pushdown) {
    String table = "lake.types_of_trino.t" + columns().indexOf(column);
    // The engine has to do something, or there is no need to stage.
    String sql = "SELECT v FROM " + table + (pushdown ? "" : " WHERE id >= 0") + " ORDER BY id";
    PlannedStatement statement =
        federation
            .planner()
            .plan(federation.session().withSetting("pushdown", pushdown ? "on" : "off"), sql);
    assertThat(statement.columns().get(0).type()).isEqualTo(column.type());
    List<List<@Nullable Object>> expected = new ArrayList<>();
    expected.add(row((Object) null));
    column.values().forEach(value -> expected.add(row(value)));
    try (Execution execution =
        statement.start(
            List.of(), new ExecutionOptions("tt" + ++queries, Duration.ofSeconds(60), 0))) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      Rows.batches(execution.reader()).forEach(rows::addAll);
      assertThat(rows).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("columns")
  void streamsFromTrino(Column column) {
    check(column, true);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void survivesStagingFromTrino(Column column) {
    check(column, false);
  }

  @Test
  void coversEachTypeOfTheTable() {
    assertThat(columns().stream().map(column -> column.type().kind()))
        .containsAll(
            Stream.of(SqlType.Kind.values()).filter(kind -> kind != SqlType.Kind.NULL).toList());
  }
}

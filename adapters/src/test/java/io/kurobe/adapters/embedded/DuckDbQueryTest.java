package io.kurobe.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DuckDbQueryTest {
  private final BufferAllocator allocator = new RootAllocator();
  private final DuckDbInstance duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
  private DuckDBConnection connection;

  @BeforeEach
  void connect() {
    connection = duckDb.connect();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    duckDb.close();
    allocator.close(); // fails if a buffer leaked
  }

  private static List<SqlType.Field> columns(SqlType... types) {
    var columns = new ArrayList<SqlType.Field>();
    for (SqlType type : types) {
      columns.add(new SqlType.Field("f" + columns.size(), type, true));
    }
    return columns;
  }

  /** The first column's values in Arrow's text form, having checked the schema. */
  private List<String> values(String sql, SqlType type) throws IOException {
    var values = new ArrayList<String>();
    List<SqlType.Field> columns = columns(type);
    try (BatchStream stream = DuckDbQuery.run(connection, sql, columns, allocator, 1000)) {
      ArrowReader reader = stream.reader();
      assertThat(reader.getVectorSchemaRoot().getSchema()).isEqualTo(ArrowTypes.schema(columns));
      while (reader.loadNextBatch()) {
        var vector = reader.getVectorSchemaRoot().getVector(0);
        for (int i = 0; i < reader.getVectorSchemaRoot().getRowCount(); i++) {
          values.add(
              vector instanceof FixedSizeBinaryVector binary && !binary.isNull(i)
                  ? java.util.HexFormat.of().formatHex(binary.get(i))
                  : String.valueOf(vector.getObject(i)));
        }
      }
      assertThat(reader.loadNextBatch()).isFalse();
    }
    return values;
  }

  private String value(String expression, SqlType type) throws IOException {
    String table = "SELECT v FROM (VALUES (" + expression + "), (NULL)) t(v)";
    List<String> values = values(table, type);
    assertThat(values).hasSize(2);
    assertThat(values.get(1)).isEqualTo("null");
    return values.get(0);
  }

  @Test
  void infiniteTimesAreErrorsThatNameTheirColumn() throws IOException {
    for (SqlType type : List.of(SqlType.DATE, SqlType.TIMESTAMP, SqlType.TIMESTAMP_TZ)) {
      for (String value : List.of("infinity", "-infinity")) {
        String sql =
            "SELECT CAST('" + value + "' AS " + DuckDbTypes.name(type) + ") AS f0 FROM range(3)";
        assertThatThrownBy(() -> values(sql, type))
            .isInstanceOfSatisfying(
                KurobeException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.DATETIME_OUT_OF_RANGE))
            .hasMessageContaining("column \"f0\"")
            .hasMessageContaining("holds no infinity");
      }
    }
    assertThat(values("SELECT CAST('infinity' AS DATE)::VARCHAR AS f0", SqlType.VARCHAR))
        .containsExactly("infinity");
  }

  @Test
  void exportsEachTypeInItsArrowForm() throws IOException {
    assertThat(value("true", SqlType.BOOLEAN)).isEqualTo("true");
    assertThat(value("-1::TINYINT", SqlType.TINYINT)).isEqualTo("-1");
    assertThat(value("-1::SMALLINT", SqlType.SMALLINT)).isEqualTo("-1");
    assertThat(value("-1", SqlType.INTEGER)).isEqualTo("-1");
    assertThat(value("-1::BIGINT", SqlType.BIGINT)).isEqualTo("-1");
    assertThat(value("1.5::FLOAT", SqlType.REAL)).isEqualTo("1.5");
    assertThat(value("'nan'::DOUBLE", SqlType.DOUBLE)).isEqualTo("NaN");
    assertThat(value("-1.5::DECIMAL(4,2)", SqlType.decimal(4, 2))).isEqualTo("-1.50");
    assertThat(value("'ä'", SqlType.VARCHAR)).isEqualTo("ä");
    assertThat(value("DATE '0001-01-01'", SqlType.DATE)).isEqualTo("-719162");
    assertThat(value("TIME '23:59:59.999999'", SqlType.TIME)).isEqualTo("86399999999");
    assertThat(value("TIMESTAMP '2020-01-01 00:00:00.123456'", SqlType.TIMESTAMP))
        .isEqualTo("2020-01-01T00:00:00.123456");
    assertThat(value("TIMESTAMPTZ '1970-01-01 00:00:00.000001+00'", SqlType.TIMESTAMP_TZ))
        .isEqualTo("1");
    assertThat(value("'{\"a\": 1}'::JSON", SqlType.JSON)).isEqualTo("{\"a\": 1}");
    assertThat(value("[1, NULL]", SqlType.array(SqlType.INTEGER))).isEqualTo("[1,null]");
    assertThat(value("MAP {'k': 1}", SqlType.map(SqlType.VARCHAR, SqlType.INTEGER)))
        .isEqualTo("[{\"key\":\"k\",\"value\":1}]");
    SqlType row =
        SqlType.row(
            List.of(
                new SqlType.Field("a b", SqlType.INTEGER, true),
                new SqlType.Field("select", SqlType.VARCHAR, true)));
    assertThat(value("{'a b': 1, 'select': 'x'}", row)).isEqualTo("{\"a b\":1,\"select\":\"x\"}");
  }

  @Test
  void castsWhatDuckDbNamesOtherwise() throws IOException {
    assertThat(value("250::UTINYINT", SqlType.SMALLINT)).isEqualTo("250");
    assertThat(value("18446744073709551615::UBIGINT", SqlType.decimal(20, 0)))
        .isEqualTo("18446744073709551615");
    assertThat(value("12::HUGEINT", SqlType.decimal(38, 0))).isEqualTo("12");
    assertThat(value("'b'::ENUM('a', 'b')", SqlType.VARCHAR)).isEqualTo("b");
    assertThat(value("'101'::BIT", SqlType.VARCHAR)).isEqualTo("101");
    assertThat(value("'2020-01-01 00:00:00.123456789'::TIMESTAMP_NS", SqlType.TIMESTAMP))
        .isEqualTo("2020-01-01T00:00:00.123456");
    assertThat(value("'1969-12-31 23:59:59.999999999'::TIMESTAMP_NS", SqlType.TIMESTAMP))
        .isEqualTo("1969-12-31T23:59:59.999999");
    assertThat(value("'2020-01-01'::TIMESTAMP_S", SqlType.TIMESTAMP)).isEqualTo("2020-01-01T00:00");
    assertThat(value("array_value(1, 2)", SqlType.array(SqlType.INTEGER))).isEqualTo("[1,2]");
    assertThat(value("2.5::DOUBLE", SqlType.INTEGER)).isEqualTo("2");
    assertThat(value("1", SqlType.decimal(12, 2))).isEqualTo("1.00");
    assertThat(values("SELECT NULL", SqlType.VARCHAR)).containsExactly("null");
    assertThat(values("SELECT 1", SqlType.NULL)).containsExactly("null");
  }

  @Test
  void widerIntegersThanDecimalsAreErrorsThatNameColumnAndValue() throws IOException {
    String most = "9".repeat(38);
    SqlType decimal = SqlType.decimal(38, 0);
    assertThat(value("'" + most + "'::HUGEINT", decimal)).isEqualTo(most);
    assertThat(value("'-" + most + "'::HUGEINT", decimal)).isEqualTo("-" + most);
    assertThat(value("'" + most + "'::UHUGEINT", decimal)).isEqualTo(most);
    assertThat(value("NULL::HUGEINT", decimal)).isEqualTo("null");
    for (String wide : List.of("1" + "0".repeat(38), "-1" + "0".repeat(38))) {
      for (String type :
          wide.startsWith("-") ? List.of("HUGEINT") : List.of("HUGEINT", "UHUGEINT")) {
        assertThatThrownBy(() -> value("'" + wide + "'::" + type, decimal))
            .isInstanceOfSatisfying(
                KurobeException.class,
                e -> {
                  assertThat(e.code()).isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE);
                  assertThat(e)
                      .hasMessage(
                          "column \"f0\": the value " + wide + " does not fit into " + decimal);
                });
      }
    }
  }

  @Test
  void rewritesUuidsAndIntervalsAtAnyDepth() throws IOException {
    String uuid = "'00112233-4455-6677-8899-aabbccddeeff'::UUID";
    assertThat(value(uuid, SqlType.UUID)).isEqualTo("00112233445566778899aabbccddeeff");
    assertThat(values("SELECT [NULL, " + uuid + "]", SqlType.array(SqlType.UUID)).get(0))
        .contains("null");
    assertThat(value("INTERVAL '1 year 2 months'", SqlType.INTERVAL_YEAR_MONTH)).isEqualTo("P14M");
    assertThat(value("INTERVAL '1 day 2 seconds'", SqlType.INTERVAL_DAY_TIME))
        .isEqualTo(Duration.ofDays(1).plusSeconds(2).toString());
    assertThat(value("INTERVAL '1 year 2 months 3 days 04:05:06.5'", SqlType.VARCHAR))
        .isEqualTo("P1Y2M3DT4H5M6.5S");
  }

  @Test
  void keepsTheOrderOfRowsThroughTheCast() throws IOException {
    List<String> values =
        values("SELECT i::HUGEINT FROM range(100000) t(i) ORDER BY i DESC", SqlType.decimal(38, 0));
    assertThat(values).hasSize(100_000).startsWith("99999", "99998").endsWith("1", "0");
  }

  @Test
  void boundsItsBatches() throws IOException {
    try (BatchStream stream =
        DuckDbQuery.run(
            connection, "SELECT * FROM range(10000)", columns(SqlType.BIGINT), allocator, 700)) {
      int rows = 0;
      while (stream.reader().loadNextBatch()) {
        int batch = stream.reader().getVectorSchemaRoot().getRowCount();
        assertThat(batch).isBetween(1, 700);
        rows += batch;
      }
      assertThat(rows).isEqualTo(10_000);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT 7 // 0                                         | DIVISION_BY_ZERO
          SELECT 7 % 0                                          | DIVISION_BY_ZERO
          SELECT 7.0 / 0                                        | DIVISION_BY_ZERO
          SELECT 7e0 / 0                                        | DIVISION_BY_ZERO
          SELECT 10 // (i - 500000) FROM range(1000000) t(i)    | DIVISION_BY_ZERO
          SELECT 'x'::INTEGER                                   | INVALID_TEXT_FORM
          SELECT 'x'::DATE                                      | INVALID_TEXT_FORM
          SELECT 2147483647 + 1::INTEGER                        | NUMERIC_OUT_OF_RANGE
          SELECT 300::TINYINT                                   | NUMERIC_OUT_OF_RANGE
          SELECT 12345.6::DECIMAL(4, 2)                         | NUMERIC_OUT_OF_RANGE
          SELECT sum(x) FROM (VALUES (9e37::DECIMAL(38, 0)), (9e37::DECIMAL(38, 0))) t(x) | NUMERIC_OUT_OF_RANGE
          SELECT TIMESTAMP '290000-01-01' + INTERVAL 100000 YEAR | DATETIME_OUT_OF_RANGE
          SELECT sqrt(-1)                                       | DATA
          SELECT (SELECT i FROM range(3) t(i))                  | MORE_THAN_ONE_ROW
          SELECT nothing                                        | INTERNAL
          """)
  void tellsItsErrors(String sql, ErrorCode code) {
    assertFails(code, () -> values(sql, SqlType.VARCHAR));
  }

  @Test
  void givesTheRowsBeforeAnError() throws IOException {
    String sql = "SELECT 10 // (i - 900000) FROM range(1000000) t(i)";
    try (BatchStream stream =
        DuckDbQuery.run(connection, sql, columns(SqlType.BIGINT), allocator, 1000)) {
      assertFails(
          ErrorCode.DIVISION_BY_ZERO,
          () -> {
            while (stream.reader().loadNextBatch()) {}
          });
      assertThat(stream.reader().loadNextBatch()).isFalse();
    }
    assertThat(values("SELECT 1", SqlType.INTEGER)).containsExactly("1");
  }

  @Test
  void tellsWhichLimitWasMet() throws Exception {
    var settings =
        new DuckDbInstance.Settings(
            java.util.Optional.of("40MB"),
            java.util.OptionalInt.of(2),
            java.util.Optional.of(java.nio.file.Path.of("")),
            java.util.Optional.empty());
    try (var small = DuckDbInstance.open(settings);
        var narrow = small.connect();
        BatchStream stream =
            DuckDbQuery.run(
                narrow,
                "SELECT repeat('x', 1000) || i FROM range(1000000) t(i) ORDER BY 1 DESC",
                columns(SqlType.VARCHAR),
                allocator,
                1000)) {
      assertThatThrownBy(() -> stream.reader().loadNextBatch())
          .isInstanceOfSatisfying(
              KurobeException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
                assertThat(e.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("memory"));
              });
    }
  }

  @Test
  void aCancelEndsAQueryThatHasGivenNothingYet() throws Exception {
    cancelsQuickly("SELECT count(*) FROM range(20000000000) t(x) WHERE x * x % 7 = 3", 0);
  }

  @Test
  void aCancelEndsAQueryBetweenItsRows() throws Exception {
    cancelsQuickly("SELECT x FROM range(20000000000) t(x) WHERE x < 5000000 OR hash(x) = 3", 2);
  }

  private void cancelsQuickly(String sql, int batchesBefore) throws Exception {
    try (BatchStream stream =
        DuckDbQuery.run(connection, sql, columns(SqlType.BIGINT), allocator, 1000)) {
      for (int i = 0; i < batchesBefore; i++) {
        assertThat(stream.reader().loadNextBatch()).isTrue();
      }
      var read =
          CompletableFuture.runAsync(
              () ->
                  assertFails(
                      ErrorCode.CANCELLED,
                      () -> {
                        while (stream.reader().loadNextBatch()) {}
                      }));
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(read).isNotDone();
      long before = System.nanoTime();
      stream.cancel();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
      read.get(20, TimeUnit.SECONDS);
    }
    assertThat(values("SELECT 1", SqlType.INTEGER)).containsExactly("1");
  }

  @Test
  void aCancelBeforeTheFirstBatchIsRemembered() {
    try (BatchStream stream =
        DuckDbQuery.run(connection, "SELECT 1", columns(SqlType.INTEGER), allocator, 1000)) {
      stream.cancel();
      assertFails(ErrorCode.CANCELLED, () -> stream.reader().loadNextBatch());
    }
  }

  @Test
  void closesBeforeTheEnd() throws IOException {
    try (BatchStream stream =
        DuckDbQuery.run(
            connection,
            "SELECT * FROM range(100000000)",
            columns(SqlType.BIGINT),
            allocator,
            1000)) {
      assertThat(stream.reader().loadNextBatch()).isTrue();
    }
    assertThat(values("SELECT 1", SqlType.INTEGER)).containsExactly("1");
  }

  @Test
  void aConnectionHasItsOwnZone() throws Exception {
    try (var tokyo = duckDb.connect(ZoneId.of("Asia/Tokyo"));
        var offset = duckDb.connect(ZoneOffset.ofHours(-5))) {
      assertThat(zonedText(tokyo)).isEqualTo("1970-01-01 09:00:00+09");
      assertThat(zonedText(offset)).isEqualTo("1969-12-31 19:00:00-05");
      assertThat(zonedText(connection)).isEqualTo("1970-01-01 00:00:00+00");
    }
  }

  private static String zonedText(DuckDBConnection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT CAST(to_timestamp(0) AS VARCHAR)")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void settingsCannotBeChangedAnyMore() {
    assertThatThrownBy(
            () -> {
              try (var statement = connection.createStatement()) {
                statement.execute("SET memory_limit = '1TB'");
              }
            })
        .hasMessageContaining("locked");
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> assertThat(e.code()).describedAs(e.getMessage()).isEqualTo(code));
  }
}

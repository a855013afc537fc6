package io.kurobe.server;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The type table for a DuckDB file. */
class DuckDbClientTypesTest extends ClientTypeTable {
  private static final BigDecimal HUGE = new BigDecimal("99999999999999999999999999999999999999");

  @BeforeAll
  void load(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("kinds.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE kinds (id INTEGER, flag BOOLEAN, t TINYINT, ut UTINYINT, us USMALLINT,
            ui UINTEGER, ub UBIGINT, huge HUGEINT, f FLOAT, d DOUBLE, nan DOUBLE, inf FLOAT,
            n DECIMAL(38, 10), v VARCHAR, b BLOB, day DATE, time TIME, ts TIMESTAMP,
            ts_s TIMESTAMP_S, ts_ms TIMESTAMP_MS, ts_ns TIMESTAMP_NS,
            fine TIMESTAMP_NS, tz TIMESTAMPTZ,
            span INTERVAL, u UUID, j JSON, m ENUM ('calm', 'wild'), a INTEGER[], fixed VARCHAR[2],
            nested INTEGER[][], place STRUCT(x INTEGER, y VARCHAR), props MAP(VARCHAR, INTEGER));
          SET TimeZone = 'UTC';
          INSERT INTO kinds VALUES (1, true, -128, 255, 65535, 4294967295, 18446744073709551615,
            99999999999999999999999999999999999999, -1.5, -1.7976931348623157e308, 'NaN', 'inf',
            -9999999999999999999999999999.9999999999, 'Žofia 山', '\\x00\\xFF'::BLOB, '1582-10-04',
            '23:59:59.999999', '1969-12-31 23:59:59.999999', '2024-02-29 12:00:00',
            '2024-02-29 12:00:00.123', '2024-02-29 12:00:00.123456',
            '1969-12-31 23:59:59.999999999', '0001-01-01 00:00:00+00',
            '1 year 2 days 3 seconds', '00112233-4455-6677-8899-aabbccddeeff', '{"k":1}', 'wild',
            [1, NULL, -3], ['a', 'ü'], [[1], NULL, []], {'x': 1, 'y': 'z'}, MAP {'k': 1});
          INSERT INTO kinds (id) VALUES (2);
          """);
    }
    start(directory, "{type: duckdb, path: kinds.duckdb}");
  }

  @Override
  Optional<String> cut() {
    return Optional.of("fine");
  }

  @Override
  List<Value> values() {
    String ubig = "18446744073709551615";
    String uuid = "00112233-4455-6677-8899-aabbccddeeff";
    return List.of(
        Value.of("flag", true, "true").given(true),
        Value.of("t", (byte) -128, "-128").given((byte) -128),
        Value.of("ut", (short) 255, "255").given(255),
        Value.of("us", 65_535, "65535").given(65_535),
        Value.of("ui", 4_294_967_295L, "4294967295").given(4_294_967_295L),
        Value.of("ub", new BigDecimal(ubig), ubig).given(new BigDecimal(ubig)),
        Value.of("huge", HUGE, HUGE.toString()).given(HUGE),
        Value.of("f", -1.5f, "-1.5").given(-1.5f),
        Value.of("d", -Double.MAX_VALUE, "-1.7976931348623157E308").given(-Double.MAX_VALUE),
        Value.of("nan", Double.NaN, "NaN").given("NaN"),
        Value.of("inf", Float.POSITIVE_INFINITY, "Infinity").given("Infinity"),
        Value.of(
                "n",
                new BigDecimal("-9999999999999999999999999999.9999999999"),
                "-9999999999999999999999999999.9999999999")
            .given(new BigDecimal("-9999999999999999999999999999.9999999999")),
        Value.of("v", "Žofia 山", "Žofia 山").given("Žofia 山"),
        Value.of("b", new byte[] {0, -1}, "00ff").given(new byte[] {0, -1}),
        Value.of("day", LocalDate.of(1582, 10, 4), "1582-10-04").given("1582-10-04"),
        Value.of("time", LocalTime.parse("23:59:59.999999"), "23:59:59.999")
            .given("23:59:59.999999"),
        Value.of("ts", LocalDateTime.parse("1969-12-31T23:59:59.999999"), "1969-12-31 23:59:59.999")
            .given("1969-12-31 23:59:59.999999"),
        Value.of("ts_s", LocalDateTime.parse("2024-02-29T12:00:00"), "2024-02-29 12:00:00.000")
            .given("2024-02-29 12:00:00"),
        Value.of("ts_ms", LocalDateTime.parse("2024-02-29T12:00:00.123"), "2024-02-29 12:00:00.123")
            .given("2024-02-29 12:00:00.123"),
        Value.of(
            "ts_ns", LocalDateTime.parse("2024-02-29T12:00:00.123456"), "2024-02-29 12:00:00.123"),
        // The file compares its nanoseconds, so what was read does not find them.
        Value.of(
                "fine",
                LocalDateTime.parse("1969-12-31T23:59:59.999999"),
                "1969-12-31 23:59:59.999")
            .readOnly(),
        Value.of("tz", Instant.parse("0001-01-01T00:00:00Z"), "0001-01-01 00:00:00.000")
            .given("0001-01-01T00:00:00Z"),
        Value.of("span", "P1Y2DT3S", "P1Y2DT3S").readOnly(),
        Value.of("u", UUID.fromString(uuid), uuid).given(uuid),
        Value.of("j", "{\"k\":1}", "{\"k\":1}").given("{\"k\":1}"),
        Value.of("m", "wild", "wild").given("wild"),
        Value.of("a", Arrays.asList(1, null, -3), "[1, null, -3]").readOnly(),
        Value.of("fixed", List.of("a", "ü"), "[a, ü]").readOnly(),
        Value.of("nested", "[[1], null, []]", "[[1], null, []]").readOnly(),
        Value.of("place", "{\"x\": 1, \"y\": \"z\"}", "{\"x\": 1, \"y\": \"z\"}").readOnly(),
        Value.of("props", "{\"k\": 1}", "{\"k\": 1}").readOnly());
  }
}

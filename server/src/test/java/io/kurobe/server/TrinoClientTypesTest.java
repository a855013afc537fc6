package io.kurobe.server;

import io.kurobe.adapters.testing.TrinoServer;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The type table for a Trino, which nothing else of this module starts. */
@Tag("conformance")
class TrinoClientTypesTest extends ClientTypeTable {
  private static final String SCHEMA = "kinds_of_clients";

  @BeforeAll
  void load(@TempDir Path directory) throws Exception {
    String url = TrinoServer.url("memory/" + SCHEMA);
    try (Connection connection = DriverManager.getConnection(url, "tester", null);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA memory." + SCHEMA);
      statement.execute(
          """
          CREATE TABLE kinds (id integer, flag boolean, t tinyint, s smallint, l bigint, r real,
            d double, nan double, inf real, n decimal(38, 10), c char(4), v varchar(9),
            b varbinary, day date, time time(6), ts timestamp(6), ts_ns timestamp(9),
            tz timestamp(6) with time zone, months interval year to month,
            span interval day to second, u uuid, j json, a array(integer),
            place row(x integer, y varchar), props map(varchar, integer))
          """);
      statement.execute(
          """
          INSERT INTO kinds VALUES (1, true, TINYINT '-128', SMALLINT '-32768',
            -9223372036854775807 - 1, REAL '-1.5', DOUBLE '-1.7976931348623157e308', nan(),
            CAST('-Infinity' AS real), DECIMAL '-9999999999999999999999999999.9999999999',
            CHAR 'ä', 'Žofia 山', X'00FF', DATE '1582-10-04', TIME '23:59:59.999999',
            TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMP '1969-12-31 23:59:59.999999999',
            TIMESTAMP '0001-01-01 00:00:00.000000 UTC', -INTERVAL '1-2' YEAR TO MONTH,
            INTERVAL '1 02:03:04.500' DAY TO SECOND,
            UUID '00112233-4455-6677-8899-aabbccddeeff', JSON '{"k":1}', ARRAY[1, NULL, -3],
            CAST(ROW(1, 'z') AS row(x integer, y varchar)), MAP(ARRAY['k'], ARRAY[1]))
          """);
      statement.execute("INSERT INTO kinds (id) VALUES (2)");
    }
    start(directory, "{type: trino, url: \"" + url + "\", user: tester}");
  }

  @Override
  Optional<String> cut() {
    return Optional.of("ts_ns");
  }

  @Override
  List<Value> values() {
    BigDecimal decimal = new BigDecimal("-9999999999999999999999999999.9999999999");
    String uuid = "00112233-4455-6677-8899-aabbccddeeff";
    return List.of(
        Value.of("flag", true, "true").given(true),
        Value.of("t", (byte) -128, "-128").given((byte) -128),
        Value.of("s", (short) -32768, "-32768").given((short) -32768),
        Value.of("l", Long.MIN_VALUE, "-9223372036854775808").given(Long.MIN_VALUE),
        Value.of("r", -1.5f, "-1.5").given(-1.5f),
        Value.of("d", -Double.MAX_VALUE, "-1.7976931348623157E308").given(-Double.MAX_VALUE),
        Value.of("nan", Double.NaN, "NaN").given("NaN"),
        Value.of("inf", Float.NEGATIVE_INFINITY, "-Infinity").given("-Infinity"),
        Value.of("n", decimal, decimal.toPlainString()).given(decimal),
        Value.of("c", "ä   ", "ä   ").given("ä"),
        Value.of("v", "Žofia 山", "Žofia 山").given("Žofia 山"),
        Value.of("b", new byte[] {0, -1}, "00ff").given(new byte[] {0, -1}),
        Value.of("day", LocalDate.of(1582, 10, 4), "1582-10-04").given("1582-10-04"),
        Value.of("time", LocalTime.parse("23:59:59.999999"), "23:59:59.999")
            .given("23:59:59.999999"),
        Value.of("ts", LocalDateTime.parse("1969-12-31T23:59:59.999999"), "1969-12-31 23:59:59.999")
            .given("1969-12-31 23:59:59.999999"),
        Value.of(
                "ts_ns",
                LocalDateTime.parse("1969-12-31T23:59:59.999999"),
                "1969-12-31 23:59:59.999")
            .readOnly(),
        Value.of("tz", Instant.parse("0001-01-01T00:00:00Z"), "0001-01-01 00:00:00.000")
            .given("0001-01-01T00:00:00Z"),
        Value.of("months", "P-1Y-2M", "P-1Y-2M").readOnly(),
        Value.of("span", "PT26H3M4.5S", "PT26H3M4.5S").readOnly(),
        Value.of("u", UUID.fromString(uuid), uuid).given(uuid),
        Value.of("j", "{\"k\":1}", "{\"k\":1}").given("{\"k\":1}"),
        Value.of("a", Arrays.asList(1, null, -3), "[1, null, -3]").readOnly(),
        Value.of("place", "{\"x\": 1, \"y\": \"z\"}", "{\"x\": 1, \"y\": \"z\"}").readOnly(),
        Value.of("props", "{\"k\": 1}", "{\"k\": 1}").readOnly());
  }
}

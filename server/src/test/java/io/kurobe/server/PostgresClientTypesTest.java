package io.kurobe.server;

import io.kurobe.adapters.testing.PostgresServer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
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

/** The type table for PostgreSQL; {@code ClientTypesTest} has its zones and microseconds. */
class PostgresClientTypesTest extends ClientTypeTable {
  @BeforeAll
  void load(@TempDir Path directory) throws Exception {
    PostgresServer.Database database =
        PostgresServer.database(
            "client_type_table",
            """
            CREATE TYPE mood AS ENUM ('calm', 'wild');
            CREATE TABLE kinds (id int, flag boolean, s smallint, i int, l bigint, r real,
              d double precision, nan double precision, inf real, n numeric(38, 38), c char(4),
              v varchar(9), empty text, y bytea, day date, late date, time time, ts timestamp,
              tz timestamptz, months interval year to month, span interval day to second,
              any_span interval, u uuid, j jsonb, m mood, a int[], texts text[]);
            INSERT INTO kinds VALUES (1, false, -32768, -2147483648, -9223372036854775808,
              -1.5e-38, 1.7976931348623157e308, 'NaN', '-Infinity',
              0.99999999999999999999999999999999999999, 'ä', 'Žofia 山', '', '\\x00ff7f', '0001-01-01',
              '9999-12-31', '00:00:00', '0001-01-01 00:00:00', '1582-10-04 12:00:00+00', '-1-2',
              '1 2:03:04.5', '1 mon 2 days', '00112233-4455-6677-8899-aabbccddeeff', '{"k": [1]}',
              'wild', '{1,NULL,-3}', '{a,NULL,"ü"}');
            INSERT INTO kinds (id) VALUES (2);
            """);
    start(
        directory,
        "{type: postgres, url: \"%s\", user: %s}".formatted(database.url(), database.user()));
  }

  @Override
  Optional<String> cut() {
    return Optional.empty();
  }

  @Override
  List<Value> values() {
    return List.of(
        Value.of("flag", false, "false").given(false),
        Value.of("s", (short) -32768, "-32768").given((short) -32768),
        Value.of("i", Integer.MIN_VALUE, "-2147483648").given(Integer.MIN_VALUE),
        Value.of("l", Long.MIN_VALUE, "-9223372036854775808").given(Long.MIN_VALUE),
        Value.of("r", -1.5e-38f, "-1.5E-38").given(-1.5e-38f),
        Value.of("d", Double.MAX_VALUE, "1.7976931348623157E308").given(Double.MAX_VALUE),
        Value.of("nan", Double.NaN, "NaN").given("NaN"),
        Value.of("inf", Float.NEGATIVE_INFINITY, "-Infinity").given("-Infinity"),
        Value.of(
                "n",
                new BigDecimal("0.99999999999999999999999999999999999999"),
                "0.99999999999999999999999999999999999999")
            .given(new BigDecimal("0.99999999999999999999999999999999999999")),
        Value.of("c", "ä   ", "ä   ").given("ä"),
        Value.of("v", "Žofia 山", "Žofia 山").given("Žofia 山"),
        Value.of("empty", "", "").given(""),
        Value.of("y", new byte[] {0, -1, 127}, "00ff7f").given(new byte[] {0, -1, 127}),
        Value.of("day", LocalDate.of(1, 1, 1), "0001-01-01").given("0001-01-01"),
        Value.of("late", LocalDate.of(9999, 12, 31), "9999-12-31")
            .given(Date.valueOf("9999-12-31")),
        Value.of("time", LocalTime.MIDNIGHT, "00:00:00.000").given("00:00:00"),
        Value.of("ts", LocalDateTime.of(1, 1, 1, 0, 0), "0001-01-01 00:00:00.000")
            .given("0001-01-01 00:00:00"),
        Value.of("tz", Instant.parse("1582-10-04T12:00:00Z"), "1582-10-04 12:00:00.000")
            .given("1582-10-04T12:00:00Z"),
        Value.of("months", "P-1Y-2M", "P-1Y-2M").readOnly(),
        Value.of("span", "PT26H3M4.5S", "PT26H3M4.5S").readOnly(),
        Value.of("any_span", "P1M2D", "P1M2D").readOnly(),
        Value.of(
                "u",
                UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                "00112233-4455-6677-8899-aabbccddeeff")
            .given("00112233-4455-6677-8899-aabbccddeeff"),
        Value.of("j", "{\"k\": [1]}", "{\"k\": [1]}").given("{\"k\": [1]}"),
        Value.of("m", "wild", "wild").given("wild"),
        Value.of("a", Arrays.asList(1, null, -3), "[1, null, -3]").readOnly(),
        Value.of("texts", Arrays.asList("a", null, "ü"), "[a, null, ü]").readOnly());
  }
}

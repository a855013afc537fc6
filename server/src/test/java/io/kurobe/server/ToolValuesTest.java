package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values as tools read them: as text, in a calendar's zone, one within another, and NULL. */
@Timeout(120)
class ToolValuesTest {
  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    String scalars =
        """
        CREATE TABLE scalars (b boolean, s smallint, i int, l bigint, r real, d double precision,
          n decimal(12, 3), t varchar, day date, time time, ts timestamp, tz timestamptz, u uuid);
        INSERT INTO scalars VALUES (true, -3, 7, 9007199254740993, 0.5, 0.1, 1.5, 'ü', '2024-02-29',
          '23:59:59.5', '2024-03-31 02:30:00.25', '2024-10-27 01:30:00+00',
          '00112233-4455-6677-8899-aabbccddeeff');
        INSERT INTO scalars (b) VALUES (NULL);
        """;
    PostgresServer.Database sales =
        PostgresServer.database(
            "tool_values",
            scalars
                + """
                CREATE TYPE place AS (street text, number int, since date);
                CREATE TABLE nested (p place, a int[], ts timestamp[]);
                INSERT INTO nested VALUES (('Gasse', 3, '2024-01-02'), '{1,NULL,3}',
                  '{2024-01-02 03:04:05}');
                """);
    Path file = directory.resolve("web.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (String sql : scalars.split(";\n")) {
        statement.execute(sql);
      }
      statement.execute(
          "CREATE TABLE nested AS SELECT MAP {'a': 1, 'b': NULL} AS m,"
              + " {'x': 3, 'inner': {'at': TIMESTAMP '2024-01-02 03:04:05'}} AS r,"
              + " [[1, 2], [], NULL] AS ll, [{'k': 'v'}] AS lr,"
              + " MAP {DATE '2024-01-02': [1.5]} AS md");
    }
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              sales: {type: postgres, url: "%s", user: %s}
              web: {type: duckdb, path: web.duckdb}
            """
                .formatted(sales.url(), sales.user()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private interface Reading {
    void of(ResultSet row) throws SQLException;
  }

  private static void read(String sql, Reading reading) throws SQLException {
    try (Connection connection = gateway.connect("?timeZone=Europe/Berlin");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      reading.of(row);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales.public.scalars", "web.main.scalars"})
  void everyTypeIsReadAsText(String table) throws SQLException {
    read(
        "SELECT * FROM " + table + " WHERE b",
        row -> {
          List<String> texts = new ArrayList<>();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            texts.add(row.getString(i));
            assertThat(row.wasNull()).isFalse();
            assertThat(row.getObject(i, String.class)).isEqualTo(row.getString(i));
          }
          assertThat(texts)
              .containsExactly(
                  "true",
                  "-3",
                  "7",
                  "9007199254740993",
                  "0.5",
                  "0.1",
                  "1.500",
                  "ü",
                  "2024-02-29",
                  "23:59:59.5",
                  "2024-03-31 02:30:00.25",
                  "2024-10-27 02:30:00+01:00",
                  "00112233-4455-6677-8899-aabbccddeeff");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales.public.scalars", "web.main.scalars"})
  void nullIsNullWhateverIsAskedFor(String table) throws SQLException {
    read(
        "SELECT * FROM " + table + " WHERE b IS NULL",
        row -> {
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            assertThat(row.getObject(i)).isNull();
            assertThat(row.wasNull()).isTrue();
            assertThat(row.getString(i)).isNull();
            assertThat(row.getInt(i)).isZero();
            assertThat(row.wasNull()).isTrue();
            assertThat(row.getLong(i)).isZero();
            assertThat(row.getDouble(i)).isZero();
            assertThat(row.getBoolean(i)).isFalse();
            assertThat(row.wasNull()).isTrue();
            assertThat(row.getBigDecimal(i)).isNull();
            assertThat(row.getTimestamp(i)).isNull();
            assertThat(row.getTimestamp(i, Calendar.getInstance())).isNull();
            assertThat(row.getBytes(i)).isNull();
            assertThat(row.getArray(i)).isNull();
            assertThat(row.wasNull()).isTrue();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales.public.scalars", "web.main.scalars"})
  void aCalendarSaysOfWhichZoneAWallClockTimeIs(String table) throws SQLException {
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    read(
        "SELECT ts, day, time, tz FROM " + table + " WHERE b",
        row -> {
          assertThat(row.getTimestamp(1, tokyo).toInstant())
              .isEqualTo(Instant.parse("2024-03-30T17:30:00.250Z"));
          assertThat(row.getTimestamp("ts", tokyo)).isEqualTo(row.getTimestamp(1, tokyo));
          assertThat(row.getDate(2, tokyo))
              .isEqualTo(new Date(Instant.parse("2024-02-28T15:00:00Z").toEpochMilli()));
          assertThat(row.getTime(3, tokyo))
              .isEqualTo(new Time(Instant.parse("1970-01-01T14:59:59.500Z").toEpochMilli()));
          // An instant is what it is.
          assertThat(row.getTimestamp(4, tokyo).toInstant())
              .isEqualTo(Instant.parse("2024-10-27T01:30:00Z"));
          assertThat(row.getTimestamp(1, null)).isEqualTo(row.getTimestamp(1));
        });
  }

  @Test
  void rowsAreStructs() throws SQLException {
    read(
        "SELECT p FROM sales.public.nested",
        row -> {
          Struct place = row.getObject(1, Struct.class);
          assertThat(place.getAttributes()).containsExactly("Gasse", 3, Date.valueOf("2024-01-02"));
          assertThat(place.getSQLTypeName()).isEqualTo("ROW(street, number, since)");
          assertThat(place).hasToString(row.getString(1));
          assertThat(row.getObject(1))
              .isEqualTo("{\"street\": \"Gasse\", \"number\": 3, \"since\": \"2024-01-02\"}");
        });
    read(
        "SELECT r FROM web.main.nested",
        row -> {
          Object[] outer = row.getObject("r", Struct.class).getAttributes();
          assertThat(outer[0]).isEqualTo(3);
          assertThat(((Struct) outer[1]).getAttributes())
              .containsExactly(Timestamp.valueOf("2024-01-02 03:04:05"));
          assertThatThrownBy(() -> row.getObject("r", Map.class))
              .isInstanceOfSatisfying(
                  SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22018"));
        });
  }

  @Test
  void mapsAreMaps() throws SQLException {
    read(
        "SELECT m, md FROM web.main.nested",
        row -> {
          Map<?, ?> map = row.getObject(1, Map.class);
          assertThat(map).hasSize(2);
          assertThat(map.get("a")).isEqualTo(1);
          assertThat(map.containsKey("b")).isTrue();
          assertThat(map.get("b")).isNull();
          assertThat(row.getString(1)).isEqualTo("{\"a\": 1, \"b\": null}");
          Map<?, ?> dated = row.getObject(2, Map.class);
          Array numbers = (Array) dated.get(Date.valueOf("2024-01-02"));
          assertThat((Object[]) numbers.getArray()).hasSize(1);
        });
  }

  @Test
  void arraysAreArraysAlsoOfArraysAndRows() throws SQLException {
    read(
        "SELECT a, ts FROM sales.public.nested",
        row -> {
          assertThat((Object[]) row.getArray(1).getArray()).containsExactly(1, null, 3);
          assertThat((Object[]) row.getArray(1).getArray(3, 1)).containsExactly(3);
          assertThat(row.getArray(1).getBaseTypeName()).isEqualTo("INTEGER");
          assertThat((Object[]) ((Array) row.getObject(2)).getArray())
              .containsExactly(Timestamp.valueOf("2024-01-02 03:04:05"));
        });
    read(
        "SELECT ll, lr FROM web.main.nested",
        row -> {
          Object[] lists = (Object[]) row.getArray(1).getArray();
          assertThat(lists).hasSize(3);
          assertThat((Object[]) ((Array) lists[0]).getArray()).containsExactly(1, 2);
          assertThat((Object[]) ((Array) lists[1]).getArray()).isEmpty();
          assertThat(lists[2]).isNull();
          Object[] structs = (Object[]) row.getObject(2, Array.class).getArray();
          assertThat(((Struct) structs[0]).getAttributes()).containsExactly("v");
        });
  }
}

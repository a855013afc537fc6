package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.testing.PostgresServer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters that are arrays, intervals, rows and maps, over each kind of source. */
@Timeout(120)
class ComposedParametersTest {
  private static final String[] TABLES = {"sales.public.kinds", "web.main.kinds"};
  private static final String UUID_TEXT = "00112233-4455-6677-8899-aabbccddeeff";
  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    String kinds =
        """
        CREATE TABLE kinds (id int, l bigint, t varchar, c char(3), d double precision,
          n decimal(12, 3), u uuid, day date, time time, ts timestamp, tz timestamptz, a int[]);
        INSERT INTO kinds VALUES (1, 9007199254740993, 'it''s "a", {b}', 'x', 'NaN', 2.5,
          '00112233-4455-6677-8899-aabbccddeeff', '2024-01-31', '10:00:00',
          '2024-01-31 10:11:12.123456', '2024-02-29 10:11:12.123456+00', %s);
        INSERT INTO kinds (id, t) VALUES (2, ''), (3, NULL);
        """;
    PostgresServer.Database sales =
        PostgresServer.database("composed_parameters", kinds.formatted("'{1,2}'"));
    Path file = directory.resolve("web.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      for (String sql : kinds.formatted("[1, 2]").split(";\n")) {
        statement.execute(sql);
      }
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

  private interface Setting {
    void on(PreparedStatement statement) throws SQLException;
  }

  private static List<String> query(String sql, Setting setting) throws SQLException {
    try (Connection connection = gateway.connect("?timeZone=Europe/Berlin");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      setting.on(statement);
      return rows(statement.executeQuery());
    }
  }

  private static Setting array(String type, Object... elements) {
    return s -> s.setArray(1, s.getConnection().createArrayOf(type, elements));
  }

  /** The ids of the rows of each table for which a condition with a parameter holds. */
  private static void finds(String condition, Setting setting, String... ids) throws SQLException {
    for (String table : TABLES) {
      assertThat(query("SELECT id FROM " + table + " WHERE " + condition + " ORDER BY id", setting))
          .as(table + ": " + condition)
          .containsExactly(ids);
    }
  }

  private static String value(String expression, Setting setting) throws SQLException {
    return query("SELECT " + expression, setting).get(0);
  }

  private static void refused(String state, String message, String sql, Setting setting) {
    assertThatThrownBy(() -> query(sql, setting))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
        .hasMessageContaining(message);
  }

  @Test
  void valuesAreComparedWithTheElementsOfAnArray() throws SQLException {
    finds("id = ANY (?)", array("integer", 1, 3, 7), "1", "3");
    finds("id = ANY (?)", array("integer", 1, null), "1");
    finds("id = ANY (?)", array("integer"));
    finds("id <> ALL (?)", array("integer", 1, 3), "2");
    finds("id <> ALL (?)", array("integer", 1, null));
    finds("id <> ALL (?)", array("integer"), "1", "2", "3");
    finds("id > ANY (?)", array("integer", 2, 9), "3");
    finds("id >= ALL (?)", array("integer", 2, 1), "2", "3");
    finds("id = ANY (CAST(? AS INTEGER ARRAY))", array("int4", 2), "2");
    finds("l = ANY (?)", array("bigint", 9007199254740993L), "1");
    finds("t = ANY (?)", array("text", "it's \"a\", {b}", "", null), "1", "2");
    finds("c = ANY (?)", array("char", "x", "longer"), "1");
    assertThat(query("SELECT id FROM sales.public.kinds WHERE c = ANY (?)", array("char", "x  ")))
        .containsExactly("1");
    finds("d = ANY (?)", array("float8", Double.NaN), "1");
    finds("n = ANY (?)", array("numeric", new BigDecimal("2.500")), "1");
    finds("u = ANY (?)", array("uuid", UUID.fromString(UUID_TEXT), null), "1");
    finds("u = ANY (?)", array("uuid", UUID_TEXT), "1");
    finds("day = ANY (?)", array("date", LocalDate.of(2024, 1, 31)), "1");
    finds(
        "ts = ANY (?)", array("timestamp", LocalDateTime.parse("2024-01-31T10:11:12.123456")), "1");
    Instant instant = Instant.parse("2024-02-29T10:11:12.123456Z");
    finds("tz = ANY (?)", array("timestamptz", instant, null), "1");
    finds("tz = ANY (?)", array("timestamptz", Timestamp.from(instant)), "1");
    finds("id = ANY (?)", s -> s.setNull(1, Types.ARRAY));
    finds("'x' = ANY (?)", array("text", "xyz"));
    finds("'x' = ANY (?)", array("text", "x"), "1", "2", "3");
    finds("'1' = ANY (CAST(a AS VARCHAR ARRAY)) AND id = ?", s -> s.setInt(1, 1), "1");
    finds("? = ANY (a)", s -> s.setInt(1, 2), "1");
    finds("? = ANY (1, 2) AND id < 2", s -> s.setInt(1, 2), "1");
    finds("? = ANY (SELECT k.id FROM web.main.kinds k) AND id < 2", s -> s.setInt(1, 3), "1");
    finds(
        "? = ANY (?) AND id < 2",
        s -> {
          s.setString(1, "a");
          s.setObject(2, List.of("b", "a"));
        },
        "1");
    finds("a = ?", array("integer", 1, 2), "1");
    finds("CARDINALITY(a || ?) = 4", array("integer", 3, null), "1");
  }

  @Test
  void aSourceIsSentTheElementsAsAList() throws SQLException {
    finds(
        "id = ANY (?) AND t <> ALL (?)",
        s -> {
          s.setObject(1, List.of(1, 2));
          s.setObject(2, new String[] {"x", "it's"});
        },
        "1",
        "2");
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      for (String source : List.of("sales", "web")) {
        String sent =
            "SELECT statement FROM system.runtime.fragments WHERE runs_on = '"
                + source
                + "' AND POSITION('''it''''s''' IN statement) > 0";
        assertThat(rows(statement.executeQuery(sent)))
            .singleElement()
            .asString()
            .contains("\"id\" IN (1, 2)", "NOT \"t\" IN ('it''s', 'x')");
      }
    }
  }

  /** Whichever class the program has; a source is sent a list of as many values. */
  @Test
  void arraysOfJavaAndListsAreArrays() throws SQLException {
    finds("id = ANY (?)", s -> s.setObject(1, new int[] {1, 2}), "1", "2");
    finds("id = ANY (?)", s -> s.setObject(1, new Integer[] {1, null}), "1");
    finds("id = ANY (?)", s -> s.setObject(1, List.of(2, 3)), "2", "3");
    finds("id = ANY (?)", s -> s.setObject(1, List.of("2"), Types.ARRAY), "2");
    finds("t = ANY (?)", s -> s.setObject(1, new String[] {"", "x"}), "2");
    int[] many = IntStream.rangeClosed(2, 10_001).toArray();
    finds("id = ANY (?)", s -> s.setObject(1, many), "2", "3");
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT a FROM sales.public.kinds WHERE id = 1")) {
      row.next();
      Array ofResult = row.getArray(1);
      finds("a = ?", s -> s.setArray(1, ofResult), "1");
    }
  }

  @Test
  void anArrayIsCastAndReadAgain() throws SQLException {
    assertThat(value("CARDINALITY(CAST(? AS BIGINT ARRAY))", array("bigint", 1, null, 3)))
        .isEqualTo("3");
    assertThat(value("CARDINALITY(CAST(? AS BIGINT ARRAY))", array("bigint"))).isEqualTo("0");
    assertThat(value("CAST(? AS VARCHAR ARRAY)", array("text", "a'b\"", null, "", "{\\}", "ü")))
        .isEqualTo("[a'b\", null, , {\\}, ü]");
    assertThat(value("CAST(? AS BIGINT ARRAY ARRAY)", s -> s.setObject(1, new long[][] {{1}, {}})))
        .isEqualTo("[[1], []]");
    assertThat(value("CAST(? AS INTEGER ARRAY)", s -> s.setObject(1, null))).isEqualTo("null");
    assertThat(value("CAST(? AS DATE ARRAY)", array("date", LocalDate.of(2024, 1, 31), null)))
        .isEqualTo("[2024-01-31, null]");
    assertThat(value("CAST(? AS VARCHAR ARRAY)", array("numeric", new BigDecimal("1.50"), true)))
        .isEqualTo("[1.50, true]");
    assertThat(query("SELECT x FROM UNNEST(CAST(? AS INTEGER ARRAY)) AS t(x)", array("int", 7, 8)))
        .containsExactly("7", "8");
    try (Connection connection = gateway.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT CAST(? AS VARBINARY ARRAY), CAST(? AS TIMESTAMP ARRAY)")) {
      LocalDateTime time = LocalDateTime.parse("2024-01-31T10:11:12.123456");
      statement.setObject(1, new byte[][] {{1, -1}, null});
      statement.setObject(2, List.of(time));
      ResultSet row = statement.executeQuery();
      assertThat(row.next()).isTrue();
      Object[] bytes = (Object[]) row.getArray(1).getArray();
      assertThat((byte[]) bytes[0]).containsExactly(1, -1);
      assertThat(bytes[1]).isNull();
      assertThat((Object[]) row.getArray(2).getArray()).containsExactly(Timestamp.valueOf(time));
    }
    // Of each row that a source gives.
    for (String table : TABLES) {
      assertThat(query("SELECT id, CAST(? AS INTEGER ARRAY) FROM " + table, array("int", 1, null)))
          .containsExactlyInAnyOrder("1 [1, null]", "2 [1, null]", "3 [1, null]");
    }
  }

  @Test
  void anArrayOfTheProgramTellsWhatItIs() throws SQLException {
    try (Connection connection = gateway.connect()) {
      Object[] elements = {"a", null, "c"};
      Array array = connection.createArrayOf("text", elements);
      elements[0] = "changed";
      assertThat(array.getBaseTypeName()).isEqualTo("text");
      assertThat(array.getBaseType()).isEqualTo(Types.VARCHAR);
      assertThat((Object[]) array.getArray()).containsExactly("a", null, "c");
      assertThat((Object[]) array.getArray(2, 2)).containsExactly(null, "c");
      assertThatThrownBy(() -> array.getArray(3, 2))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("2202E"));
      assertThat(connection.createArrayOf("BIGINT", elements).getBaseType())
          .isEqualTo(Types.BIGINT);
      assertThat(connection.createStruct("place", elements).getAttributes())
          .containsExactly("changed", null, "c");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void stockClientsSendArraysToo(String encoding) throws SQLException {
    String url = gateway.url().replace("jdbc:kurobe", "http");
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:avatica:remote:url=" + url + ";serialization=" + encoding, "ada", "");
        PreparedStatement numbers =
            connection.prepareStatement("SELECT id FROM sales.public.kinds WHERE id = ANY (?)");
        PreparedStatement texts =
            connection.prepareStatement("SELECT id FROM web.main.kinds WHERE t = ANY (?)")) {
      numbers.setArray(1, connection.createArrayOf("INTEGER", new Object[] {1, 7}));
      assertThat(rows(numbers.executeQuery())).containsExactly("1");
      numbers.setArray(1, connection.createArrayOf("BIGINT", new Object[] {3L}));
      assertThat(rows(numbers.executeQuery())).containsExactly("3");
      numbers.setArray(1, connection.createArrayOf("INTEGER", new Object[] {null, 2}));
      assertThat(rows(numbers.executeQuery())).containsExactly("2");
      texts.setArray(1, connection.createArrayOf("VARCHAR", new Object[] {"it's \"a\", {b}"}));
      assertThat(rows(texts.executeQuery())).containsExactly("1");
    }
  }

  @Test
  void whatIsWrongInAnArrayIsToldByItsPlace() {
    String cast = "SELECT CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY)";
    Setting good = array("bigint", 1);
    refused(
        "22P02",
        "element 2 of parameter 2 is no BIGINT",
        cast,
        s -> {
          good.on(s);
          s.setObject(2, List.of("1", "two"));
        });
    refused(
        "22003",
        "element 1 of parameter 1 does not fit INTEGER",
        "SELECT CAST(? AS INTEGER ARRAY)",
        array("bigint", 1L << 40));
    refused(
        "22P02",
        "element 1 of parameter 1 is no DATE",
        "SELECT CAST(? AS DATE ARRAY)",
        array("date", "31.1.2024"));
    refused("22021", "parameter 1", "SELECT CAST(? AS VARCHAR ARRAY)", array("text", "a\0"));
    refused("42804", "parameter 1 is a list where VARCHAR", "SELECT ?", array("text", "a"));
    refused(
        "42804",
        "parameter 1 is a list where INTEGER is expected. Hint: x = ANY (?)",
        "SELECT id FROM sales.public.kinds WHERE id IN (?)",
        array("integer", 1));
    refused(
        "42804",
        "parameter 1 is a String where BIGINT ARRAY",
        "SELECT CAST(? AS BIGINT ARRAY)",
        s -> s.setString(1, "{1}"));
    refused(
        "07006",
        "java.lang.Thread",
        "SELECT CAST(? AS BIGINT ARRAY)",
        s -> s.setObject(1, List.of(new Thread())));
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    refused("22023", "levels", "SELECT CAST(? AS BIGINT ARRAY)", s -> s.setObject(1, itself));
  }

  /** What is added is of months, of days and of time, in this order. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "day + ?; P1M; 2024-02-29",
        "day + ?; P1D; 2024-02-01",
        "? + day; P1D; 2024-02-01",
        "day + ?; P1M1D; 2024-03-01",
        "day + ?; P-100D; 2023-10-23",
        "day + ?; PT36H; 2024-02-01",
        "ts + ?; PT1H0.5S; 2024-01-31 11:11:12.623456",
        "ts + ?; P1Y1M; 2025-02-28 10:11:12.123456",
        "ts + ?; P1M1DT-1H; 2024-03-01 09:11:12.123456",
        "ts + ?; PT0S; 2024-01-31 10:11:12.123456",
        "ts - ?; P1M; 2023-12-31 10:11:12.123456",
        "ts - ?; P1DT1H; 2024-01-30 09:11:12.123456",
        "ts + ?; -PT36H; 2024-01-29 22:11:12.123456",
        "ts + ?; -P1DT2H3M4.5S; 2024-01-30 08:08:07.623456",
        "tz + ?; PT24H; 2024-03-01 11:11:12.123456+01:00",
        "tz - ?; P2M; 2023-12-29 11:11:12.123456+01:00",
        "time + ?; PT1H30M; 11:30:00",
        "day > DATE '2024-02-01' - ?; P1D; false",
        "DATE '2024-02-01' - ? < day; P1M; true",
        "day BETWEEN day - ? AND day + ?; P1D,P1D; true",
        "day - ?; 2024-01-01; 30",
        "day - ? IN (29, 30); 2024-01-01; true",
        "ts + INTERVAL '1' HOUR * ?; 2; 2024-01-31 12:11:12.123456",
        "day + CAST(? AS INTERVAL MONTH); P1M; 2024-02-29",
        "day + CAST(? AS INTERVAL DAY); P3D; 2024-02-03",
        "CAST(? AS INTERVAL DAY TO SECOND); P1DT2H3M4.005S; PT26H3M4.005S",
        "CAST(? AS INTERVAL DAY TO SECOND); PT-0.5S; PT-0.5S",
        "CAST(? AS INTERVAL YEAR TO MONTH); P14M; P1Y2M"
      })
  void intervalsMoveTimes(String expression, String interval, String expected) throws SQLException {
    Setting values =
        s -> {
          String[] all = interval.split(",");
          for (int i = 0; i < all.length; i++) {
            s.setString(i + 1, all[i]);
          }
        };
    for (String table : TABLES) {
      assertThat(query("SELECT " + expression + " FROM " + table + " WHERE id = 1", values))
          .as(table)
          .containsExactly(expected);
      // Where it is not the source's to compute.
      assertThat(
              query(
                  "SELECT " + expression + " FROM (SELECT * FROM " + table + " LIMIT 1) AS t",
                  values))
          .as(table)
          .containsExactly(expected);
    }
  }

  @Test
  void periodsAndDurationsAreIntervals() throws SQLException {
    finds("day + ? = DATE '2024-02-29'", s -> s.setObject(1, Period.ofMonths(1)), "1");
    // Of a date a number is days.
    finds("day + ? = DATE '2024-02-29'", s -> s.setInt(1, 29), "1");
    finds("DATE '2024-03-01' - ? > day", s -> s.setLong(1, 29), "1");
    refused("42804", "parameter 1", "SELECT ts + ? FROM web.main.kinds", s -> s.setInt(1, 1));
    finds(
        "ts - ? < TIMESTAMP '2024-01-31 10:11:12'",
        s -> s.setObject(1, Duration.ofMillis(124)),
        "1");
    assertThat(value("CAST(? AS INTERVAL MONTH)", s -> s.setObject(1, Period.of(1, 2, 0))))
        .isEqualTo("P1Y2M");
    assertThat(
            value("CAST(? AS INTERVAL DAY TO SECOND)", s -> s.setObject(1, Duration.ofDays(400))))
        .isEqualTo("PT9600H");
    assertThat(value("CAST(? AS INTERVAL DAY)", s -> s.setObject(1, null))).isEqualTo("null");
    assertThat(value("?", s -> s.setObject(1, Period.ofDays(3)))).isEqualTo("P3D");
    String cast = "SELECT CAST(? AS INTERVAL DAY TO SECOND)";
    refused("42804", "parameter 1: P1M", cast, s -> s.setObject(1, Period.ofMonths(1)));
    refused(
        "0A000",
        "parameter 1: an interval is not finer",
        cast,
        s -> s.setObject(1, Duration.ofNanos(1_000)));
    refused(
        "42804",
        "parameter 1: PT26H",
        "SELECT CAST(? AS INTERVAL DAY)",
        s -> s.setObject(1, Duration.ofHours(26)));
    refused(
        "42804",
        "parameter 1: PT24H",
        "SELECT CAST(? AS INTERVAL MONTH)",
        s -> s.setObject(1, Period.ofDays(1)));
    refused("22P02", "parameter 1 is no INTERVAL", cast, s -> s.setString(1, "1 day"));
    refused("42804", "parameter 1", cast, s -> s.setInt(1, 1));
  }

  @Test
  void rowsAndMapsAreCast() throws SQLException {
    String row = "CAST(? AS ROW(a INTEGER, b VARCHAR))";
    Setting struct =
        s -> s.setObject(1, s.getConnection().createStruct("r", new Object[] {7, "it's"}));
    assertThat(value(row, struct)).isEqualTo("{\"a\": 7, \"b\": \"it's\"}");
    assertThat(
            value(
                "CAST(? AS ROW(a INTEGER, b VARCHAR) ARRAY)",
                s ->
                    s.setObject(
                        1, List.of(s.getConnection().createStruct("r", new Object[] {7, null})))))
        .isEqualTo("[{\"a\": 7, \"b\": null}]");
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", 1);
    map.put("b'", null);
    assertThat(value("CAST(? AS MAP<VARCHAR, INTEGER>)", s -> s.setObject(1, map)))
        .isEqualTo("{\"a\": 1, \"b'\": null}");
    assertThat(value("CAST(? AS MAP<VARCHAR, INTEGER>)", s -> s.setObject(1, Map.of())))
        .isEqualTo("{}");
    assertThat(
            value(
                "CAST(? AS MAP<DATE, INTEGER ARRAY>)",
                s -> s.setObject(1, Map.of(LocalDate.of(2024, 1, 31), Arrays.asList(1, null)))))
        .isEqualTo("{\"2024-01-31\": [1, null]}");
    refused("42804", "parameter 1 has 1 fields", "SELECT " + row, s -> s.setObject(1, List.of(1)));
    refused(
        "22P02",
        "field a of parameter 1 is no INTEGER",
        "SELECT " + row,
        s -> s.setObject(1, List.of("x", "y")));
  }
}

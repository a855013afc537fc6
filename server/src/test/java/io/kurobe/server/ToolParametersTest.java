package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.testing.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters as tools and frameworks bind them, by whichever setter and class. */
@Timeout(120)
class ToolParametersTest {
  private static final String[] TABLES = {"sales.public.kinds", "web.main.kinds"};
  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    String kinds =
        """
        CREATE TABLE kinds (id int, flag boolean, n decimal(12, 3), d double precision, t varchar,
          y %s, day date, time time, ts timestamp, tz timestamptz);
        INSERT INTO kinds VALUES (1, true, 1.5, 'NaN', '1.50', '\\x01\\x02', '2024-02-29',
          '10:11:12.5', '2024-02-29 10:11:12.123456', '2024-02-29 10:11:12.123456+00');
        """;
    PostgresServer.Database sales =
        PostgresServer.database(
            "tool_parameters", kinds.formatted("bytea").replace("\\x01\\x02", "\\x0102"));
    Path file = directory.resolve("web.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      for (String sql : kinds.formatted("blob").split(";\n")) {
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

  /** Finds the row of each table by a parameter. */
  private static void finds(String column, Setting setting) throws SQLException {
    for (String table : TABLES) {
      assertThat(query("SELECT id FROM " + table + " WHERE " + column + " = ?", setting))
          .as(table)
          .containsExactly("1");
    }
  }

  private static String value(String type, Setting setting) throws SQLException {
    return query("SELECT CAST(? AS " + type + ")", setting).get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Tokyo"})
  void aTimestampIsAnInstantWhereOneIsComparedWhateverTheZones(String zone) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      Instant instant = Instant.parse("2024-02-29T10:11:12.123456Z");
      Timestamp timestamp = Timestamp.from(instant);
      Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
      finds("tz", s -> s.setTimestamp(1, timestamp));
      finds("tz", s -> s.setObject(1, timestamp));
      finds("tz", s -> s.setObject(1, timestamp, Types.TIMESTAMP));
      finds("tz", s -> s.setTimestamp(1, timestamp, tokyo));
      finds("tz", s -> s.setObject(1, instant));
      finds("tz", s -> s.setObject(1, OffsetDateTime.parse("2024-02-29T19:11:12.123456+09:00")));
      // What has no zone is of the session's.
      finds("tz", s -> s.setObject(1, LocalDateTime.parse("2024-02-29T11:11:12.123456")));
      finds("tz", s -> s.setString(1, "2024-02-29 11:11:12.123456"));
      // Elsewhere it is the wall clock's time, of the JVM or of the calendar.
      LocalDateTime wall = LocalDateTime.parse("2024-02-29T10:11:12.123456");
      finds("ts", s -> s.setTimestamp(1, Timestamp.valueOf(wall)));
      Timestamp inTokyo = Timestamp.from(Instant.parse("2024-02-29T01:11:12.123456Z"));
      finds("ts", s -> s.setTimestamp(1, inTokyo, tokyo));
      Date day = new Date(Instant.parse("2024-02-28T15:00:00Z").toEpochMilli());
      finds("day", s -> s.setDate(1, day, tokyo));
      Time time = new Time(Instant.parse("1970-01-01T01:11:12.500Z").toEpochMilli());
      finds("time", s -> s.setTime(1, time, tokyo));
      Time ofJvm = new Time(Timestamp.valueOf("1970-01-01 10:11:12.5").getTime());
      finds("time", s -> s.setTime(1, ofJvm));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void anInstantIsCastFromWhatIsBound() throws SQLException {
    String type = "TIMESTAMP WITH TIME ZONE";
    OffsetDateTime instant = OffsetDateTime.parse("2024-02-29T10:11:12.123456Z");
    assertThat(value(type, s -> s.setObject(1, instant)))
        .isEqualTo("2024-02-29 11:11:12.123456+01:00");
    assertThat(value(type, s -> s.setObject(1, LocalDate.of(2024, 2, 29))))
        .isEqualTo("2024-02-29 00:00:00+01:00");
    assertThat(value(type, s -> s.setObject(1, null))).isEqualTo("null");
    for (String table : TABLES) {
      assertThat(
              query(
                  "SELECT id FROM " + table + " WHERE tz = CAST(? AS " + type + ")",
                  s -> s.setObject(1, instant)))
          .containsExactly("1");
    }
  }

  @Test
  void whatIsBoundIsBroughtToTheKindOfTimeThatIsCompared() throws SQLException {
    Timestamp timestamp = Timestamp.valueOf("2024-02-29 10:11:12.5");
    LocalDateTime dateTime = timestamp.toLocalDateTime();
    finds("day", s -> s.setTimestamp(1, timestamp));
    finds("day", s -> s.setObject(1, dateTime));
    finds("day", s -> s.setObject(1, dateTime, Types.DATE));
    finds("day", s -> s.setString(1, "2024-02-29"));
    finds("time", s -> s.setTimestamp(1, timestamp));
    finds("CAST(ts AS DATE)", s -> s.setDate(1, Date.valueOf("2024-02-29")));
    assertThat(value("TIMESTAMP", s -> s.setDate(1, Date.valueOf("2024-02-29"))))
        .isEqualTo("2024-02-29 00:00:00");
    assertThat(value("TIMESTAMP", s -> s.setObject(1, Instant.EPOCH)))
        .isEqualTo("1970-01-01 01:00:00");
    assertThatThrownBy(() -> value("DATE", s -> s.setString(1, "29.2.2024")))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P02"));
  }

  @Test
  void numbersKeepTheirDigitsAndNoNumberIsSent() throws SQLException {
    finds("d", s -> s.setDouble(1, Double.NaN));
    finds("d", s -> s.setFloat(1, Float.NaN));
    assertThat(value("DOUBLE", s -> s.setDouble(1, Double.NEGATIVE_INFINITY)))
        .isEqualTo("-Infinity");
    finds("t", s -> s.setBigDecimal(1, new BigDecimal("1.50")));
    assertThat(value("VARCHAR", s -> s.setObject(1, new BigDecimal("1E+3")))).isEqualTo("1000");
    finds("flag", s -> s.setInt(1, 1));
  }

  /** The types that frameworks name beside the value; a string for a number, a number for text. */
  @ParameterizedTest
  @CsvSource({
    "n, 1.5, DECIMAL",
    "n, 1.5, NUMERIC",
    "id, 1, INTEGER",
    "id, 1, BIGINT",
    "d, NaN, DOUBLE",
    "t, 1.50, VARCHAR",
    "t, 1.50, NVARCHAR",
    "t, 1.50, LONGVARCHAR",
    "flag, true, BOOLEAN",
    "flag, 1, BIT",
    "day, 2024-02-29, DATE",
    "tz, 2024-02-29 10:11:12.123456+00:00, TIMESTAMP_WITH_TIMEZONE",
    "t, 1.50, OTHER"
  })
  void aTextIsBoundAsTheTypeThatIsNamed(String column, String text, JDBCType type)
      throws SQLException {
    finds(column, s -> s.setObject(1, text, type));
  }

  @Test
  void aValueIsBoundAsTheTypeThatIsNamed() throws SQLException {
    finds("t", s -> s.setObject(1, new BigDecimal("1.50"), Types.VARCHAR));
    finds("t", s -> s.setObject(1, 1.5, Types.DECIMAL, 2));
    finds("t", s -> s.setObject(1, new StringBuilder("1.50"), Types.VARCHAR));
    finds("id", s -> s.setObject(1, true, Types.INTEGER));
    finds("flag", s -> s.setObject(1, 7, Types.BOOLEAN));
    finds("id", s -> s.setObject(1, '1'));
    assertThat(value("VARCHAR", s -> s.setObject(1, Instant.EPOCH, Types.VARCHAR)))
        .isEqualTo("1970-01-01 00:00:00+00:00");
    assertThatThrownBy(() -> value("INTEGER", s -> s.setObject(1, "one", Types.INTEGER)))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22018"));
    for (Object[] unfit :
        new Object[][] {{1, Types.DATE + 900}, {"x", Types.ROWID}, {1, Types.BLOB}}) {
      assertThatThrownBy(() -> value("VARCHAR", s -> s.setObject(1, unfit[0], (int) unfit[1])))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("07006"));
    }
  }

  /** And the value of the execution before is not used once more. */
  @Test
  void streamsAreRead() throws SQLException {
    byte[] ascii = "1.50 and more".getBytes(StandardCharsets.US_ASCII);
    Setting before = s -> s.setString(1, "before");
    for (Setting setting :
        List.<Setting>of(
            s -> s.setCharacterStream(1, new StringReader("1.50")),
            s -> s.setCharacterStream(1, new StringReader("1.50 and more"), 4),
            s -> s.setNCharacterStream(1, new StringReader("1.50 and more"), 4L),
            s -> s.setClob(1, new StringReader("1.50")),
            s -> s.setAsciiStream(1, new ByteArrayInputStream(ascii), 4))) {
      finds(
          "t",
          s -> {
            before.on(s);
            setting.on(s);
          });
    }
    byte[] bytes = {1, 2};
    finds("y", s -> s.setBytes(1, bytes));
    finds("y", s -> s.setBinaryStream(1, new ByteArrayInputStream(bytes)));
    finds("y", s -> s.setBlob(1, new ByteArrayInputStream(new byte[] {1, 2, 3}), 2));
    assertThat(
            query(
                "SELECT id FROM sales.public.kinds WHERE t = ?",
                s -> {
                  s.setString(1, "1.50");
                  s.setNull(1, Types.OTHER, "text");
                }))
        .isEmpty();
  }

  @Test
  void aParameterThatIsNotThereIsSaidSo() throws SQLException {
    for (Setting setting :
        List.<Setting>of(
            s -> s.setInt(2, 1), s -> s.setString(0, "x"), s -> s.setNull(-1, Types.INTEGER))) {
      assertThatThrownBy(() -> value("INTEGER", setting))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("07009"));
    }
  }

  /** Where nothing but the function, a value beside it or the row around it tells what it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "?; VARCHAR; x; x",
        "? || t; VARCHAR; a; a1.50",
        "CONCAT(t, ?); VARCHAR; a; 1.50a",
        "UPPER(?); VARCHAR; a; A",
        "COALESCE(?, t); VARCHAR; a; a",
        "COALESCE(?, id); INTEGER; 7; 7",
        "COALESCE(?, n); DECIMAL; 7.25; 7.250",
        "NULLIF(?, 'x'); VARCHAR; xyz; xyz",
        "CASE WHEN flag THEN ? ELSE id END; INTEGER; 7; 7",
        "GREATEST(id, ?); INTEGER; 7; 7",
        "LEFT(t, ?); INTEGER; 3; 1.5",
        "SUBSTRING(t, ?); INTEGER; 3; 50",
        "ABS(?); DOUBLE; -2.5; 2.5",
        "TIMESTAMPADD(DAY, ?, day); BIGINT; 1; 2024-03-01",
        "ts - INTERVAL '1' DAY < ?; TIMESTAMP; 2024-02-29 00:00:00; true",
        "ts < ? + INTERVAL '1' DAY; TIMESTAMP; 2024-02-29 00:00:00; true",
        "t LIKE '%' || ? || '%'; VARCHAR; .5; true",
        "LOWER(t) = LOWER(?); VARCHAR; 1.50; true",
        "id = COALESCE(?, 1); INTEGER; 1; true",
        "(id, t) IN ((?, '1.50')); INTEGER; 1; true",
        "? = 'x'; VARCHAR; xyz; false",
        "? IN ('x', 'y'); VARCHAR; xyz; false",
        "('x') < ?; VARCHAR; xyz; true",
        "CAST('x' AS CHAR(2)) = ?; CHAR; xyz; false",
        "? IS NULL; VARCHAR; 1; false"
      })
  void aParameterHasATypeWhereverItStands(
      String expression, String type, String value, String expected) throws SQLException {
    for (String table : TABLES) {
      String sql = "SELECT " + expression + " FROM " + table;
      try (Connection connection = gateway.connect();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        assertThat(statement.getParameterMetaData().getParameterTypeName(1)).isEqualTo(type);
        statement.setString(1, value);
        assertThat(rows(statement.executeQuery())).as(sql).containsExactly(expected);
      }
    }
  }

  @Test
  void rowsAreLookedForByTheirParts() throws SQLException {
    for (String table : TABLES) {
      assertThat(
              query(
                  "SELECT id FROM " + table + " WHERE (id, t) IN ((?, ?), (?, ?))",
                  s -> {
                    s.setInt(1, 7);
                    s.setString(2, "1.50");
                    s.setInt(3, 1);
                    s.setString(4, "1.50");
                  }))
          .containsExactly("1");
    }
  }
}

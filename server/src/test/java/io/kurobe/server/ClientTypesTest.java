package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values on their way to a client and back as parameters, through our driver and the stock one. */
@Timeout(120)
class ClientTypesTest {
  private static Gateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    PostgresServer.Database database =
        PostgresServer.database(
            "client_types",
            """
            CREATE TABLE kinds (id int, b boolean, s smallint, i int, l bigint, r real,
              d double precision, n numeric(38, 10), t text, c char(5), day date, time time,
              ts timestamp, tz timestamptz, u uuid);
            INSERT INTO kinds VALUES
              (1, true, -32768, 2147483647, -9223372036854775808, 1.5, 0.1,
               9999999999999999999999999999.9999999999, 'Größe 🦆', 'ab', '0001-01-01',
               '23:59:59.999999', '2024-03-31 02:30:00.123456', '2024-10-27 01:30:00.000001+00',
               '00112233-4455-6677-8899-aabbccddeeff');
            INSERT INTO kinds (id) VALUES (2);
            CREATE TABLE loose (n numeric);
            INSERT INTO loose VALUES (0.12345678901234567890), (1);
            """);
    Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state}
        sources:
          pg: {type: postgres, url: "%s", user: %s}
        """
            .formatted(database.url(), database.user()));
    Configuration.Reading reading =
        ConfigurationReader.create().read(directory.resolve("kurobe.yaml"));
    gateway = Gateway.start(((Configuration.Valid) reading).configuration());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Connection ours(String zone) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:kurobe://127.0.0.1:" + gateway.port() + "/pg/public?timeZone=" + zone);
  }

  private static Connection stock(String encoding) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:"
            + gateway.port()
            + "/;catalog=pg;schema=public;serialization="
            + encoding);
  }

  @Test
  void ourDriverCarriesMicrosecondsAndInstants() throws SQLException {
    TimeZone before = TimeZone.getDefault();
    try {
      for (String jvm : new String[] {"UTC", "America/New_York", "Europe/Berlin"}) {
        TimeZone.setDefault(TimeZone.getTimeZone(jvm));
        for (String session : new String[] {"UTC", "Europe/Berlin", "Asia/Kolkata"}) {
          try (Connection connection = ours(session);
              Statement statement = connection.createStatement();
              ResultSet rows =
                  statement.executeQuery("SELECT time, ts, tz FROM kinds WHERE id = 1")) {
            assertThat(rows.next()).isTrue();
            Instant instant = Instant.parse("2024-10-27T01:30:00.000001Z");
            assertThat(rows.getObject(1, LocalTime.class)).isEqualTo("23:59:59.999999");
            assertThat(rows.getObject(2, LocalDateTime.class))
                .isEqualTo("2024-03-31T02:30:00.123456");
            assertThat(rows.getString(2)).isEqualTo("2024-03-31 02:30:00.123456");
            assertThat(rows.getObject(3, OffsetDateTime.class).toInstant()).isEqualTo(instant);
            assertThat(rows.getObject(3, ZonedDateTime.class).toInstant()).isEqualTo(instant);
            assertThat(rows.getObject(3, Instant.class)).isEqualTo(instant);
            assertThat(rows.getTimestamp(3)).isEqualTo(Timestamp.from(instant));
            assertThat(rows.getMetaData().getScale(2)).isGreaterThanOrEqualTo(0);
            assertThat(rows.getMetaData().getPrecision(2)).isEqualTo(6);
          }
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  /** Half past two does not exist on that day in Berlin, wherever the client is. */
  @Test
  void w7ALocalTimeInAGapStaysAsItIs() throws SQLException {
    LocalDateTime gap = LocalDateTime.parse("2024-03-31T02:30:00.123456");
    TimeZone before = TimeZone.getDefault();
    try {
      for (String jvm : new String[] {"Europe/Berlin", "UTC", "America/New_York"}) {
        TimeZone.setDefault(TimeZone.getTimeZone(jvm));
        try (Connection connection = ours("Europe/Berlin");
            PreparedStatement statement =
                connection.prepareStatement("SELECT ts FROM kinds WHERE ts = ?")) {
          statement.setObject(1, gap);
          try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).as("in a JVM of %s", jvm).isTrue();
            assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(gap);
            assertThat(rows.getObject(1, LocalDate.class)).isEqualTo("2024-03-31");
            assertThat(rows.getString(1)).isEqualTo("2024-03-31 02:30:00.123456");
          }
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void ourDriverTakesEveryTypeBothWays() throws SQLException {
    Object[][] values = {
      {"b", true},
      {"s", -32768},
      {"i", 2147483647},
      {"l", Long.MIN_VALUE},
      {"r", 1.5f},
      {"d", 0.1},
      {"n", new BigDecimal("9999999999999999999999999999.9999999999")},
      {"t", "Größe 🦆"},
      {"c", "ab   "},
      {"day", LocalDate.parse("0001-01-01")},
      {"time", LocalTime.parse("23:59:59.999999")},
      {"ts", LocalDateTime.parse("2024-03-31T02:30:00.123456")},
      {"tz", OffsetDateTime.parse("2024-10-27T01:30:00.000001Z")},
      {"u", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")},
    };
    try (Connection connection = ours("UTC")) {
      for (Object[] value : values) {
        String column = (String) value[0];
        try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT " + column + " FROM kinds WHERE " + column + " = ?")) {
          statement.setObject(1, value[1]);
          try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).as("a row for %s", column).isTrue();
            assertThat(rows.getObject(1, value[1].getClass())).as(column).isEqualTo(value[1]);
          }
        }
        try (Statement statement = connection.createStatement();
            ResultSet rows =
                statement.executeQuery("SELECT " + column + " FROM kinds WHERE id = 2")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getObject(1)).as("NULL of %s", column).isNull();
          assertThat(rows.wasNull()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void stockClientsReadMillisecondsAndPaddedText(String encoding) throws SQLException {
    try (Connection connection = stock(encoding);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT c, ts, l, n, t FROM kinds ORDER BY id")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("ab   ");
      assertThat(rows.getString(2)).startsWith("2024-03-31 02:30:00");
      assertThat(rows.getLong(3)).isEqualTo(Long.MIN_VALUE);
      assertThat(rows.getBigDecimal(4))
          .isEqualByComparingTo("9999999999999999999999999999.9999999999");
      assertThat(rows.getString(5)).isEqualTo("Größe 🦆");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isNull();
    }
  }

  @Test
  void whatIsRoundedIsWarnedOfOnce() throws SQLException {
    for (String sql :
        new String[] {"SELECT n FROM loose", "SELECT UPPER(CAST(n AS VARCHAR)) FROM loose"}) {
      try (Connection connection = ours("UTC");
          Statement statement = connection.createStatement()) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          while (rows.next()) {
            // The warning is complete with the last row.
          }
          // Of the second, that PostgreSQL does not run all of it is told as well.
          List<SQLWarning> rounded = new ArrayList<>();
          for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
            if (!w.getSQLState().equals("01KP1")) {
              rounded.add(w);
            }
          }
          assertThat(rounded).as(sql).hasSize(1);
          assertThat(rounded.get(0).getSQLState()).isEqualTo("01004");
          assertThat(rounded.get(0).getMessage()).contains("rounded").contains("[query ");
          assertThat((Throwable) rows.getWarnings()).isNotNull();
        }
        try (ResultSet shown = statement.executeQuery("SHOW WARNINGS")) {
          List<String> states = new ArrayList<>();
          while (shown.next()) {
            states.add(shown.getString("sqlstate"));
          }
          states.remove("01KP1");
          assertThat(states).containsExactly("01004");
        }
        try (ResultSet rows = statement.executeQuery("SELECT n FROM loose WHERE n = 1")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.next()).isFalse();
          assertThat((Throwable) statement.getWarnings()).isNull();
        }
        try (ResultSet shown = statement.executeQuery("SHOW WARNINGS")) {
          assertThat(shown.next()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void timesThatAStockClientGetsCutAreWarnedOf(String encoding) throws SQLException {
    String fine = "TIMESTAMP '1969-12-31 23:59:59.999999'";
    try (Connection connection = stock(encoding)) {
      assertThat(warningsOf(connection, "SELECT NULL AS nothing, " + fine + " AS t"))
          .containsExactly(
              "01004 a time was cut to milliseconds, as this client reads no finer ones");
      assertThat(warningsOf(connection, "SELECT ARRAY[" + fine + "] AS t")).hasSize(1);
      assertThat(warningsOf(connection, "SELECT " + fine + " AS t, n FROM loose"))
          .singleElement()
          .asString()
          .contains("rounded", "; a time was cut to milliseconds");
      assertThat(warningsOf(connection, "SELECT TIMESTAMP '1969-12-31 23:59:59.999' AS t"))
          .isEmpty();
    }
    try (Connection connection = ours("UTC")) {
      assertThat(warningsOf(connection, "SELECT " + fine + " AS t")).isEmpty();
    }
  }

  /** What SHOW WARNINGS says of a statement whose rows were all read. */
  private static List<String> warningsOf(Connection connection, String sql) throws SQLException {
    List<String> warnings = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          // The warnings are complete with the last row.
        }
      }
      try (ResultSet shown = statement.executeQuery("SHOW WARNINGS")) {
        while (shown.next()) {
          warnings.add(shown.getString("sqlstate") + " " + shown.getString("warning"));
        }
      }
    }
    return warnings;
  }

  /** A stock client does not say to the server what it wants of a prepared statement. */
  @Test
  void w9MaxRowsHoldsForStatementsAndOurPreparedOnes() throws SQLException {
    for (String kind : new String[] {"ours", "json", "protobuf"}) {
      try (Connection connection = kind.equals("ours") ? ours("UTC") : stock(kind);
          Statement statement = connection.createStatement();
          PreparedStatement prepared = connection.prepareStatement("SELECT id FROM kinds")) {
        statement.setMaxRows(1);
        prepared.setMaxRows(1);
        try (ResultSet rows = statement.executeQuery("SELECT id FROM kinds")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.next()).as(kind).isFalse();
        }
        try (ResultSet rows = prepared.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.next()).as("prepared, " + kind).isEqualTo(!kind.equals("ours"));
        }
      }
    }
  }
}

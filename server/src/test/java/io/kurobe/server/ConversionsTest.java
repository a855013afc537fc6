package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code supportsConvert} says of each two types whether {@code {fn CONVERT}} is between them. */
@Timeout(120)
class ConversionsTest {
  /** A column of each type; of text there is one for each type that it is to become. */
  private static final Map<JDBCType, String> COLUMNS = new LinkedHashMap<>();

  private static final Map<JDBCType, String> TEXTS = new LinkedHashMap<>();

  static {
    COLUMNS.put(JDBCType.BOOLEAN, "CAST(1 = 1 AS BOOLEAN)");
    COLUMNS.put(JDBCType.SMALLINT, "CAST(3 AS SMALLINT)");
    COLUMNS.put(JDBCType.INTEGER, "CAST(3 AS INTEGER)");
    COLUMNS.put(JDBCType.BIGINT, "CAST(3 AS BIGINT)");
    COLUMNS.put(JDBCType.REAL, "CAST(3 AS REAL)");
    COLUMNS.put(JDBCType.DOUBLE, "CAST(3 AS DOUBLE PRECISION)");
    COLUMNS.put(JDBCType.DECIMAL, "CAST(3 AS DECIMAL(10, 2))");
    COLUMNS.put(JDBCType.DATE, "DATE '2024-02-03'");
    COLUMNS.put(JDBCType.TIME, "TIME '04:05:06'");
    COLUMNS.put(JDBCType.TIMESTAMP, "TIMESTAMP '2024-02-03 04:05:06'");
    COLUMNS.put(JDBCType.VARCHAR, "");
    TEXTS.put(JDBCType.BOOLEAN, "true");
    TEXTS.put(JDBCType.DATE, "2024-02-03");
    TEXTS.put(JDBCType.TIME, "04:05:06");
    TEXTS.put(JDBCType.TIMESTAMP, "2024-02-03 04:05:06");
  }

  private static ConfiguredGateway gateway;
  private static Connection connection;
  private static DatabaseMetaData metadata;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    StringBuilder table = new StringBuilder();
    COLUMNS.forEach(
        (type, expression) -> {
          if (type != JDBCType.VARCHAR) {
            table.append(table.isEmpty() ? "CREATE TABLE v AS SELECT " : ", ");
            table.append(expression).append(" AS c_").append(type);
          }
        });
    for (JDBCType type : JDBCType.values()) {
      String name = type.name();
      String text = TEXTS.getOrDefault(type, "3");
      table.append(", CAST('").append(text).append("' AS VARCHAR) AS t_").append(name);
    }
    PostgresServer.Database sales = PostgresServer.database("conversions", table.toString());
    Path file = directory.resolve("web.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute(table.toString());
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
    connection = gateway.connect("/sales/public");
    metadata = connection.getMetaData();
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    gateway.close();
  }

  private static String outcome(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return JDBCType.valueOf(row.getMetaData().getColumnType(1)) + " " + row.getString(1);
    } catch (SQLException e) {
      // A refusal, and no fault inside.
      assertThat(e.getSQLState()).as("%s: %s", sql, e).isNotEqualTo("XX000");
      return "refused";
    }
  }

  /** What comes of a conversion at each source, and without one. */
  private static List<String> outcomes(JDBCType from, JDBCType to, String type) {
    boolean text = from == JDBCType.VARCHAR;
    String column = text ? "t_" + to : "c_" + from;
    String value =
        text ? "CAST('" + TEXTS.getOrDefault(to, "3") + "' AS VARCHAR)" : COLUMNS.get(from);
    return Stream.of(column + ", %s)} FROM sales.public.v", column + ", %s)} FROM web.main.v")
        .map(call -> outcome("SELECT {fn CONVERT(" + call.formatted(type)))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                outcomes -> {
                  outcomes.add(outcome("SELECT {fn CONVERT(" + value + ", " + type + ")}"));
                  return outcomes;
                }));
  }

  private static String expected(JDBCType to, String given) {
    JDBCType type =
        switch (to) {
          case CHAR -> JDBCType.VARCHAR;
          case FLOAT -> JDBCType.DOUBLE;
          case NUMERIC -> JDBCType.DECIMAL;
          default -> to;
        };
    return type + given.substring(given.indexOf(' '));
  }

  @Test
  void whatIsSaidToConvertDoesSoEverywhere() throws SQLException {
    assertThat(metadata.supportsConvert()).isTrue();
    int claimed = 0;
    for (JDBCType from : COLUMNS.keySet()) {
      for (JDBCType to : JDBCType.values()) {
        if (metadata.supportsConvert(from.getVendorTypeNumber(), to.getVendorTypeNumber())) {
          claimed++;
          for (String type : List.of("SQL_" + to, to.name())) {
            List<String> outcomes = outcomes(from, to, type);
            assertThat(outcomes)
                .as("%s to %s", from, type)
                .doesNotContain("refused")
                .containsOnly(expected(to, outcomes.get(0)));
          }
        }
      }
    }
    assertThat(claimed).isEqualTo(102);
  }

  @Test
  void whatIsNotSaidToConvertIsRefusedSomewhere() throws SQLException {
    Set<JDBCType> bytes = Set.of(JDBCType.BINARY, JDBCType.VARBINARY);
    for (JDBCType from : COLUMNS.keySet()) {
      for (JDBCType to : JDBCType.values()) {
        if (!bytes.contains(to)
            && !metadata.supportsConvert(from.getVendorTypeNumber(), to.getVendorTypeNumber())) {
          assertThat(outcomes(from, to, to.name())).as("%s to %s", from, to).contains("refused");
        }
      }
    }
  }

  @Test
  void aConversionIsOfWhateverExpression() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(
              ConfiguredGateway.rows(
                  statement.executeQuery(
                      "SELECT {fn CONVERT({fn UCASE({fn CONVERT(c_INTEGER + 1, SQL_VARCHAR)})},"
                          + " SQL_BIGINT)}, {fn CONVERT({d '2024-02-29'}, TIMESTAMP)},"
                          + " {fn CONVERT('a longer text', SQL_CHAR)} FROM v")))
          .containsExactly("4 2024-02-29 00:00:00 a longer text");
    }
  }
}

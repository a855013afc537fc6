package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tools ask for columns by queries that can have no rows. They are answered from the catalog: the
 * source of these tests is killed once the catalog is known, so that whoever asks it fails.
 */
@Timeout(120)
class ProbesTest {
  private static final List<String> COLUMNS =
      List.of(
          "b BOOLEAN",
          "s SMALLINT",
          "i BIGINT",
          "r REAL",
          "d DOUBLE",
          "n DECIMAL 12.3",
          "t VARCHAR",
          "c CHAR 5",
          "y VARBINARY",
          "day DATE",
          "at TIME",
          "ts TIMESTAMP",
          "tz TIMESTAMP WITH TIME ZONE",
          "u UUID",
          "j JSON",
          "a INTEGER ARRAY",
          "p ROW(x INTEGER, y VARCHAR)");

  @TempDir private static Path directory;
  private static OwnPostgres postgres;
  private static ConfiguredGateway gateway;

  @BeforeAll
  static void startAndKillTheSource() throws Exception {
    postgres = OwnPostgres.start(directory);
    postgres.execute(
        "CREATE TYPE point2 AS (x int, y text);"
            + "CREATE TABLE kinds (b boolean, s smallint, i bigint, r real, d double precision,"
            + " n numeric(12, 3), t text, c char(5), y bytea, day date, at time, ts timestamp,"
            + " tz timestamptz, u uuid, j jsonb, a int[], p point2);"
            + "INSERT INTO kinds (s, i) VALUES (1, 1)");
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              pg: {type: postgres, url: "%s", user: postgres}
            """
                .formatted(postgres.url()));
    try (Connection connection = gateway.connect("/pg/public");
        Statement statement = connection.createStatement()) {
      assertThat(ConfiguredGateway.rows(statement.executeQuery("SELECT s, i FROM kinds")))
          .containsExactly("1 1");
    }
    postgres.kill();
  }

  @AfterAll
  static void stop() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
    if (!postgres.isUp()) {
      // Closing one that was killed complains.
      postgres.restart();
    }
    postgres.close();
  }

  @Test
  void theSourceIsGone() throws SQLException {
    try (Connection connection = gateway.connect("/pg/public");
        Statement statement = connection.createStatement()) {
      assertThat(SqlStates.of(() -> statement.executeQuery("SELECT * FROM kinds").next()))
          .isEqualTo("HV00N");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM kinds WHERE 1=0",
        "SELECT * FROM kinds WHERE 1 <> 1 ORDER BY s",
        "SELECT * FROM kinds LIMIT 0",
        "SELECT * FROM kinds FETCH FIRST 0 ROWS ONLY",
        "SELECT * FROM (SELECT * FROM kinds ORDER BY i) x LIMIT 0",
        "SELECT * FROM (SELECT * FROM kinds) x WHERE (0 = 1)",
        "SELECT k.* FROM kinds k JOIN kinds l ON l.i = k.i WHERE FALSE",
        "SELECT * FROM kinds WHERE s IN (SELECT s FROM kinds) AND 1 = 0",
        "SELECT * FROM (SELECT * FROM kinds LIMIT 0) x UNION ALL SELECT * FROM kinds WHERE FALSE",
        "WITH x AS (SELECT * FROM kinds) SELECT * FROM x LIMIT 0"
      })
  void columnsOfEveryTypeAreToldWithoutAskingTheSource(String probe) throws SQLException {
    try (Connection connection = gateway.connect("/pg/public");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(probe)) {
      assertThat(columns(rows.getMetaData())).isEqualTo(COLUMNS);
      assertThat(rows.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT TRUE FROM kinds WHERE 1<>1 LIMIT 0",
        "SELECT b FROM kinds WHERE 1 = 0 GROUP BY b HAVING COUNT(*) > 0",
        "SELECT DISTINCT b FROM kinds WHERE NULL",
        "SELECT b FROM kinds INTERSECT SELECT b FROM kinds WHERE 1 = 0",
        "SELECT b FROM kinds WHERE 1 = 0 EXCEPT SELECT b FROM kinds",
        "SELECT q.b FROM (SELECT b, SUM(i) OVER (ORDER BY s) FROM kinds LIMIT 0) q"
            + " LEFT JOIN kinds k ON k.b = q.b",
        "SELECT k.b FROM kinds k JOIN (SELECT i FROM kinds LIMIT 0) x ON x.i = k.i"
      })
  void aTableIsProbedWithoutAskingTheSource(String probe) throws SQLException {
    try (Connection connection = gateway.connect("/pg/public");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(probe)) {
      assertThat(rows.getMetaData().getColumnCount()).isEqualTo(1);
      assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("BOOLEAN");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void theGroupOfNoRowsIsARow() throws SQLException {
    try (Connection connection = gateway.connect("/pg/public");
        Statement statement = connection.createStatement()) {
      assertThat(
              ConfiguredGateway.rows(
                  statement.executeQuery("SELECT COUNT(*), MAX(t) FROM kinds WHERE 1 = 0")))
          .containsExactly("0 null");
      assertThat(
              ConfiguredGateway.rows(
                  statement.executeQuery(
                      "SELECT t, COUNT(*) FROM kinds WHERE 1 = 0 GROUP BY ROLLUP (t)")))
          .containsExactly("null 0");
    }
  }

  @Test
  void aPreparedStatementTellsItsColumnsWithoutAskingTheSource() throws SQLException {
    try (Connection connection = gateway.connect("/pg/public");
        PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM kinds WHERE t = ? AND n > ?")) {
      assertThat(columns(statement.getMetaData())).isEqualTo(COLUMNS);
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(2);
    }
  }

  private static List<String> columns(ResultSetMetaData metadata) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int column = 1; column <= metadata.getColumnCount(); column++) {
      String type = metadata.getColumnTypeName(column);
      String size =
          switch (type) {
            case "DECIMAL" -> " " + metadata.getPrecision(column) + "." + metadata.getScale(column);
            case "CHAR" -> " " + metadata.getPrecision(column);
            default -> "";
          };
      columns.add(metadata.getColumnLabel(column) + " " + type + size);
    }
    return columns;
  }
}

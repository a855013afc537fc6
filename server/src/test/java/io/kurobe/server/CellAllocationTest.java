package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the driver allocates for each cell that is read, counted by the JVM: nothing where JDBC
 * gives a primitive, and hardly more than the object itself where it gives one. It does not depend
 * on what the compiler makes of it, so that what it finds is the same on any machine.
 */
@Timeout(120)
class CellAllocationTest {
  private static final int ROWS = 200_000;
  private static final int WARM_UP = 20_000;

  /** Less than any object per cell has; the JVM itself allocates now and then. */
  private static final double NOTHING = 2;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    Path file = directory.resolve("cells.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE cells AS SELECT i::BIGINT + 5000000000 AS l, i::INTEGER AS i,"
              + " (i % 30000)::SMALLINT AS s, (i % 100)::TINYINT AS b, i / 7.0::DOUBLE AS d,"
              + " (i / 7.0)::FLOAT AS r, i % 2 = 0 AS flag, (i * 1.25)::DECIMAL(12, 2) AS n,"
              + " (i::DECIMAL(38, 2) * 100000000000000000000) AS wide,"
              + " 'text ' || (1000000 + i) AS t, DATE '2020-01-01' + (i % 2000)::INTEGER AS day,"
              + " TIMESTAMP '2020-01-01 00:00:00.123456' + INTERVAL (i) SECOND AS ts,"
              + " 'bytes'::BLOB AS y, CASE WHEN i % 3 > 0 THEN i END::BIGINT AS gaps"
              + " FROM range("
              + ROWS
              + ") AS t(i)");
    }
    gateway =
        ConfiguredGateway.start(directory, "sources:\n  web: {type: duckdb, path: cells.duckdb}\n");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** Reads cells of a row, of which only what they leave is kept. */
  private interface Reading {
    long of(ResultSet row) throws SQLException;
  }

  private long kept;

  /** Which no compiler leaves out. */
  private volatile Object escaped;

  /** Bytes that a reading allocates for a row on average, once it has been done for a while. */
  private double bytesPerRow(String columns, Reading reading) throws SQLException {
    long allocated = 0;
    int rows = 0;
    try (Connection connection = gateway.connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT " + columns + " FROM web.main.cells")) {
      try (ResultSet row = statement.executeQuery()) {
        for (int i = 0; i < WARM_UP && row.next(); i++) {
          kept += reading.of(row);
        }
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          kept += reading.of(row);
          allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
          rows++;
        }
      }
    }
    assertThat(rows).isEqualTo(ROWS);
    assertThat(kept).as("what was read").isNotZero();
    return (double) allocated / rows;
  }

  private void allocates(double most, String columns, Reading reading) throws SQLException {
    double bytes = bytesPerRow(columns, reading);
    assertThat(bytes).as("bytes for each row of " + columns).isLessThan(most);
  }

  @Test
  void theMeasureSeesAnObject() throws SQLException {
    double array =
        bytesPerRow(
            "l",
            row -> {
              escaped = new long[2];
              return 1;
            });
    assertThat(escaped).isInstanceOf(long[].class);
    assertThat(array).isBetween(31.0, 33.0);
    assertThat(bytesPerRow("l", row -> 1)).isLessThan(NOTHING);
  }

  @Test
  void numbersAndTruthValuesAreReadWithoutAnObject() throws SQLException {
    allocates(NOTHING, "l", row -> row.getLong(1));
    allocates(NOTHING, "i", row -> row.getInt(1));
    allocates(NOTHING, "i AS wider", row -> row.getLong(1));
    allocates(NOTHING, "i AS narrower, l", row -> row.getInt("narrower"));
    allocates(NOTHING, "s", row -> row.getShort(1));
    allocates(NOTHING, "b", row -> row.getByte(1));
    allocates(NOTHING, "d", row -> (long) row.getDouble(1));
    allocates(NOTHING, "r", row -> (long) row.getFloat(1));
    allocates(NOTHING, "r AS real_as_double", row -> (long) row.getDouble(1));
    allocates(NOTHING, "i AS int_as_double", row -> (long) row.getDouble(1));
    allocates(NOTHING, "flag", row -> row.getBoolean(1) ? 1 : 0);
    allocates(NOTHING, "i AS truth", row -> row.getBoolean(1) ? 1 : 0);
    allocates(NOTHING, "n AS n_double", row -> (long) row.getDouble(1));
    allocates(NOTHING, "n AS n_long", row -> row.getLong(1));
    allocates(NOTHING, "n AS n_int", row -> row.getInt(1));
    allocates(NOTHING, "gaps", row -> row.getLong(1) + (row.wasNull() ? 1 : 0));
    allocates(NOTHING, "gaps AS g", row -> row.getInt(1) + (row.wasNull() ? 1 : 0));
    // A whole row, as a tool reads it.
    allocates(
        NOTHING,
        "l, i, s, d, flag, n",
        row ->
            row.getLong(1)
                + row.getInt(2)
                + row.getShort(3)
                + (long) row.getDouble(4)
                + (row.getBoolean(5) ? 1 : 0)
                + (long) row.getDouble(6));
  }

  @Test
  void whatIsAnObjectIsHardlyMore() throws SQLException {
    allocates(48, "n", row -> row.getBigDecimal(1).scale());
    allocates(240, "wide", row -> row.getBigDecimal(1).scale());
    allocates(64, "t", row -> row.getString(1).length());
    allocates(64, "l AS l_text", row -> row.getString(1).length());
    allocates(64, "i AS i_text", row -> row.getString(1).length());
    allocates(NOTHING, "flag AS truth_text", row -> row.getString(1).length());
    allocates(112, "n AS n_text", row -> row.getString(1).length());
    allocates(32, "y", row -> row.getBytes(1).length);
    allocates(32, "l AS l_object", row -> (Long) row.getObject(1));
    allocates(32, "i AS i_object", row -> (Integer) row.getObject(1));
    allocates(96, "t AS t_object", row -> ((String) row.getObject(1)).length());
    allocates(48, "n AS n_object", row -> ((BigDecimal) row.getObject(1)).scale());
    allocates(32, "day AS day_local", row -> row.getObject(1, LocalDate.class).getDayOfMonth());
    allocates(240, "day", row -> row.getDate(1).getTime());
    allocates(400, "ts", row -> row.getTimestamp(1).getNanos());
  }
}

package io.kurobe.adapters.trino;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceContract;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Field;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * {@link SourceContract} of a Trino, by one of its protocols. A subclass has a schema of its own in
 * the server that all share.
 */
abstract class TrinoContract extends SourceContract {
  private final BufferAllocator allocator = new RootAllocator();
  private final DuckDbInstance duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
  private Source source;

  /** The JDBC URL of the subclass's schema. */
  abstract String url();

  /** Makes a schema of the memory catalog, with the tables. */
  static void fill(String schema) throws SQLException {
    String url = TrinoServer.url("memory/" + schema);
    try (var connection = DriverManager.getConnection(url, "test", null);
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA memory." + schema);
      statement.execute(
          "CREATE TABLE people (id INTEGER, name VARCHAR, born DATE, height DECIMAL(5, 2))");
      statement.execute(
          "INSERT INTO people VALUES (1, 'Ada', DATE '1815-12-10', DECIMAL '1.65'),"
              + " (2, 'Žofia 山', NULL, NULL), (3, '', DATE '1970-01-01', DECIMAL '2.00'),"
              + " (4, NULL, DATE '1582-10-04', DECIMAL '-0.01')");
      statement.execute("COMMENT ON TABLE people IS 'who we know'");
      statement.execute(
          "CREATE TABLE types (a ARRAY(INTEGER), m MAP(VARCHAR, INTEGER),"
              + " r ROW(x INTEGER, \"y z\" ARRAY(VARCHAR(3))), t TIMESTAMP(9),"
              + " z TIMESTAMP(3) WITH TIME ZONE, u UUID, j JSON, b VARBINARY, c CHAR(3),"
              + " tm TIME(3), d DOUBLE, s SMALLINT)");
    }
  }

  @BeforeEach
  void open() {
    source = make(SourceConfig.ofUrl("lake", "trino", url(), "kurobe"));
  }

  @AfterEach
  void close() {
    source.close();
    duckDb.close();
    allocator.close();
  }

  final Source make(SourceConfig config) {
    return new TrinoSourceFactory().create(config, new SourceRuntime(allocator, duckDb));
  }

  @Override
  protected Source source() {
    return source;
  }

  @Override
  protected BufferAllocator allocator() {
    return allocator;
  }

  /** So many that nobody looks at each come as one split gives them: to sort them takes seconds. */
  @Override
  protected String numbers(int count) {
    return "SELECT n FROM (SELECT (a - 1) * 10000 + b AS n FROM UNNEST(sequence(1, "
        + (count / 10_000 + 1)
        + ")) x(a), UNNEST(sequence(1, 10000)) y(b)) WHERE n <= "
        + count
        + (count <= 10_000 ? " ORDER BY n" : "");
  }

  @Override
  protected String slow() {
    return "SELECT count(*) FROM tpch.sf1000.lineitem WHERE comment LIKE '%zzz%'";
  }

  @Override
  protected String failing() {
    return "SELECT 10 / (orderkey - 60000) FROM tpch.tiny.orders";
  }

  @Override
  protected Sample wide() {
    return new Sample("DECIMAL '12345.67'", SqlType.decimal(5, 1), "12345.67");
  }

  @Override
  protected Optional<String> nanoseconds() {
    return Optional.of("TIMESTAMP '1969-12-31 23:59:59.999999999'");
  }

  @Override
  protected Optional<Source> down() {
    return Optional.of(
        make(SourceConfig.ofUrl("gone", "trino", "jdbc:trino://127.0.0.1:1/memory", "kurobe")));
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        new Sample("true", SqlType.BOOLEAN, true),
        new Sample("CAST(NULL AS BIGINT)", SqlType.BIGINT, null),
        new Sample("TINYINT '-128'", SqlType.TINYINT, (byte) -128),
        new Sample("SMALLINT '7'", SqlType.SMALLINT, (short) 7),
        new Sample("9223372036854775807", SqlType.BIGINT, Long.MAX_VALUE),
        new Sample("REAL '1.5'", SqlType.REAL, 1.5f),
        new Sample("nan()", SqlType.DOUBLE, Double.NaN),
        new Sample("-infinity()", SqlType.DOUBLE, Double.NEGATIVE_INFINITY),
        new Sample(
            "DECIMAL '12345678901234567890123456789012345.678'",
            SqlType.decimal(38, 3),
            new BigDecimal("12345678901234567890123456789012345.678")),
        new Sample("7", SqlType.decimal(10, 2), new BigDecimal("7.00")),
        new Sample("'Žofia 山'", SqlType.VARCHAR, "Žofia 山"),
        new Sample("''", SqlType.VARCHAR, ""),
        new Sample("CAST('ab' AS CHAR(4))", SqlType.character(4), "ab"),
        new Sample("JSON '{\"a\": 1}'", SqlType.JSON, "{\"a\":1}"),
        new Sample("X'00ff'", SqlType.VARBINARY, ByteBuffer.wrap(new byte[] {0, -1})),
        new Sample("DATE '1582-10-04'", SqlType.DATE, LocalDate.of(1582, 10, 4)),
        new Sample(
            "TIME '23:59:59.123456789'", SqlType.TIME, LocalTime.of(23, 59, 59, 123_456_000)),
        new Sample(
            "TIMESTAMP '2024-03-31 02:30:00.123456789012'",
            SqlType.TIMESTAMP,
            LocalDateTime.of(2024, 3, 31, 2, 30, 0, 123_456_000)),
        new Sample(
            "TIMESTAMP '2024-02-29 12:00:00.000001 Europe/Paris'",
            SqlType.TIMESTAMP_TZ,
            Instant.parse("2024-02-29T11:00:00.000001Z")),
        new Sample(
            "TIMESTAMP '2024-02-29 12:00:00 +05:30'",
            SqlType.TIMESTAMP_TZ,
            Instant.parse("2024-02-29T06:30:00Z")),
        new Sample("INTERVAL '14' MONTH", SqlType.INTERVAL_YEAR_MONTH, Period.of(1, 2, 0)),
        new Sample(
            "INTERVAL -'1 00:00:01.5' DAY TO SECOND",
            SqlType.INTERVAL_DAY_TIME,
            Duration.ofDays(-1).minusMillis(1500)),
        new Sample(
            "UUID '00112233-4455-6677-8899-aabbccddeeff'",
            SqlType.UUID,
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
        new Sample("ARRAY[1, 2]", SqlType.array(SqlType.INTEGER), List.of(1, 2)),
        new Sample(
            "ARRAY[ARRAY['a'], ARRAY[]]",
            SqlType.array(SqlType.array(SqlType.VARCHAR)),
            List.of(List.of("a"), List.of())),
        new Sample(
            "ARRAY[TIMESTAMP '2024-02-29 12:00:00.5']",
            SqlType.array(SqlType.TIMESTAMP),
            List.of(LocalDateTime.of(2024, 2, 29, 12, 0, 0, 500_000_000))),
        new Sample(
            "MAP(ARRAY['a'], ARRAY[1])",
            SqlType.map(SqlType.VARCHAR, SqlType.INTEGER),
            Map.of("a", 1)),
        new Sample(
            "CAST(ROW(1, 'x') AS ROW(a INTEGER, b VARCHAR))",
            SqlType.row(
                List.of(
                    new Field("a", SqlType.INTEGER, true), new Field("b", SqlType.VARCHAR, true))),
            List.of(1, "x")));
  }
}

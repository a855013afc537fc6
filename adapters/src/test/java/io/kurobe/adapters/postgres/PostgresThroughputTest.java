package io.kurobe.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.embedded.DuckDbStage;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Field;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;

/**
 * How fast rows leave the server, and how fast they are staged in the engine, against how fast the
 * driver gives the same messages: six columns of TPC-H's orders, at scale factor 1. Rates alone
 * would say more of the machine than of us.
 */
@Tag("conformance")
class PostgresThroughputTest {
  private static final int ROWS = 1_500_000;
  private static final int WARM_UP = 3;
  private static final int RUNS = 7;

  private interface Work {
    /** Moves all rows and says how many they were. */
    long run() throws Exception;
  }

  @Test
  void decodesAndStagesNearlyAsFastAsTheDriverGivesMessages() throws Exception {
    PostgresServer.Database database =
        PostgresServer.database(
            "throughput",
            """
            CREATE TABLE orders AS
              SELECT n::bigint AS orderkey, n::bigint * 7919 %% 150000 AS custkey,
                (n %% 40000000 / 100.0 + 857.71)::numeric(12, 2) AS totalprice,
                date '1992-01-01' + n %% 2400 AS orderdate, n %% 5 AS priority,
                'Clerk#' || lpad((n %% 1000)::text, 9, '0') AS clerk
              FROM generate_series(1, %d) AS n
            """
                .formatted(ROWS),
            "VACUUM ANALYZE orders");
    List<Field> columns =
        List.of(
            new Field("orderkey", SqlType.BIGINT, false),
            new Field("custkey", SqlType.BIGINT, false),
            new Field("totalprice", SqlType.decimal(12, 2), false),
            new Field("orderdate", SqlType.DATE, false),
            new Field("priority", SqlType.INTEGER, false),
            new Field("clerk", SqlType.VARCHAR, false));
    var request =
        new ReadRequest(
            "SELECT * FROM orders", columns, ZoneOffset.UTC, Duration.ofMinutes(2), 65_536);
    try (var allocator = new RootAllocator();
        DuckDbInstance duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
        DuckDBConnection connection = duckDb.connect();
        Connection raw = DriverManager.getConnection(database.url(), database.user(), "");
        Source source =
            new PostgresSource(
                SourceConfig.ofUrl("sales", "postgres", database.url(), database.user()),
                allocator)) {
      Map<String, Work> works = new LinkedHashMap<>();
      works.put("raw", () -> messages(raw, CopyStatement.of(request)));
      works.put("read", () -> read(source, request));
      works.put("staged", () -> stage(source, request, connection, allocator));
      for (int i = 0; i < WARM_UP; i++) {
        round(works);
      }
      Map<String, double[]> rates = new LinkedHashMap<>();
      works.keySet().forEach(name -> rates.put(name, new double[RUNS]));
      for (int i = 0; i < RUNS; i++) {
        int run = i;
        round(works).forEach((name, rate) -> rates.get(name)[run] = rate);
      }
      double ceiling = median(rates.get("raw"));
      double read = median(rates.get("read"));
      double staged = median(rates.get("staged"));
      System.out.printf(
          "million rows/s: raw COPY %.2f, decoded %.2f (%.2f of it), staged %.2f (%.2f of it)%n",
          ceiling / 1e6, read / 1e6, read / ceiling, staged / 1e6, staged / ceiling);
      assertThat(read / ceiling).isGreaterThan(0.6);
      assertThat(staged / ceiling).isGreaterThan(0.4);
    }
  }

  /** The ceiling: the same COPY, its messages taken from the driver and dropped. */
  private static long messages(Connection connection, String copy) throws SQLException {
    CopyOut out = connection.unwrap(PgConnection.class).getCopyAPI().copyOut(copy);
    long messages = 0;
    while (out.readFromCopy() != null) {
      messages++;
    }
    // A message a row, and the trailer; the header comes with the first row.
    return messages - 1;
  }

  private static long read(Source source, ReadRequest request) throws IOException {
    long rows = 0;
    try (BatchStream stream = source.read(request)) {
      while (stream.reader().loadNextBatch()) {
        rows += stream.reader().getVectorSchemaRoot().getRowCount();
      }
    }
    return rows;
  }

  private static long stage(
      Source source, ReadRequest request, DuckDBConnection connection, BufferAllocator allocator)
      throws SQLException {
    try (BatchStream stream = source.read(request);
        Statement statement = connection.createStatement()) {
      long rows = DuckDbStage.load(connection, "o", stream.reader(), allocator);
      statement.execute("DROP TABLE o");
      return rows;
    }
  }

  /** Each work once, one after the other, so that what else the machine does meets all alike. */
  private static Map<String, Double> round(Map<String, Work> works) throws Exception {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (Map.Entry<String, Work> work : works.entrySet()) {
      long start = System.nanoTime();
      assertThat(work.getValue().run()).isEqualTo(ROWS);
      rates.put(work.getKey(), ROWS / ((System.nanoTime() - start) / 1e9));
    }
    return rates;
  }

  private static double median(double[] rates) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

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
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast rows leave the server, and how fast they are staged in the engine: six columns of
 * TPC-H's orders, at scale factor 1.
 */
@Tag("conformance")
class PostgresThroughputTest {
  private static final int ROWS = 1_500_000;
  private static final int WARM_UP = 3;
  private static final int RUNS = 7;

  private interface Work {
    /** Takes all rows of a stream and says how many they were. */
    long run(BatchStream stream) throws Exception;
  }

  @Test
  void readsAndStagesHalfAMillionRowsASecondAtLeast() throws Exception {
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
        Source source =
            new PostgresSource(
                SourceConfig.ofUrl("sales", "postgres", database.url(), database.user()),
                allocator)) {
      for (int i = 0; i < WARM_UP; i++) {
        median("warming up", 1, source, request, PostgresThroughputTest::rows);
      }
      double read = median("read", RUNS, source, request, PostgresThroughputTest::rows);
      double staged =
          median(
              "staged",
              RUNS,
              source,
              request,
              stream -> {
                long rows = DuckDbStage.load(connection, "o", stream.reader(), allocator);
                try (Statement statement = connection.createStatement()) {
                  statement.execute("DROP TABLE o");
                }
                return rows;
              });
      assertThat(read).isGreaterThan(500_000);
      assertThat(staged).isGreaterThan(500_000);
    }
  }

  private static long rows(BatchStream stream) throws IOException {
    long rows = 0;
    while (stream.reader().loadNextBatch()) {
      rows += stream.reader().getVectorSchemaRoot().getRowCount();
    }
    return rows;
  }

  /** Rows a second, the median of some runs. */
  private static double median(String what, int runs, Source source, ReadRequest request, Work work)
      throws Exception {
    var rates = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      try (BatchStream stream = source.read(request)) {
        assertThat(work.run(stream)).isEqualTo(ROWS);
      }
      rates[i] = ROWS / ((System.nanoTime() - start) / 1e9);
    }
    Arrays.sort(rates);
    System.out.printf("%s: %.2f million rows/s%n", what, rates[runs / 2] / 1e6);
    return rates[runs / 2];
  }
}

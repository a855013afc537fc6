package io.kurobe.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Field;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast rows leave the server: six columns of TPC-H's orders, at scale factor 1. */
@Tag("conformance")
class PostgresThroughputTest {
  private static final int ROWS = 1_500_000;

  @Test
  void readsHalfAMillionRowsASecondAtLeast() throws Exception {
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
    double best = 0;
    try (var allocator = new RootAllocator();
        Source source =
            new PostgresSource(
                SourceConfig.ofUrl("sales", "postgres", database.url(), database.user()),
                allocator)) {
      for (int i = 0; i < 6; i++) {
        long start = System.nanoTime();
        long rows = 0;
        try (BatchStream stream = source.read(request)) {
          while (stream.reader().loadNextBatch()) {
            rows += stream.reader().getVectorSchemaRoot().getRowCount();
          }
        }
        assertThat(rows).isEqualTo(ROWS);
        double seconds = (System.nanoTime() - start) / 1e9;
        best = Math.max(best, ROWS / seconds);
        System.out.printf("%.2f s, %.2f million rows/s%n", seconds, ROWS / seconds / 1e6);
      }
    }
    assertThat(best).isGreaterThan(500_000);
  }
}

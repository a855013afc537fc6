package io.kurobe.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.type.SqlType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of connections: reuse, cancel, loss, exhaustion. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresConnectionsTest {
  private static final String SLOW = "SELECT count(*) FROM generate_series(1, 2000000000) AS n";

  private final BufferAllocator allocator = new RootAllocator();
  private final PostgresServer.Database database = PostgresServer.database("connections");
  private final Source source =
      new PostgresSource(
          SourceConfig.ofUrl("sales", "postgres", database.url(), database.user()), allocator);

  @AfterAll
  void close() {
    source.close();
    allocator.close();
  }

  private static ReadRequest request(String sql, SqlType type) {
    return new ReadRequest(
        sql,
        List.of(new SqlType.Field("v", type, true)),
        ZoneOffset.UTC,
        Duration.ofSeconds(60),
        1_000);
  }

  private static CompletableFuture<KurobeException> failing(BatchStream stream) {
    return CompletableFuture.supplyAsync(
        () -> catchThrowableOfType(KurobeException.class, () -> Rows.batches(stream.reader())));
  }

  @Test
  void closedMidStreamTheConnectionIsUsedAgain() throws Exception {
    List<Integer> backends = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      try (BatchStream stream =
          source.read(
              request(
                  "SELECT pg_backend_pid() FROM generate_series(1, 5000000)", SqlType.INTEGER))) {
        assertThat(stream.reader().loadNextBatch()).isTrue();
        backends.add((Integer) Rows.of(stream.reader().getVectorSchemaRoot()).get(0).get(0));
      }
    }
    assertThat(backends.stream().distinct()).hasSize(1);
    awaitNothingRunning();
  }

  @Test
  void cancelLeavesNothingRunningAtTheServer() throws Exception {
    try (BatchStream stream = source.read(request(SLOW, SqlType.BIGINT))) {
      CompletableFuture<KurobeException> reading = failing(stream);
      while (running() == 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      long start = System.nanoTime();
      stream.cancel();
      assertThat(reading.get(20, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
    awaitNothingRunning();
  }

  @Test
  void closeFromAnotherThreadStopsAReadUnderWay() throws Exception {
    BatchStream stream = source.read(request(SLOW, SqlType.BIGINT));
    CompletableFuture<KurobeException> reading = failing(stream);
    while (running() == 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    stream.close();
    assertThat(reading.get(20, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
    awaitNothingRunning();
  }

  /** A backend takes a moment to notice that its connection is closed. */
  private void awaitNothingRunning() throws Exception {
    for (int i = 0; i < 1_000 && running() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(running()).isZero();
  }

  /** Queries of Kurobe that the server is working at, or has open transactions of. */
  private int running() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kurobe'"
                    + " AND datname = 'connections' AND state <> 'idle' AND query LIKE 'COPY%'")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void backendThatDiesIsSourceUnavailableAndTheNextReadWorks() throws Exception {
    try (BatchStream stream = source.read(request(SLOW, SqlType.BIGINT))) {
      CompletableFuture<KurobeException> reading = failing(stream);
      while (running() == 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kurobe'"
              + " AND datname = 'connections'");
      assertThat(reading.get(20, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    }
    assertThat(Rows.of(source.read(request("SELECT 1", SqlType.INTEGER))))
        .containsExactly(List.of(1));
  }

  /** Right away, as a pool looks at connections only that were idle for a while. */
  @Test
  void connectionsThatTheServerEndedInThePoolAreNotNoticed() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (BatchStream one = source.read(request("SELECT 1", SqlType.INTEGER));
          BatchStream other = source.read(request("SELECT 2", SqlType.INTEGER))) {
        assertThat(one.reader().loadNextBatch()).isTrue();
        assertThat(other.reader().loadNextBatch()).isTrue();
      }
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kurobe'"
              + " AND datname = 'connections'");
      if (i % 2 == 0) {
        assertThat(Rows.of(source.read(request("SELECT 1", SqlType.INTEGER))))
            .containsExactly(List.of(1));
      } else {
        assertThat(source.readCatalog().schemas()).isNotNull();
      }
    }
  }

  @Test
  void moreReadsThanConnectionsWaitThenSaySo() {
    SourceConfig plain = SourceConfig.ofUrl("small", "postgres", database.url(), database.user());
    try (Source small =
        new PostgresSource(
            new SourceConfig(
                plain.name(),
                plain.type(),
                plain.url(),
                plain.path(),
                plain.user(),
                plain.password(),
                plain.schemas(),
                plain.defaultSchema(),
                1,
                plain.poolIdle(),
                plain.timeout(),
                plain.numericScale(),
                plain.models(),
                plain.selection(),
                plain.tables()),
            allocator)) {
      String sql = "SELECT n FROM generate_series(1, 1000000) AS n";
      try (BatchStream first = small.read(request(sql, SqlType.BIGINT))) {
        assertThat(catchThrowableOfType(Exception.class, () -> first.reader().loadNextBatch()))
            .isNull();
        var second =
            new ReadRequest(
                sql,
                List.of(new SqlType.Field("n", SqlType.BIGINT, true)),
                ZoneOffset.UTC,
                Duration.ofMillis(500),
                100);
        KurobeException failure =
            catchThrowableOfType(KurobeException.class, () -> Rows.of(small.read(second)));
        assertThat(failure.code()).isEqualTo(ErrorCode.TOO_MANY_CONNECTIONS);
        assertThat(failure.hint()).isPresent();
      }
    }
  }

  @Test
  void configurationErrorsKeepSecrets() {
    KurobeException failure =
        catchThrowableOfType(
            KurobeException.class,
            () ->
                new PostgresSource(
                    SourceConfig.ofUrl("bad", "postgres", "jdbc:nothing?password=hush", "u"),
                    allocator));
    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(failure.getMessage()).contains("bad").doesNotContain("hush");
  }
}

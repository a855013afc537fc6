package io.kurobe.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.type.SqlType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A stream as the engine takes it: through Arrow's C data interface, read on DuckDB's threads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresIntoDuckDbTest {
  private final BufferAllocator allocator = new RootAllocator();
  private final DuckDbInstance duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
  private final PostgresServer.Database database = PostgresServer.database("into_duckdb");
  private final Source source =
      ServiceLoader.load(SourceFactory.class).stream()
          .map(ServiceLoader.Provider::get)
          .filter(factory -> factory.type().equals("postgres"))
          .findFirst()
          .orElseThrow()
          .create(
              SourceConfig.ofUrl("sales", "postgres", database.url(), database.user()),
              new SourceRuntime(allocator, duckDb));

  @AfterAll
  void close() {
    source.close();
    duckDb.close();
    allocator.close();
  }

  private BatchStream stream(String sql, SqlType... types) {
    List<SqlType.Field> columns = new ArrayList<>();
    for (SqlType type : types) {
      columns.add(new SqlType.Field("v" + columns.size(), type, true));
    }
    return source.read(
        new ReadRequest(sql, columns, ZoneOffset.UTC, Duration.ofMinutes(1), 10_000));
  }

  /** Runs a query of DuckDB over a stream that is there called {@code s}. */
  private String query(BatchStream stream, String sql) throws SQLException {
    try (DuckDBConnection connection = duckDb.connect();
        ArrowArrayStream exported = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, stream.reader(), exported);
      connection.registerArrowStream("s", exported);
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getString(1);
      }
    } finally {
      stream.close();
    }
  }

  @Test
  void valuesSurviveTheWholeWay() throws Exception {
    String sql =
        "SELECT n, 'Ž' || n, n / 4.0, date '2000-01-01' + n, n % 2 = 0, ARRAY[n, NULL],"
            + " timestamp '2024-01-01' + n * interval '1 microsecond', 'P1M', n::float8 / 3"
            + " FROM generate_series(1, 100000) AS n";
    assertThat(
            query(
                stream(
                    sql,
                    SqlType.BIGINT,
                    SqlType.VARCHAR,
                    SqlType.decimal(12, 2),
                    SqlType.DATE,
                    SqlType.BOOLEAN,
                    SqlType.array(SqlType.INTEGER),
                    SqlType.TIMESTAMP,
                    SqlType.JSON,
                    SqlType.DOUBLE),
                "SELECT concat_ws(' ', count(*), sum(v0), min(v1), max(v2), max(v3), count(*)"
                    + " FILTER (WHERE v4), sum(v5[1]), count(v5[2]), max(v6), max(v8)) FROM s"))
        .isEqualTo(
            "100000 5000050000 Ž1 25000.00 2273-10-16 50000 5000050000 0"
                + " 2024-01-01 00:00:00.1 33333.333333333336");
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  @Test
  void abandonedEarlyItGivesAllBack() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(
              query(
                  stream("SELECT n FROM generate_series(1, 3000000) AS n", SqlType.BIGINT),
                  "SELECT count(*) FROM (SELECT * FROM s LIMIT 20)"))
          .isEqualTo("20");
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  /** DuckDB itself says only that its result is invalid: the reader keeps what happened. */
  @Test
  void anErrorMidwayEndsTheQueryAndIsKeptByTheReader() {
    BatchStream stream =
        stream("SELECT 1 / (n - 90000) FROM generate_series(1, 200000) AS n", SqlType.INTEGER);
    SQLException failure =
        catchThrowableOfType(SQLException.class, () -> query(stream, "SELECT count(v0) FROM s"));
    assertThat(failure.getMessage()).isNotBlank();
    assertThat(kept(stream)).isEqualTo(ErrorCode.DIVISION_BY_ZERO);
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  @Test
  void cancelledItEndsTheQuery() throws Exception {
    BatchStream stream =
        stream("SELECT count(*) FROM generate_series(1, 2000000000) AS n", SqlType.BIGINT);
    CompletableFuture<SQLException> running =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowableOfType(
                    SQLException.class, () -> query(stream, "SELECT count(*) FROM s")));
    TimeUnit.MILLISECONDS.sleep(500);
    stream.cancel();
    assertThat(running.get(30, TimeUnit.SECONDS).getMessage()).isNotBlank();
    assertThat(kept(stream)).isEqualTo(ErrorCode.CANCELLED);
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  private static ErrorCode kept(BatchStream stream) {
    return catchThrowableOfType(KurobeException.class, () -> stream.reader().loadNextBatch())
        .code();
  }
}

package io.kurobe.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DuckDbStageTest {
  private static final List<SqlType.Field> COLUMNS =
      List.of(
          new SqlType.Field("i", SqlType.BIGINT, true),
          new SqlType.Field("Some \"text\"", SqlType.VARCHAR, true),
          new SqlType.Field("u", SqlType.UUID, true),
          new SqlType.Field("us", SqlType.array(SqlType.UUID), true),
          new SqlType.Field("d", SqlType.decimal(12, 2), true),
          new SqlType.Field("t", SqlType.TIMESTAMP, true),
          new SqlType.Field("z", SqlType.TIMESTAMP_TZ, true),
          new SqlType.Field("y", SqlType.INTERVAL_YEAR_MONTH, true),
          new SqlType.Field("s", SqlType.INTERVAL_DAY_TIME, true),
          new SqlType.Field("n", SqlType.NULL, true),
          new SqlType.Field("b", SqlType.VARBINARY, true),
          new SqlType.Field("tm", SqlType.TIME, true));

  private static final String ROWS =
      """
      SELECT i, 'text ' || i,
        '00112233-4455-6677-8899-aabbccddeeff'::UUID,
        ['00112233-4455-6677-8899-aabbccddeeff'::UUID, NULL],
        i::DECIMAL(12, 2) / 4, make_timestamp(i), to_timestamp(i), INTERVAL 14 MONTH,
        INTERVAL '1 day 1 second', NULL, 'ab'::BLOB, TIME '12:00:00.000001'
      FROM range(100000) r(i)
      """;

  private final BufferAllocator allocator = new RootAllocator();
  private final DuckDbInstance duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);

  @BeforeEach
  void attach() throws SQLException {
    duckDb.attachMemory("q1");
  }

  @AfterEach
  void close() throws SQLException {
    duckDb.detach("q1");
    duckDb.close();
    allocator.close();
  }

  @Test
  void aStagedTableHoldsWhatTheStreamGave() throws SQLException {
    try (var reading = duckDb.connect();
        var writing = duckDb.connect();
        BatchStream rows = DuckDbQuery.run(reading, ROWS, COLUMNS, allocator, 4096)) {
      assertThat(DuckDbStage.load(writing, "q1.main.\"staged\"", rows.reader(), allocator))
          .isEqualTo(100_000);
    }
    try (var other = duckDb.connect();
        var statement = other.createStatement()) {
      try (var types =
          statement.executeQuery(
              "SELECT string_agg(data_type, ',' ORDER BY column_index)"
                  + " FROM duckdb_columns() WHERE table_name = 'staged'")) {
        types.next();
        assertThat(types.getString(1))
            .isEqualTo(
                "BIGINT,VARCHAR,UUID,UUID[],DECIMAL(12,2),TIMESTAMP,TIMESTAMP WITH TIME ZONE,"
                    + "INTERVAL,INTERVAL,INTEGER,BLOB,TIME");
      }
      try (var same =
          statement.executeQuery(
              "SELECT count(*) FROM (SELECT * FROM q1.main.staged EXCEPT ALL (" + ROWS + "))")) {
        same.next();
        assertThat(same.getLong(1)).isZero();
      }
    }
  }

  @Test
  void anErrorOfTheSourceIsToldAsItIs() throws SQLException {
    List<SqlType.Field> column = List.of(new SqlType.Field("v", SqlType.BIGINT, true));
    try (var reading = duckDb.connect();
        var writing = duckDb.connect();
        BatchStream rows =
            DuckDbQuery.run(
                reading,
                "SELECT 1 // (i - 900000) FROM range(1000000) t(i)",
                column,
                allocator,
                1000)) {
      assertThatThrownBy(() -> DuckDbStage.load(writing, "q1.main.bad", rows.reader(), allocator))
          .isInstanceOfSatisfying(
              KurobeException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO));
      try (BatchStream again = DuckDbQuery.run(reading, "SELECT 1", column, allocator, 1000)) {
        assertThat(DuckDbStage.load(writing, "q1.main.bad", again.reader(), allocator))
            .isEqualTo(1);
      }
    }
  }

  @Test
  void aCancelOfTheSourceEndsStaging() throws Exception {
    List<SqlType.Field> column = List.of(new SqlType.Field("v", SqlType.BIGINT, true));
    try (var reading = duckDb.connect();
        var writing = duckDb.connect();
        BatchStream rows =
            DuckDbQuery.run(
                reading, "SELECT * FROM range(100000000000)", column, allocator, 1000)) {
      var cancel =
          new Thread(
              () -> {
                try {
                  Thread.sleep(300);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                rows.cancel();
              });
      cancel.start();
      assertThatThrownBy(() -> DuckDbStage.load(writing, "q1.main.c", rows.reader(), allocator))
          .isInstanceOfSatisfying(
              KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      cancel.join();
    }
  }

  @Test
  void anEmptyStreamMakesAnEmptyTable() throws Exception {
    try (var writing = duckDb.connect();
        var empty = new EmptyReader(allocator)) {
      assertThat(DuckDbStage.load(writing, "q1.main.nothing", empty, allocator)).isZero();
    }
  }

  private static final class EmptyReader extends ArrowReader {
    EmptyReader(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    public boolean loadNextBatch() {
      return false;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
      return ArrowTypes.schema(COLUMNS);
    }
  }
}

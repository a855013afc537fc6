package io.kurobe.planner.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.queries.QueryFile.Query;
import io.kurobe.planner.testing.Placements.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What PostgreSQL has and Kurobe does not: refused with 0A000, in words that name it. */
class RefusedQueriesTest {
  @TempDir static Path directory;

  private static QueryTables tables;

  static Stream<Query> queries() throws IOException {
    return QueryFile.read("refused").stream();
  }

  @BeforeAll
  static void createTables() throws SQLException {
    tables = QueryTables.of("refused", directory);
  }

  @AfterAll
  static void close() throws SQLException {
    tables.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queries")
  void refusesInItsOwnWords(Query query) {
    for (Placement placement : List.of(Placement.POSTGRES, Placement.DUCKDB, Placement.SPLIT)) {
      Throwable error = catchThrowable(() -> tables.placements().query(placement, query.sql()));
      assertThat(error)
          .as(placement.name())
          .isInstanceOfSatisfying(
              KurobeException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
                assertThat(refused.getMessage()).isEqualTo(query.remark());
              });
    }
  }
}

package io.kurobe.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.testing.Federation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long planning takes, by the number of tables joined: as of sqllogictest's {@code select5},
 * tables of three columns in two sources, joined in no order, two of them compared with a constant.
 * Prints the first planning of the process and the median of those after it.
 */
@Tag("conformance")
class PlanningTimeTest {
  private static final int[] SIZES = {64, 32, 16, 8, 4, 2};
  private static final int WARM = 9;

  @TempDir static Path directory;

  @Test
  void plansAJoinOfSixtyFourTablesWithinTwoSeconds() throws SQLException {
    try (Federation federation = federation()) {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long[] medians = new long[SIZES.length];
      for (int size = 0; size < SIZES.length; size++) {
        long[] times = new long[WARM + 1];
        for (int i = 0; i <= WARM; i++) {
          // Another text each time, as a plan is kept by its text.
          String sql = join(SIZES[size], new Random(SIZES[size]), i);
          long before = threads.getCurrentThreadCpuTime();
          federation.planner().plan(federation.session(), sql);
          times[i] = (threads.getCurrentThreadCpuTime() - before) / 1_000_000;
        }
        medians[size] =
            IntStream.rangeClosed(1, WARM).mapToLong(i -> times[i]).sorted().toArray()[WARM / 2];
        System.out.printf(
            "%d tables: first %d ms, then %d ms of CPU%n", SIZES[size], times[0], medians[size]);
      }
      assertThat(medians[0]).isLessThan(2_000);
    }
  }

  private static Federation federation() throws SQLException {
    String tables =
        IntStream.range(0, 64)
            .filter(i -> i % 2 == 0)
            .mapToObj(PlanningTimeTest::table)
            .collect(Collectors.joining(";\n"));
    PostgresServer.Database half = PostgresServer.database("planning_time", tables, "ANALYZE");
    Path file = directory.resolve("rest.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (int i = 1; i < 64; i += 2) {
        statement.execute(table(i));
      }
    }
    return Federation.of(
        List.of(
            SourceConfig.ofUrl("half", "postgres", half.url(), half.user()),
            SourceConfig.ofPath("rest", "duckdb", file.toString())));
  }

  private static String table(int i) {
    return "CREATE TABLE t%1$d (a%1$d INTEGER PRIMARY KEY, b%1$d INTEGER, x%1$d VARCHAR(40))"
        .formatted(i);
  }

  /** Each table but the first is joined with one before it. */
  private static String join(int size, Random random, int key) {
    String tables =
        IntStream.range(0, size).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));
    String columns =
        IntStream.range(0, size).mapToObj(i -> "x" + i).collect(Collectors.joining(", "));
    String conditions =
        IntStream.range(1, size)
            .mapToObj(i -> "b" + i + " = a" + random.nextInt(i))
            .collect(Collectors.joining(" AND "));
    return "SELECT "
        + columns
        + " FROM "
        + tables
        + " WHERE a0 = "
        + key
        + " AND b1 = 3 AND "
        + conditions;
  }
}

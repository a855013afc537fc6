package io.kurobe.planner.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.testing.Federation;
import io.kurobe.planner.testing.Rights;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What authorization adds to planning a query of three tables that no plan is kept of, in CPU time:
 * where all is granted; and where each table has a row filter and a mask, beside the same query
 * with the same conditions and expressions written into it by hand. Prints the medians in
 * microseconds.
 */
@Tag("conformance")
class AuthorizationTimeTest {
  private static final int WARM = 400;
  private static final int MEASURED = 1_000;

  /** A table as the row filter and the mask below leave it. */
  private static final String BY_HAND =
      "(SELECT id, k, SUBSTRING(s, 1, 1) || '*' AS s FROM shop.main.%s"
          + " WHERE k > 3 AND CURRENT_USER = 'tester')";

  @TempDir static Path directory;

  @Test
  void addsLittleToPlanning() throws SQLException {
    Path file = directory.resolve("shop.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String table : List.of("a", "b", "c")) {
        statement.execute("CREATE TABLE " + table + " (id INTEGER, k INTEGER, s VARCHAR)");
      }
    }
    Rights filters = new Rights();
    for (String table : List.of("a", "b", "c")) {
      filters.restrict(
          "tester",
          table,
          new TableAccess(
              true,
              Set.of(),
              Optional.of("k > 3 AND CURRENT_USER = 'tester'"),
              Map.of("s", "SUBSTRING(s, 1, 1) || '*'")));
    }
    Map<String, Federation> federations = new LinkedHashMap<>();
    federations.put("open", federation(file, AccessControl.OPEN));
    federations.put("granted", federation(file, new Rights()));
    federations.put("filtered", federation(file, filters));
    federations.put("by hand", federation(file, AccessControl.OPEN));
    try {
      Map<String, Long> medians = medians(federations);
      System.out.println("planning in microseconds of CPU: " + medians);
      assertThat(medians.get("filtered")).isLessThan(medians.get("by hand") * 115 / 100);
      assertThat(medians.get("granted")).isLessThan(medians.get("open") * 115 / 100);
    } finally {
      federations.values().forEach(Federation::close);
    }
  }

  private static Federation federation(Path file, AccessControl accessControl) {
    return Federation.of(
        List.of(SourceConfig.ofPath("shop", "duckdb", file.toString())),
        accessControl,
        (question, session, support) -> {
          throw new IllegalStateException("nobody asks here");
        });
  }

  private static String sql(String table, int number) {
    return "SELECT a.s, COUNT(*), SUM(b.k) FROM "
        + table.formatted("a")
        + " AS a JOIN "
        + table.formatted("b")
        + " AS b ON a.id = b.id LEFT JOIN "
        + table.formatted("c")
        + " AS c ON b.k = c.id WHERE a.k < "
        + number
        + " AND c.s <> 'x' GROUP BY a.s ORDER BY 2 DESC LIMIT 10";
  }

  /** In turns, so that whatever else the machine does is done to all. */
  private static Map<String, Long> medians(Map<String, Federation> federations) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, long[]> times = new LinkedHashMap<>();
    federations.keySet().forEach(name -> times.put(name, new long[MEASURED]));
    for (int i = -WARM; i < MEASURED; i++) {
      // Another text each time, as a plan is kept by its text.
      for (Map.Entry<String, Federation> federation : federations.entrySet()) {
        boolean byHand = federation.getKey().equals("by hand");
        String sql = sql(byHand ? BY_HAND : "shop.main.%s", i);
        long before = threads.getCurrentThreadCpuTime();
        federation.getValue().planner().plan(federation.getValue().session(), sql);
        long took = threads.getCurrentThreadCpuTime() - before;
        if (i >= 0) {
          times.get(federation.getKey())[i] = took;
        }
      }
    }
    Map<String, Long> medians = new LinkedHashMap<>();
    times.forEach(
        (name, each) -> {
          Arrays.sort(each);
          medians.put(name, each[MEASURED / 2] / 1_000);
        });
    return medians;
  }
}

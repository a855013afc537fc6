package io.kurobe.planner.pushdown;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of one source are joined there before their rows are moved, if a key says they may be. */
class SourceJoinsTest {
  @TempDir static Path directory;

  private static PostgresServer.Database shop;
  private static Federation federation;

  @BeforeAll
  static void openSources() throws SQLException {
    shop =
        PostgresServer.database(
            "source_joins",
            """
            CREATE TABLE nation (n_key int PRIMARY KEY, n_name text);
            CREATE TABLE customer (c_key int PRIMARY KEY, n_key int, c_name text);
            CREATE TABLE orders (o_key int PRIMARY KEY, c_key int, note text);
            CREATE TABLE tag (c_key int, word text);
            INSERT INTO nation VALUES (1, 'PERU'), (2, 'KENYA');
            INSERT INTO customer VALUES (1, 1, 'a'), (2, 2, 'b');
            INSERT INTO orders VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'z');
            INSERT INTO tag VALUES (1, 't'), (1, 'u');
            """);
    Path file = directory.resolve("rest.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE line (o_key INTEGER, c_key INTEGER, price INTEGER)");
      statement.execute("INSERT INTO line VALUES (1, 1, 10), (1, 1, 20), (2, 1, 30), (3, 2, 40)");
    }
    federation =
        Federation.of(
            List.of(
                SourceConfig.ofUrl("shop", "postgres", shop.url(), shop.user()),
                SourceConfig.ofPath("rest", "duckdb", file.toString())));
  }

  @AfterAll
  static void closeSources() {
    federation.close();
  }

  /** What the PostgreSQL runs. */
  private static List<String> staged(String sql) {
    return federation.query("EXPLAIN " + sql).stream()
        .filter(row -> "shop".equals(row.get(1)))
        .map(row -> String.valueOf(row.get(2)))
        .toList();
  }

  @Test
  void joinsAlongKeysThatAnotherSourcesTableStandsBetween() {
    String sql =
        "SELECT n.n_name, SUM(l.price) FROM customer c, line l, orders o, nation n"
            + " WHERE c.c_key = o.c_key AND l.o_key = o.o_key AND c.n_key = n.n_key"
            + " GROUP BY n.n_name ORDER BY 1";
    assertThat(federation.query(sql))
        .extracting(Object::toString)
        .containsExactly("[KENYA, 40]", "[PERU, 60]");
    assertThat(staged(sql))
        .singleElement()
        .asString()
        .contains("\"customer\"", "\"orders\"", "\"nation\"")
        .doesNotContain("\"note\"", "\"c_name\"");
  }

  @Test
  void joinsByAnEqualityThatIsOnlyImplied() {
    String sql =
        "SELECT COUNT(*) FROM line l JOIN orders o ON l.c_key = o.c_key"
            + " JOIN customer c ON c.c_key = l.c_key";
    assertThat(federation.query(sql)).isEqualTo(List.of(List.of(7L)));
    assertThat(staged(sql)).singleElement().asString().contains("\"customer\"", "\"orders\"");
  }

  @Test
  void joinsNothingWithoutAKeyOrACondition() {
    String crossed =
        "SELECT COUNT(*) FROM customer c, line l, nation n WHERE c.c_key = l.c_key AND n.n_key = 1";
    assertThat(federation.query(crossed)).isEqualTo(List.of(List.of(4L)));
    assertThat(staged(crossed)).hasSize(2);
    String many =
        "SELECT COUNT(*) FROM orders o JOIN line l ON l.o_key = o.o_key JOIN tag t ON t.c_key = o.c_key";
    assertThat(federation.query(many)).isEqualTo(List.of(List.of(6L)));
    assertThat(staged(many)).hasSize(2);
  }

  @Test
  void makesNoCrossProductOnlyToMoveIt() {
    String sql =
        "SELECT COUNT(*), MAX(x.n_key) FROM (SELECT o.note, n.n_key FROM orders o, nation n) x"
            + " LEFT JOIN line l ON l.price = 10 AND x.note <> 'y'";
    assertThat(federation.query(sql)).isEqualTo(List.of(List.of(6L, 2)));
    assertThat(staged(sql)).hasSize(2).noneMatch(statement -> statement.contains("JOIN"));
    String needed = "SELECT COUNT(*) FROM customer c, nation n";
    assertThat(federation.query(needed)).isEqualTo(List.of(List.of(4L)));
    assertThat(federation.query("EXPLAIN " + needed)).hasSize(1);
    String withOneRow =
        "SELECT COUNT(*), MAX(x.m) FROM (SELECT c.c_key, n.m FROM customer c,"
            + " (SELECT MAX(n_key) AS m FROM nation) n) x LEFT JOIN line l ON l.c_key = x.c_key";
    assertThat(federation.query(withOneRow)).isEqualTo(List.of(List.of(4L, 2)));
    assertThat(staged(withOneRow)).hasSize(1);
  }

  @Test
  void movesNoColumnThatNobodyReads() {
    assertThat(
            staged(
                "SELECT l.price FROM line l JOIN (SELECT * FROM (SELECT o_key, c_key, note"
                    + " FROM orders) x WHERE note > 'a') y ON y.o_key = l.o_key"))
        .singleElement()
        .asString()
        .doesNotContain("\"c_key\"");
  }

  @Test
  void plansSixtyFourJoinsWithinTwoSeconds() {
    String tables =
        IntStream.range(0, 65)
            .mapToObj(i -> (i % 2 == 0 ? "customer" : "line") + " t" + i)
            .collect(Collectors.joining(", "));
    String conditions =
        IntStream.range(1, 65)
            .mapToObj(i -> "t" + i + ".c_key = t" + (i - 1) + ".c_key")
            .collect(Collectors.joining(" AND "));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      // Another text each time, as a plan is kept by its text.
      String sql =
          "SELECT COUNT(*) FROM " + tables + " WHERE t0.c_key = " + i + " AND " + conditions;
      long before = threads.getCurrentThreadCpuTime();
      federation.planner().plan(federation.session(), sql);
      times.add(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before));
    }
    assertThat(times.stream().sorted().toList().get(0)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void tellsForEachOperationWhyItStayed() {
    List<List<@Nullable Object>> plan =
        federation.query(
            "EXPLAIN SELECT UPPER(c.c_name) FROM customer c JOIN line l ON l.c_key = c.c_key");
    assertThat(plan.get(plan.size() - 1).get(6))
        .isEqualTo(
            "inner join not at one source: its inputs are at rest and shop;"
                + " project stays above inner join");
    plan = federation.query("EXPLAIN SELECT UPPER(c_name) FROM customer WHERE LOWER(c_name) = 'a'");
    assertThat(plan.get(plan.size() - 1).get(6))
        .isEqualTo(
            "filter not at shop: LOWER folds case by the database's locale;"
                + " project stays above filter");
    String grouped =
        "SELECT l.price, COUNT(*) AS n FROM customer c JOIN line l ON l.c_key = c.c_key"
            + " GROUP BY l.price ORDER BY n";
    String stayed =
        "inner join not at one source: its inputs are at rest and shop;"
            + " project, aggregate, sort stay above inner join";
    plan = federation.query("EXPLAIN " + grouped);
    assertThat(plan.get(plan.size() - 1).get(6)).isEqualTo(stayed);
    plan = federation.query("EXPLAIN ANALYZE " + grouped);
    assertThat(plan.get(plan.size() - 1).get(6)).isEqualTo(stayed);
  }
}

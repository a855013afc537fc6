package io.kurobe.planner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A large table of a PostgreSQL whose rows are wanted for few keys of a DuckDB file: only those
 * rows travel, and the answer is the one without dynamic filters.
 */
class DynamicFiltersTest {
  private static final int ROWS = 100_000;

  @TempDir static Path directory;

  private static Federation federation;

  @BeforeAll
  static void openSources() throws SQLException {
    PostgresServer.Database shop =
        PostgresServer.database(
            "dynamic_filters",
            """
            CREATE TABLE orders (o_key int PRIMARY KEY, code text, kind char(5), at date,
              price numeric(10, 2), weight double precision, note text);
            INSERT INTO orders SELECT i, 'c' || i, 'k' || i % 5000, date '2020-01-01' + i % 1000,
              i / 100.0, i, repeat('n', 50) FROM generate_series(1, 100000) i;
            CREATE TABLE customer (c_key int PRIMARY KEY, o_key int, name text);
            INSERT INTO customer SELECT i, i * 2, 'n' || i FROM generate_series(1, 40000) i;
            CREATE TABLE lied (o_key int PRIMARY KEY, note text);
            INSERT INTO lied VALUES (1, 'a');
            """,
            "ANALYZE",
            // Never analyzed again: its statistics are wrong by a factor of 100,000.
            "INSERT INTO lied SELECT i, 'b' FROM generate_series(2, 100000) i");
    Path file = directory.resolve("rest.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE line AS SELECT i::INTEGER AS o_key, 'c' || i AS code, 'k' || i AS kind,"
              + " DATE '2020-01-01' + i::INTEGER AS at, i::DOUBLE AS weight, i % 10 AS part"
              + " FROM range(1, 101) r(i)");
      statement.execute("CREATE TABLE nothing AS SELECT NULL::INTEGER AS o_key FROM range(5)");
      statement.execute(
          "CREATE TABLE parts AS SELECT (i % 40000)::INTEGER AS o_key, i % 7 AS n,"
              + " ((i % 40000) / 100)::DECIMAL(10, 2) AS price"
              + " FROM range(80000) r(i)");
      statement.execute(
          "CREATE TABLE wide AS SELECT i::INTEGER AS o_key, (i / 100)::DECIMAL(10, 2) AS price,"
              + " 1 AS one FROM range(20000) r(i)");
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

  private static Session session(String filters) {
    return federation.session().withSetting("dynamic_filters", filters);
  }

  private static List<List<@Nullable Object>> answer(String sql) {
    List<List<@Nullable Object>> filtered = federation.query(session("on"), sql);
    assertThat(filtered).isEqualTo(federation.query(session("off"), sql));
    return filtered;
  }

  /** How many rows a table of the PostgreSQL gave. */
  private static long moved(String sql) {
    return federation.query(session("on"), "EXPLAIN ANALYZE " + sql).stream()
        .filter(row -> "shop".equals(row.get(1)))
        .mapToLong(row -> ((Number) row.get(3)).longValue())
        .sum();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*), SUM(o.price) FROM orders o JOIN line l ON l.o_key = o.o_key",
        "SELECT COUNT(*), SUM(o.price) FROM orders o JOIN line l ON l.code = o.code",
        "SELECT COUNT(*), MIN(o.note) FROM orders o WHERE o.o_key IN (SELECT o_key FROM line)",
        "SELECT COUNT(*), MIN(o.note) FROM line l LEFT JOIN orders o ON l.o_key = o.o_key",
        "SELECT l.o_key, MIN(o.note) FROM orders o RIGHT JOIN line l ON l.o_key = o.o_key"
            + " GROUP BY l.o_key ORDER BY 1 LIMIT 3",
        "SELECT COUNT(*) FROM line l WHERE NOT EXISTS"
            + " (SELECT 1 FROM orders o WHERE o.o_key = l.o_key AND o.weight > 50)",
        "SELECT COUNT(*), SUM(n) FROM (SELECT o_key, COUNT(*) AS n FROM orders"
            + " WHERE weight / 2 > 3 GROUP BY o_key) o JOIN line l ON l.o_key = o.o_key",
      })
  void onlyRowsWithAKeyTravel(String sql) {
    assertThat(answer(sql)).isNotEmpty();
    assertThat(moved(sql)).isLessThanOrEqualTo(100);
  }

  @Test
  void aFilteredFragmentGivesKeysToTheNext() {
    String sql =
        "SELECT COUNT(*), MIN(c.name) FROM line l JOIN orders o ON o.code = l.code"
            + " JOIN customer c ON c.o_key = o.o_key AND c.c_key + 0 > 0";
    assertThat(answer(sql)).containsExactly(List.of(50L, "n1"));
  }

  @Test
  void whatMustMoveIsJoinedLastWhereverTheQueryNamesIt() {
    String sql =
        "SELECT COUNT(*), SUM(o.price) FROM orders o JOIN wide w ON w.o_key = o.o_key"
            + " JOIN line l ON l.o_key = w.o_key WHERE l.part = 1";
    assertThat(answer(sql)).hasSize(1);
    assertThat(moved(sql)).isEqualTo(10);
  }

  @Test
  void keysThatAreAllNullWantNoRow() {
    String sql = "SELECT COUNT(*) FROM orders o JOIN nothing n ON n.o_key = o.o_key";
    assertThat(answer(sql)).containsExactly(List.of(0L));
    assertThat(moved(sql)).isZero();
  }

  @Test
  void anAntiJoinKeepsRowsWithoutAKey() {
    String sql =
        "SELECT COUNT(*) FROM orders o WHERE NOT EXISTS"
            + " (SELECT 1 FROM line l WHERE l.o_key = o.o_key)";
    assertThat(answer(sql)).containsExactly(List.of((long) ROWS - 100));
  }

  @Test
  void aLeftJoinKeepsRowsWithoutAKey() {
    String sql =
        "SELECT COUNT(*), COUNT(l.o_key) FROM orders o LEFT JOIN line l ON l.o_key = o.o_key";
    assertThat(answer(sql)).containsExactly(List.of((long) ROWS, 100L));
  }

  @Test
  void blanksOfCharAndFloatingNumbersAreNoKeys() {
    String padded = "SELECT COUNT(*) FROM orders o JOIN line l ON l.kind = o.kind";
    assertThat(answer(padded)).containsExactly(List.of(2_000L));
    String floating = "SELECT COUNT(*) FROM orders o JOIN line l ON l.weight = o.weight";
    assertThat(answer(floating)).containsExactly(List.of(100L));
  }

  /** No estimate tells how many there are: of 40,000 groups these are one of seven. */
  @Test
  void groupsThatAConditionLeavesAreKeys() {
    String sql =
        "SELECT COUNT(*), MIN(o.note) FROM orders o"
            + " JOIN (SELECT o_key FROM parts GROUP BY o_key HAVING SUM(n) > 9) p"
            + " ON p.o_key = o.o_key";
    assertThat(answer(sql)).containsExactly(List.of(5_714L, "n".repeat(50)));
    assertThat(moved(sql)).isEqualTo(5_714);
  }

  @Test
  void moreGroupsThanAListHoldsAreARange() {
    String sql =
        "SELECT COUNT(*) FROM orders o"
            + " JOIN (SELECT price FROM parts GROUP BY price HAVING SUM(n) > 1) p"
            + " ON p.price = o.price";
    assertThat(answer(sql)).hasSize(1);
    assertThat(moved(sql)).isBetween(30_000L, 40_000L);
  }

  @Test
  void moreKeysThanAListHoldsAreARange() {
    String sql =
        "SELECT COUNT(*) FROM orders o JOIN (SELECT price FROM wide WHERE one + o_key > 1) w"
            + " ON w.price = o.price";
    assertThat(answer(sql)).containsExactly(List.of(19_999L));
  }

  /** Twice as many as fit into a list of literals, in a column where a range would hold all. */
  @Test
  void manyIntegersAreOneArray() {
    String sql =
        "SELECT COUNT(*), MAX(o.o_key) FROM orders o JOIN (SELECT o_key * 4 AS o_key FROM wide"
            + " WHERE one = 1) w ON w.o_key = o.o_key";
    assertThat(answer(sql)).containsExactly(List.of(19_999L, 79_996));
    assertThat(moved(sql)).isEqualTo(19_999);
  }

  /** The larger table is only asked for the rows that are left when the existence is known. */
  @Test
  void whetherThereIsARowIsAskedBeforeManyAreMoved() {
    String sql =
        "SELECT COUNT(*), MIN(o.note) FROM line l JOIN wide w ON w.o_key = l.o_key"
            + " JOIN orders o ON o.o_key = l.o_key WHERE NOT EXISTS (SELECT 1 FROM line x"
            + " WHERE x.part = l.part AND x.o_key > l.o_key)";
    assertThat(answer(sql)).containsExactly(List.of(10L, "n".repeat(50)));
    assertThat(moved(sql)).isEqualTo(10);
  }

  @Test
  void statisticsThatLieMakeItSlowerButNotWrong() {
    String sql = "SELECT COUNT(*) FROM lied x JOIN line l ON l.o_key = x.o_key";
    assertThat(answer(sql)).containsExactly(List.of(100L));
    String asKeys =
        "SELECT COUNT(*) FROM orders o JOIN lied x ON x.o_key = o.o_key + 0"
            + " JOIN line l ON l.o_key = o.o_key";
    assertThat(answer(asKeys)).containsExactly(List.of(100L));
  }

  @Test
  void explainSaysWhatAFragmentWaitsFor() {
    String sql = "SELECT COUNT(*) FROM orders o JOIN line l ON l.o_key = o.o_key AND l.part < 5";
    assertThat(federation.query("EXPLAIN " + sql))
        .anySatisfy(
            row -> {
              assertThat(row.get(1)).isEqualTo("shop");
              assertThat(String.valueOf(row.get(2))).contains("dynamic filter", "k1");
            });
    assertThat(federation.query("EXPLAIN ANALYZE " + sql))
        .anySatisfy(
            row -> {
              assertThat(row.get(1)).isEqualTo("shop");
              assertThat(String.valueOf(row.get(2))).contains("dynamic filter: 50 keys");
            });
  }
}

package io.kurobe.planner.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A side that is only looked into is neither grouped nor joined. */
class SemiJoinsTest {
  @TempDir static Path directory;

  private static Federation federation;

  @BeforeAll
  static void openSources() throws SQLException {
    Path file = directory.resolve("shop.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE customer (c_key INTEGER NOT NULL, city VARCHAR)");
      statement.execute(
          "CREATE TABLE orders (o_key INTEGER NOT NULL, c_key INTEGER, weight DOUBLE)");
      statement.execute("INSERT INTO customer VALUES (1, 'Kyiv'), (2, 'Lima'), (3, NULL)");
      statement.execute(
          "INSERT INTO orders VALUES (1, 1, 0.0), (2, 1, -0.0), (3, NULL, 1.0), (4, 3, NULL)");
    }
    federation = Federation.of(List.of(SourceConfig.ofPath("shop", "duckdb", file.toString())));
  }

  @AfterAll
  static void closeSources() {
    federation.close();
  }

  private static void assertGives(String sql, String... rows) {
    assertThat(federation.query(sql)).extracting(Object::toString).containsExactly(rows);
  }

  private static String statement(String sql) {
    return String.valueOf(federation.query("EXPLAIN " + sql).get(0).get(2));
  }

  @Test
  void existsGroupsNothing() {
    String sql =
        "SELECT c_key FROM customer c"
            + " WHERE EXISTS (SELECT 1 FROM orders o WHERE o.c_key = c.c_key) ORDER BY 1";
    assertGives(sql, "[1]", "[3]");
    assertThat(statement(sql)).contains("EXISTS (").doesNotContain("NOT EXISTS", "GROUP BY");
  }

  @Test
  void notExistsIsNoOuterJoin() {
    String sql =
        "SELECT c_key FROM customer c"
            + " WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.c_key = c.c_key)";
    assertGives(sql, "[2]");
    assertThat(statement(sql)).contains("NOT EXISTS (").doesNotContain("GROUP BY", "LEFT JOIN");
  }

  @Test
  void anOuterJoinKeptWhereItsColumnIsMissingIsAnAntiJoin() {
    String sql =
        "SELECT c.c_key, o.o_key FROM customer c LEFT JOIN orders o ON o.c_key = c.c_key"
            + " WHERE o.o_key IS NULL";
    assertGives(sql, "[2, null]");
    assertThat(statement(sql)).contains("NOT EXISTS (").doesNotContain("LEFT JOIN");
  }

  /** A partner may have a NULL there too. */
  @Test
  void anOuterJoinKeptWhereAColumnIsNullMayHaveAPartner() {
    String sql =
        "SELECT c.c_key, o.weight FROM customer c LEFT JOIN orders o ON o.c_key = c.c_key"
            + " WHERE o.weight IS NULL ORDER BY 1";
    assertGives(sql, "[2, null]", "[3, null]");
    assertThat(statement(sql)).contains("LEFT JOIN").doesNotContain("EXISTS");
  }

  @Test
  void aJoinWithDifferentValuesGivesItsColumnsFromTheOtherSide() {
    String sql =
        "SELECT d.c_key + 1, c.city FROM customer c"
            + " JOIN (SELECT DISTINCT c_key FROM orders) d ON d.c_key = c.c_key ORDER BY 1";
    assertGives(sql, "[2, Kyiv]", "[4, null]");
    assertThat(statement(sql)).contains("EXISTS (").doesNotContain("GROUP BY");
  }

  /** Or a row with two partners would come once. */
  @Test
  void aJoinByAPartOfWhatIsDifferentStaysAJoin() {
    String sql =
        "SELECT c.c_key, d.o_key FROM customer c"
            + " JOIN (SELECT DISTINCT c_key, o_key FROM orders) d ON d.c_key = c.c_key"
            + " ORDER BY 1, 2";
    assertGives(sql, "[1, 1]", "[1, 2]", "[3, 4]");
    assertThat(statement(sql)).doesNotContain("EXISTS");
  }

  /** Zeros are equal and written in two ways. */
  @Test
  void aJoinByFloatingNumbersGivesThoseOfItsOwnSide() {
    String sql =
        "SELECT COUNT(*) FROM orders o"
            + " JOIN (SELECT DISTINCT weight FROM orders) d ON d.weight = o.weight";
    assertGives(sql, "[3]");
    assertThat(statement(sql)).doesNotContain("EXISTS");
  }
}

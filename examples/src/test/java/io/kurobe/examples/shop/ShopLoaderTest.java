package io.kurobe.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class ShopLoaderTest {
  private static final LocalDate LAST_DAY = LocalDate.of(2026, 6, 28);

  private EmbeddedPostgres postgres;
  private Made shop;
  private Made twin;
  private Made dayMore;

  /** A shop that was made: connections to its two databases. */
  private record Made(Connection sales, Connection web) {}

  @BeforeAll
  void makeThreeShops(@TempDir Path directory) throws IOException, SQLException {
    postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
    shop = make(directory, "shop", LAST_DAY);
    twin = make(directory, "twin", LAST_DAY);
    dayMore = make(directory, "day_more", LAST_DAY.plusDays(1));
  }

  @AfterAll
  void stop() throws IOException, SQLException {
    for (Made made : List.of(shop, twin, dayMore)) {
      made.sales().close();
      made.web().close();
    }
    postgres.close();
  }

  private Made make(Path directory, String name, LocalDate until) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    var database = postgres.getDatabase("postgres", name);
    Path file = directory.resolve(name + ".duckdb");
    new ShopLoader(database, file, line -> {}).load(new ShopSize(until, 0.02));
    return new Made(database.getConnection(), DriverManager.getConnection("jdbc:duckdb:" + file));
  }

  @Test
  void madeTwiceGivesTheSameRows() throws SQLException {
    for (String table : tables(shop.sales())) {
      String sum =
          "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM " + table + " t";
      assertThat(rows(twin.sales(), sum)).as(table).isEqualTo(rows(shop.sales(), sum));
    }
    for (String table : List.of("campaigns", "ad_spend", "web_sessions", "page_views")) {
      String sum =
          "SELECT count(*), md5(string_agg(t::varchar, '|' ORDER BY t::varchar)) FROM "
              + table
              + " t";
      assertThat(rows(twin.web(), sum)).as(table).isEqualTo(rows(shop.web(), sum));
    }
  }

  @Test
  void oneDayMoreOnlyAddsThatDay() throws SQLException {
    String orders =
        "SELECT o.id, ordered_at, customer_id, total_amount, product_id, quantity FROM orders o"
            + " JOIN order_items i ON i.order_id = o.id WHERE ordered_at < '2026-06-29'"
            + " ORDER BY o.id, line_number";
    assertThat(rows(dayMore.sales(), orders)).isEqualTo(rows(shop.sales(), orders));
    assertThat(
            number(dayMore.sales(), "SELECT count(*) FROM orders WHERE ordered_at >= '2026-06-29'"))
        .isPositive();
  }

  @Test
  void scaleSetsTheNumberOfOrders() throws SQLException {
    assertThat(number(shop.sales(), "SELECT count(*) FROM orders")).isBetween(1_800L, 2_200L);
  }

  @Test
  void spansThreeYearsUpToTheLastDay() throws SQLException {
    assertThat(
            rows(
                shop.sales(),
                "SELECT date_trunc('month', min(ordered_at))::date, max(ordered_at)::date FROM"
                    + " orders"))
        .isEqualTo(List.of(List.of("2023-06-01", "2026-06-28")));
    assertThat(number(shop.sales(), "SELECT count(*) FROM payments WHERE paid_at >= '2026-06-29'"))
        .isZero();
    assertThat(
            number(shop.sales(), "SELECT count(*) FROM returns WHERE returned_on > '2026-06-28'"))
        .isZero();
  }

  @Test
  void ordersAddUp() throws SQLException {
    assertThat(
            number(
                shop.sales(),
                "SELECT count(*) FROM orders o WHERE total_amount <>"
                    + " (SELECT sum(line_total) FROM order_items WHERE order_id = o.id)"))
        .isZero();
    assertThat(
            number(
                shop.sales(),
                "SELECT count(*) FROM payments p JOIN orders o ON o.id = p.order_id"
                    + " WHERE amount <> total_amount + shipping_cost OR status = 'cancelled'"))
        .isZero();
  }

  @Test
  void everyTableHasAComment() throws SQLException {
    assertThat(
            number(
                shop.sales(),
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                    + " AND relkind = 'r' AND obj_description(oid, 'pg_class') IS NULL"))
        .isZero();
    assertThat(number(shop.web(), "SELECT count(*) FROM duckdb_tables() WHERE comment IS NULL"))
        .isZero();
  }

  @Test
  void everyTableOfTheSalesHasAPrimaryKey() throws SQLException {
    assertThat(
            number(
                shop.sales(),
                "SELECT count(*) FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND"
                    + " relkind = 'r' AND NOT EXISTS (SELECT 1 FROM pg_constraint"
                    + " WHERE conrelid = c.oid AND contype = 'p')"))
        .isZero();
  }

  @Test
  void everyOrderOverTheWebHasItsVisit() throws SQLException {
    assertThat(
            rows(
                shop.web(),
                "SELECT order_id, customer_id FROM web_sessions WHERE order_id IS NOT NULL ORDER BY"
                    + " 1"))
        .isEqualTo(
            rows(
                shop.sales(),
                "SELECT id, customer_id FROM orders WHERE channel = 'web' ORDER BY 1"));
    assertThat(number(shop.web(), "SELECT count(DISTINCT session_id) FROM page_views"))
        .isEqualTo(number(shop.web(), "SELECT count(*) FROM web_sessions"));
  }

  @Test
  void someRegionGrowsFasterThanAllOthers() throws SQLException {
    List<List<String>> growth =
        rows(
            shop.sales(),
            "SELECT r.name, count(*) FILTER (WHERE ordered_at >= '2025-06-01')::float"
                + " / count(*) FILTER (WHERE ordered_at < '2024-06-01') AS growth"
                + " FROM orders o JOIN countries c ON c.code = o.country_code"
                + " JOIN regions r ON r.id = c.region_id GROUP BY 1 ORDER BY 2 DESC");
    assertThat(growth).hasSize(6);
    assertThat(growth.get(0).get(0)).isEqualTo("Asia-Pacific");
  }

  @Test
  void namesAreNotOnlyAscii() throws SQLException {
    assertThat(rows(shop.sales(), "SELECT DISTINCT city FROM customers"))
        .contains(List.of("Zürich"), List.of("Ålesund"), List.of("Kraków"));
    assertThat(number(shop.sales(), "SELECT count(*) FROM customers WHERE last_name = '佐藤'"))
        .isPositive();
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return rows(
            connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  private static long number(Connection connection, String sql) throws SQLException {
    return Long.parseLong(rows(connection, sql).get(0).get(0));
  }

  private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      int columns = results.getMetaData().getColumnCount();
      while (results.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(results.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}

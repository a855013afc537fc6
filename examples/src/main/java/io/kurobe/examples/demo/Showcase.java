package io.kurobe.examples.demo;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** What the demo shows of itself: three statements, run as any client would run them. */
final class Showcase {
  private record Act(String title, String sql) {}

  static final String FEDERATED =
      """
      SELECT c.name AS campaign, c.medium, COUNT(*) AS orders, SUM(o.total_amount) AS revenue
      FROM web.main.web_sessions s
      JOIN web.main.campaigns c ON c.id = s.campaign_id
      JOIN shop.public.orders o ON o.id = s.order_id
      WHERE o.status <> 'cancelled'
      GROUP BY c.name, c.medium
      ORDER BY revenue DESC
      LIMIT 5""";
  static final String ASK = "ASK 'number of web sessions per customer segment'";

  private static final List<Act> ACTS =
      List.of(
          new Act("SQL over PostgreSQL (orders) and DuckDB (web sessions, campaigns)", FEDERATED),
          new Act("A question over both", ASK),
          new Act("How the question was understood", "EXPLAIN " + ASK));

  private final PrintWriter out;

  Showcase(PrintWriter out) {
    this.out = out;
  }

  /** Runs and prints the three statements. */
  void run(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      for (Act act : ACTS) {
        show(connection, act);
      }
    }
  }

  private void show(Connection connection, Act act) throws SQLException {
    out.println();
    out.println("── " + act.title());
    act.sql().lines().forEach(line -> out.println("   " + line));
    out.println();
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(act.sql())) {
      ResultTable.print(results, out);
    }
    out.printf("   (%d ms)%n", Duration.ofNanos(System.nanoTime() - start).toMillis());
    out.flush();
  }
}

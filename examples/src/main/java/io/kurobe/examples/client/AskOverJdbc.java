package io.kurobe.examples.client;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Three statements over JDBC: a question, a question inside a query, and a federated join. */
public final class AskOverJdbc {
  private AskOverJdbc() {}

  public static void main(String[] args) throws SQLException {
    String url = args.length > 0 ? args[0] : "jdbc:kurobe://127.0.0.1:8765";
    List<String> statements =
        List.of(
            "ASK 'number of customers per country'",
            "SELECT * FROM (ASK 'number of customers per country') t(country, n) WHERE country LIKE 'S%'",
            "SELECT s.device, COUNT(*) FROM web.main.web_sessions s"
                + " JOIN shop.public.orders o ON o.id = s.order_id GROUP BY s.device");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        System.out.println(sql);
        var rows = statement.executeQuery(sql);
        while (rows.next()) {
          System.out.println("  " + rows.getString(1) + ": " + rows.getString(2));
        }
      }
    }
  }
}

package io.kurobe.examples.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * What clients do beside asking and reading to the end. Each fails unless the gateway does what it
 * should, an error included. One thread uses it.
 */
final class Disturbances {
  private static final String CANCELLED = "57014";
  private static final int HALF = 7_500;
  private static final List<String> TABLES =
      List.of(TpchSources.POSTGRES + ".public.orders", TpchSources.DUCKDB + ".main.orders");

  /** What is wrong with a text. */
  private record Mistake(String sql, String sqlState) {}

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake("SELEC 1", "42601"),
          new Mistake("SELECT * FROM postgres.public.oders", "42P01"),
          new Mistake("SELECT o_key FROM postgres.public.orders", "42703"),
          new Mistake("SELECT 1 / (o_shippriority) FROM postgres.public.orders", "22012"));

  private final String url;
  private final Connection connection;
  private final RandomGenerator random;
  private final Canceller canceller;

  Disturbances(String url, Connection connection, RandomGenerator random, Canceller canceller) {
    this.url = url;
    this.connection = connection;
    this.random = random;
    this.canceller = canceller;
  }

  /** Closes a scan of a table that has more rows than were read. */
  void halfRead() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results =
            statement.executeQuery("SELECT " + OrderRows.COLUMNS + " FROM " + any(TABLES))) {
      for (int i = 0; i < HALF; i++) {
        if (!results.next()) {
          throw new SQLException("a scan ended after " + i + " rows", PointQueries.WRONG_ANSWER);
        }
        OrderRows.row(results);
      }
    }
  }

  /** Cancels what would take minutes. */
  void cancelled() throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM %1$s AS a CROSS JOIN %1$s AS b WHERE a.o_totalprice < b.o_totalprice"
            .formatted(any(TABLES));
    expect(
        CANCELLED,
        () -> {
          try (Statement statement = connection.createStatement()) {
            Future<?> cancel = canceller.cancelAfter(statement, random.nextLong(200));
            try {
              read(statement, sql);
            } finally {
              cancel.cancel(false);
            }
          }
        });
  }

  void connection() throws SQLException {
    try (Connection another = DriverManager.getConnection(url);
        Statement statement = another.createStatement()) {
      read(statement, "SELECT 1");
    }
  }

  void wrong() throws SQLException {
    Mistake mistake = any(MISTAKES);
    expect(
        mistake.sqlState(),
        () -> {
          try (Statement statement = connection.createStatement()) {
            read(statement, mistake.sql());
          }
        });
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static void expect(String sqlState, Work work) throws SQLException {
    try {
      work.run();
    } catch (SQLException e) {
      if (sqlState.equals(e.getSQLState())) {
        return;
      }
      throw e;
    }
    throw new SQLException("there was no error " + sqlState, PointQueries.WRONG_ANSWER);
  }

  private static void read(Statement statement, String sql) throws SQLException {
    try (ResultSet results = statement.executeQuery(sql)) {
      while (results.next()) {
        results.getObject(1);
      }
    }
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}

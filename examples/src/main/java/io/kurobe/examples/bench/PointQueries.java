package io.kurobe.examples.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;

/** Asks for one order by its key, any that there is. One thread uses it. */
final class PointQueries implements AutoCloseable {
  /** In the place of an SQLSTATE. */
  static final String WRONG_ANSWER = "wrong answer";

  private static final String SQL =
      "SELECT o_orderkey, o_totalprice FROM postgres.public.orders WHERE o_orderkey = ";

  private final RandomGenerator random;
  private final long orders;
  private final Statement statement;
  private final PreparedStatement prepared;

  PointQueries(Connection connection, long orders, RandomGenerator random) throws SQLException {
    this.random = random;
    this.orders = orders;
    this.statement = connection.createStatement();
    this.prepared = connection.prepareStatement(SQL + "?");
  }

  void prepared() throws SQLException {
    long key = key();
    prepared.setLong(1, key);
    check(key, prepared.executeQuery());
  }

  /** By a text that the gateway has hardly seen before, as the key is in it. */
  void text() throws SQLException {
    long key = key();
    check(key, statement.executeQuery(SQL + key));
  }

  private long key() {
    return OrderKeys.of(1 + random.nextLong(orders));
  }

  private static void check(long key, ResultSet results) throws SQLException {
    try (results) {
      if (!results.next()
          || results.getLong(1) != key
          || results.getBigDecimal(2) == null
          || results.next()) {
        throw new SQLException("order " + key + " was not the answer", WRONG_ANSWER);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
    prepared.close();
  }
}

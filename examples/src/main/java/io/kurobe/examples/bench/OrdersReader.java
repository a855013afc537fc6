package io.kurobe.examples.bench;

import io.kurobe.examples.bench.OrderRows.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads orders through one driver, on a connection that it shares. Its statement stays prepared as
 * long as the same rows are read. One thread uses it.
 */
final class OrdersReader implements AutoCloseable {
  private final String name;
  private final Connection connection;
  private final String table;
  private final int fetchSize;
  private @Nullable PreparedStatement statement;
  private long prepared;

  /**
   * A reader.
   *
   * @param table as this driver's server calls it
   * @param fetchSize rows of one exchange; 0 leaves it to the driver
   */
  OrdersReader(String name, Connection connection, String table, int fetchSize) {
    this.name = name;
    this.connection = connection;
    this.table = table;
    this.fetchSize = fetchSize;
  }

  String name() {
    return name;
  }

  /** Reads so many orders, those with the least keys. */
  Reading read(long orders) throws SQLException {
    try (ResultSet results = prepare(orders).executeQuery()) {
      return OrderRows.read(results);
    } catch (SQLException e) {
      throw new SQLException(name + ": " + BenchException.firstLine(e), e.getSQLState(), e);
    }
  }

  /** The keys are part of the text: a parameter could lead a server to another plan. */
  private PreparedStatement prepare(long orders) throws SQLException {
    PreparedStatement known = statement;
    if (known != null && prepared == orders) {
      return known;
    }
    close();
    PreparedStatement made =
        connection.prepareStatement(
            "SELECT %s FROM %s WHERE o_orderkey <= %d"
                .formatted(OrderRows.COLUMNS, table, OrderKeys.of(orders)));
    if (fetchSize > 0) {
      made.setFetchSize(fetchSize);
    }
    statement = made;
    prepared = orders;
    return made;
  }

  @Override
  public void close() throws SQLException {
    if (statement != null) {
      statement.close();
      statement = null;
    }
  }
}

package io.kurobe.examples.bench;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Six columns of TPC-H's orders, one of each type of its tables, as a client of JDBC reads them.
 */
final class OrderRows {
  static final String COLUMNS =
      "o_orderkey, o_custkey, o_totalprice, o_orderdate, o_shippriority, o_clerk";

  private OrderRows() {}

  /**
   * What was read.
   *
   * @param checksum of every cell; it does not depend on the order of the rows
   */
  record Reading(long rows, long checksum) {}

  /** Reads the rows that are left, each cell by the getter of its type. */
  static Reading read(ResultSet results) throws SQLException {
    long rows = 0;
    long checksum = 0;
    while (results.next()) {
      rows++;
      checksum += row(results);
    }
    return new Reading(rows, checksum);
  }

  /** The checksum of the row that the cursor is on. */
  static long row(ResultSet results) throws SQLException {
    long hash = results.getLong(1);
    hash = mixed(hash, results.getLong(2));
    hash = mixed(hash, results.getBigDecimal(3).hashCode());
    hash = mixed(hash, results.getDate(4).getTime());
    hash = mixed(hash, results.getInt(5));
    return mixed(hash, results.getString(6).hashCode());
  }

  /** So that a sum over rows tells which cells were together in one. */
  private static long mixed(long hash, long cell) {
    long mixed = (hash ^ cell) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }
}

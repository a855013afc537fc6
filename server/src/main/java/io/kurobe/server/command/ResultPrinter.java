package io.kurobe.server.command;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes the rows of a result as they come, in memory that does not grow with their number. */
interface ResultPrinter {
  /**
   * Prints all rows.
   *
   * @return how many
   */
  long print(ResultSet rows, PrintWriter out) throws SQLException;
}

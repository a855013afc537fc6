package io.kurobe.examples.bench;

import io.kurobe.examples.bench.OrderRows.Reading;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * The client of {@link StreamBench}, in a process whose heap would not hold its result. It says in
 * lines on its output how far it is: {@code first NANOS}, and then {@code all NANOS ROWS CHECKSUM},
 * or {@code stalled}.
 */
public final class StreamReader {
  private StreamReader() {}

  /**
   * Reads a result.
   *
   * @param arguments the gateway's URL, the query, and after the first row how many seconds to do
   *     nothing and then end; 0 reads all rows
   */
  public static void main(String[] arguments) throws SQLException, InterruptedException {
    PrintStream out = System.out;
    // What libraries print must not come between the lines.
    System.setOut(System.err);
    int stall = Integer.parseInt(arguments[2]);
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement()) {
      // Classes are loaded, so that what follows is the query's own time.
      statement.executeQuery("SELECT 1").close();
      long start = System.nanoTime();
      try (ResultSet results = statement.executeQuery(arguments[1])) {
        if (!results.next()) {
          throw new SQLException("the result has no row");
        }
        out.println("first " + (System.nanoTime() - start));
        if (stall > 0) {
          TimeUnit.SECONDS.sleep(stall);
          out.println("stalled");
          return;
        }
        long checksum = OrderRows.row(results);
        Reading others = OrderRows.read(results);
        long nanos = System.nanoTime() - start;
        out.printf("all %d %d %d%n", nanos, others.rows() + 1, others.checksum() + checksum);
      }
    }
  }
}

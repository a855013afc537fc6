package io.kurobe.server.command;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/**
 * Runs statements on one connection: rows to the output, everything about them to the error output.
 */
final class StatementRunner {
  private static final String HINT = " Hint: ";

  private final Connection connection;
  private final OutputFormat format;
  private final PrintWriter out;
  private final PrintWriter err;

  StatementRunner(Connection connection, OutputFormat format, PrintWriter out, PrintWriter err) {
    this.connection = connection;
    this.format = format;
    this.out = out;
    this.err = err;
  }

  /** Runs one statement and says whether it succeeded; an error has been reported then. */
  boolean run(String sql) {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement();
        InterruptCancel ignored = new InterruptCancel(statement)) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          long count = format.printer().print(rows, out);
          out.flush();
          err.println(count + (count == 1 ? " row" : " rows") + " in " + since(start));
        }
      } else {
        err.println("done in " + since(start));
      }
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        err.println("warning: " + w.getMessage() + " (SQLSTATE " + w.getSQLState() + ")");
      }
      return true;
    } catch (SQLException e) {
      out.flush();
      report(e, err);
      return false;
    } finally {
      err.flush();
    }
  }

  /** One line, and one more for the hint if there is one. */
  static void report(SQLException e, PrintWriter err) {
    String message = String.valueOf(e.getMessage());
    int hint = message.indexOf(HINT);
    String line = hint < 0 ? message : message.substring(0, hint);
    err.println("kurobe: " + line + " (SQLSTATE " + e.getSQLState() + ")");
    if (hint >= 0) {
      err.println("  " + message.substring(hint + HINT.length()));
    }
    err.flush();
  }

  private static String since(long start) {
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    return time.toSeconds() < 1
        ? time.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
  }
}

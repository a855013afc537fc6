package io.kurobe.server.command;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** RFC 4180 with a header line; NULL is an empty field, empty text a quoted one. */
final class CsvPrinter implements ResultPrinter {
  private static final String LINE_END = "\r\n";

  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int width = columns.getColumnCount();
    for (int i = 1; i <= width; i++) {
      out.print(i == 1 ? "" : ",");
      out.print(field(columns.getColumnLabel(i)));
    }
    out.print(LINE_END);
    long count = 0;
    while (rows.next()) {
      for (int i = 1; i <= width; i++) {
        out.print(i == 1 ? "" : ",");
        out.print(field(rows.getString(i)));
      }
      out.print(LINE_END);
      count++;
    }
    return count;
  }

  private static String field(@Nullable String value) {
    if (value == null) {
      return "";
    }
    boolean plain =
        !value.isEmpty()
            && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}

package io.kurobe.examples.demo;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A result set as a table of text: numbers to the right, long values cut. */
final class ResultTable {
  private static final int WIDEST = 72;

  private ResultTable() {}

  /** Prints all rows of the results. */
  static void print(ResultSet results, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = results.getMetaData();
    int count = columns.getColumnCount();
    List<String[]> lines = new ArrayList<>();
    String[] labels = new String[count];
    boolean[] right = new boolean[count];
    for (int i = 0; i < count; i++) {
      labels[i] = columns.getColumnLabel(i + 1);
      right[i] = isNumber(columns.getColumnType(i + 1));
    }
    lines.add(labels);
    while (results.next()) {
      String[] cells = new String[count];
      for (int i = 0; i < count; i++) {
        cells[i] = cut(results.getString(i + 1));
      }
      lines.add(cells);
    }
    int[] widths = new int[count];
    for (String[] line : lines) {
      for (int i = 0; i < count; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    for (int n = 0; n < lines.size(); n++) {
      out.println(line(lines.get(n), widths, right));
      if (n == 0) {
        out.println(rule(widths));
      }
    }
    out.flush();
  }

  private static String line(String[] cells, int[] widths, boolean[] right) {
    var line = new StringBuilder(" ");
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(widths[i] - cells[i].length());
      line.append("  ")
          .append(right[i] ? padding : "")
          .append(cells[i])
          .append(right[i] ? "" : padding);
    }
    return line.toString().stripTrailing();
  }

  private static String rule(int[] widths) {
    var rule = new StringBuilder(" ");
    for (int width : widths) {
      rule.append("  ").append("─".repeat(width));
    }
    return rule.toString();
  }

  private static String cut(@Nullable String value) {
    String text = value == null ? "" : value.replaceAll("\\s+", " ");
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }

  private static boolean isNumber(int type) {
    return switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.DECIMAL,
          Types.NUMERIC,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE ->
          true;
      default -> false;
    };
  }
}

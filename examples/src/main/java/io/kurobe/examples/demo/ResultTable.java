package io.kurobe.examples.demo;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A result set as a table of text: numbers to the right, long texts over several lines, columns
 * without any value left out.
 */
final class ResultTable {
  private static final int WIDEST = 46;

  private final List<String> labels = new ArrayList<>();
  private final List<Boolean> numeric = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  private ResultTable(ResultSet results) throws SQLException {
    ResultSetMetaData columns = results.getMetaData();
    int count = columns.getColumnCount();
    for (int i = 1; i <= count; i++) {
      labels.add(columns.getColumnLabel(i));
      numeric.add(isNumber(columns.getColumnType(i)));
    }
    while (results.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        row.add(text(results, i, columns.getColumnType(i)));
      }
      rows.add(row);
    }
  }

  /** Prints all rows of the results. */
  static void print(ResultSet results, PrintWriter out) throws SQLException {
    var table = new ResultTable(results);
    List<Integer> shown = table.columnsWithValues();
    int[] widths = shown.stream().mapToInt(table::width).toArray();
    table.line(shown, widths, table.labels, out);
    var rule = new StringBuilder(" ");
    for (int width : widths) {
      rule.append("  ").append("─".repeat(width));
    }
    out.println(rule);
    for (List<String> row : table.rows) {
      table.line(shown, widths, row, out);
    }
    out.flush();
  }

  private List<Integer> columnsWithValues() {
    return IntStream.range(0, labels.size())
        .filter(
            column -> rows.isEmpty() || rows.stream().anyMatch(row -> !row.get(column).isEmpty()))
        .boxed()
        .toList();
  }

  private int width(int column) {
    int widest = labels.get(column).length();
    for (List<String> row : rows) {
      for (String part : wrapped(row.get(column))) {
        widest = Math.max(widest, part.length());
      }
    }
    return widest;
  }

  /** Prints a row, on as many lines as its longest cell needs. */
  private void line(List<Integer> shown, int[] widths, List<String> row, PrintWriter out) {
    List<List<String>> cells = shown.stream().map(column -> wrapped(row.get(column))).toList();
    int height = cells.stream().mapToInt(List::size).max().orElse(1);
    for (int y = 0; y < height; y++) {
      var line = new StringBuilder(" ");
      for (int x = 0; x < widths.length; x++) {
        String cell = y < cells.get(x).size() ? cells.get(x).get(y) : "";
        String padding = " ".repeat(widths[x] - cell.length());
        boolean right = numeric.get(shown.get(x));
        line.append("  ").append(right ? padding + cell : cell + padding);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** The text in parts of at most the widest column, broken between words where it can be. */
  private static List<String> wrapped(String text) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (rest.length() > WIDEST) {
      int space = rest.lastIndexOf(' ', WIDEST);
      int end = space > 0 ? space : WIDEST;
      parts.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    parts.add(rest);
    return parts;
  }

  private static String text(ResultSet results, int column, int type) throws SQLException {
    String value = results.getString(column);
    if (value == null) {
      return "";
    }
    if (type == Types.DOUBLE || type == Types.FLOAT || type == Types.REAL) {
      return String.format(Locale.ROOT, "%.2f", results.getDouble(column));
    }
    return value.replaceAll("\\s+", " ");
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

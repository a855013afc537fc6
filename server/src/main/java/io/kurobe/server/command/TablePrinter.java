package io.kurobe.server.command;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns aligned for the eye: numbers to the right, NULL spelled out, a cell of several lines over
 * as many. The first rows set the widths; wider cells after them push their line out.
 */
final class TablePrinter implements ResultPrinter {
  private static final int MEASURED_ROWS = 1000;
  private static final String NULL = "NULL";

  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    List<TableCell> header = new ArrayList<>();
    boolean[] right = new boolean[count];
    for (int i = 0; i < count; i++) {
      header.add(TableCell.of(columns.getColumnLabel(i + 1)));
      right[i] = isNumber(columns.getColumnType(i + 1));
    }
    List<List<TableCell>> measured = new ArrayList<>();
    while (measured.size() < MEASURED_ROWS && rows.next()) {
      measured.add(row(rows, count));
    }
    int[] widths = new int[count];
    for (int i = 0; i < count; i++) {
      widths[i] = header.get(i).width();
      for (List<TableCell> row : measured) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    print(out, header, widths, new boolean[count]);
    rule(out, widths);
    measured.forEach(row -> print(out, row, widths, right));
    long printed = measured.size();
    while (printed >= MEASURED_ROWS && rows.next()) {
      print(out, row(rows, count), widths, right);
      printed++;
    }
    return printed;
  }

  private static List<TableCell> row(ResultSet rows, int count) throws SQLException {
    List<TableCell> row = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      String value = rows.getString(i);
      row.add(TableCell.of(value == null ? NULL : value));
    }
    return row;
  }

  private static boolean isNumber(int type) {
    return switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL ->
          true;
      default -> false;
    };
  }

  private static void print(PrintWriter out, List<TableCell> row, int[] widths, boolean[] right) {
    int height = row.stream().mapToInt(cell -> cell.lines().size()).max().orElse(1);
    for (int line = 0; line < height; line++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(i == 0 ? " " : " | ");
        row.get(i).appendLine(text, line, widths[i], right[i]);
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private static void rule(PrintWriter out, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int width : widths) {
      text.append(text.isEmpty() ? "" : "+").append("-".repeat(width + 2));
    }
    out.println(text);
  }
}

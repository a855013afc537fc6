package io.kurobe.nl2sql.evaluation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Execution accuracy: whether two results are the same rows. Rows are a multiset unless their order
 * was asked for; the order of columns is free; numbers agree to 1e-4 of their size, whatever their
 * type; dates equal their ISO text; a boolean equals 0 or 1.
 */
public final class RowComparison {
  private static final double TOLERANCE = 1e-4;
  private static final int MOST_ARRANGEMENTS = 5_000;

  private RowComparison() {}

  /** Whether two results are the same. */
  public static boolean same(
      List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual, boolean ordered) {
    if (expected.size() != actual.size()) {
      return false;
    }
    if (expected.isEmpty()) {
      return true;
    }
    int columns = expected.get(0).size();
    if (actual.get(0).size() != columns) {
      return false;
    }
    List<List<Comparable<?>>> left = cells(expected);
    List<List<Comparable<?>>> right = cells(actual);
    return arrange(left, right, ordered, new int[columns], new boolean[columns], 0, new int[] {0});
  }

  /** Tries every order of columns whose columns agree one by one. */
  private static boolean arrange(
      List<List<Comparable<?>>> left,
      List<List<Comparable<?>>> right,
      boolean ordered,
      int[] order,
      boolean[] used,
      int at,
      int[] tried) {
    if (at == order.length) {
      return rowsAgree(left, right, ordered, order);
    }
    for (int candidate = 0; candidate < order.length; candidate++) {
      if (used[candidate] || tried[0]++ > MOST_ARRANGEMENTS) {
        continue;
      }
      order[at] = candidate;
      if (columnAgrees(left, right, ordered, at, candidate)) {
        used[candidate] = true;
        if (arrange(left, right, ordered, order, used, at + 1, tried)) {
          return true;
        }
        used[candidate] = false;
      }
    }
    return false;
  }

  private static boolean columnAgrees(
      List<List<Comparable<?>>> left,
      List<List<Comparable<?>>> right,
      boolean ordered,
      int leftColumn,
      int rightColumn) {
    List<List<Comparable<?>>> a = column(left, leftColumn);
    List<List<Comparable<?>>> b = column(right, rightColumn);
    return rowsAgree(a, b, ordered, new int[] {0});
  }

  private static List<List<Comparable<?>>> column(List<List<Comparable<?>>> rows, int column) {
    return rows.stream().map(row -> List.<Comparable<?>>of(row.get(column))).toList();
  }

  private static boolean rowsAgree(
      List<List<Comparable<?>>> left,
      List<List<Comparable<?>>> right,
      boolean ordered,
      int[] order) {
    List<List<Comparable<?>>> a = new ArrayList<>(left);
    List<List<Comparable<?>>> b = new ArrayList<>(right.size());
    for (List<Comparable<?>> row : right) {
      b.add(Arrays.stream(order).<Comparable<?>>mapToObj(row::get).toList());
    }
    if (!ordered) {
      Collections.sort(a, RowComparison::compareRows);
      Collections.sort(b, RowComparison::compareRows);
    }
    for (int i = 0; i < a.size(); i++) {
      for (int k = 0; k < order.length; k++) {
        if (!agree(a.get(i).get(k), b.get(i).get(k))) {
          return false;
        }
      }
    }
    return true;
  }

  private static int compareRows(List<Comparable<?>> a, List<Comparable<?>> b) {
    for (int i = 0; i < a.size(); i++) {
      int compared = compare(a.get(i), b.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  private static int compare(Comparable<?> a, Comparable<?> b) {
    if (a instanceof Double x && b instanceof Double y) {
      return agree(x, y) ? 0 : Double.compare(x, y);
    }
    if (a instanceof Double || b instanceof Double) {
      return a instanceof Double ? -1 : 1;
    }
    return a.toString().compareTo(b.toString());
  }

  private static boolean agree(Comparable<?> a, Comparable<?> b) {
    if (a instanceof Double x && b instanceof Double y) {
      return x.equals(y) || Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
    }
    return a.equals(b);
  }

  private static List<List<Comparable<?>>> cells(List<List<@Nullable Object>> rows) {
    return rows.stream()
        .map(row -> row.stream().<Comparable<?>>map(RowComparison::cell).toList())
        .toList();
  }

  /** A number as a double, anything else as text; NULL is a text that nothing else is. */
  private static Comparable<?> cell(@Nullable Object value) {
    if (value == null) {
      return "\u0000";
    }
    if (value instanceof Boolean truth) {
      return truth ? 1.0 : 0.0;
    }
    if (value instanceof Number number) {
      return number instanceof BigDecimal || number instanceof BigInteger
          ? new BigDecimal(number.toString()).doubleValue()
          : number.doubleValue();
    }
    String text = value.toString();
    try {
      return new BigDecimal(text.strip()).doubleValue();
    } catch (NumberFormatException e) {
      return text;
    }
  }
}

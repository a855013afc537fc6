package io.kurobe.examples.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether two answers are the same rows in the same order. Rows that tie in a column, which reads
 * the same from top to bottom in both, may change places. Numbers may differ as far as systems
 * differ in how many decimals an average or a quotient has: by {@code absolute}, or by 1e-8 of
 * their size.
 */
final class AnswerComparison {
  private static final double RELATIVE = 1e-8;

  private AnswerComparison() {}

  static boolean same(
      List<? extends List<? extends @Nullable Object>> expected,
      List<? extends List<? extends @Nullable Object>> actual,
      double absolute) {
    if (expected.size() != actual.size()) {
      return false;
    }
    return sameInOrder(expected, actual, absolute) || sameButForTies(expected, actual, absolute);
  }

  private static boolean sameInOrder(
      List<? extends List<? extends @Nullable Object>> expected,
      List<? extends List<? extends @Nullable Object>> actual,
      double absolute) {
    for (int i = 0; i < expected.size(); i++) {
      if (!sameRow(expected.get(i), actual.get(i), absolute)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameButForTies(
      List<? extends List<? extends @Nullable Object>> expected,
      List<? extends List<? extends @Nullable Object>> actual,
      double absolute) {
    int columns = expected.stream().mapToInt(List::size).min().orElse(0);
    for (int column = 0; column < columns; column++) {
      if (sameColumn(expected, actual, column, absolute)
          && sameInOrder(tiesInOrder(expected, column), tiesInOrder(actual, column), absolute)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameColumn(
      List<? extends List<? extends @Nullable Object>> expected,
      List<? extends List<? extends @Nullable Object>> actual,
      int column,
      double absolute) {
    for (int i = 0; i < expected.size(); i++) {
      if (actual.get(i).size() <= column
          || !sameValue(expected.get(i).get(column), actual.get(i).get(column), absolute)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The rows, those that follow each other with one value of a column in the order of their text.
   */
  private static List<? extends List<? extends @Nullable Object>> tiesInOrder(
      List<? extends List<? extends @Nullable Object>> rows, int column) {
    List<List<? extends @Nullable Object>> ordered = new ArrayList<>();
    for (int start = 0; start < rows.size(); ) {
      int end = start + 1;
      String value = String.valueOf(rows.get(start).get(column));
      while (end < rows.size() && String.valueOf(rows.get(end).get(column)).equals(value)) {
        end++;
      }
      rows.subList(start, end).stream()
          .sorted(Comparator.comparing(List::toString))
          .forEach(ordered::add);
      start = end;
    }
    return ordered;
  }

  private static boolean sameRow(
      List<? extends @Nullable Object> expected,
      List<? extends @Nullable Object> actual,
      double absolute) {
    if (expected.size() != actual.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!sameValue(expected.get(i), actual.get(i), absolute)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameValue(
      @Nullable Object expected, @Nullable Object actual, double absolute) {
    if (expected == null || actual == null) {
      return expected == actual;
    }
    if (expected instanceof Number) {
      try {
        double wanted = new BigDecimal(expected.toString()).doubleValue();
        double given = new BigDecimal(actual.toString()).doubleValue();
        return Math.abs(wanted - given) <= Math.max(absolute, Math.abs(wanted) * RELATIVE);
      } catch (NumberFormatException e) {
        return expected.toString().equals(actual.toString());
      }
    }
    return expected.toString().equals(actual.toString());
  }
}

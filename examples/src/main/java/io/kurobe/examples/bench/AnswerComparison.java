package io.kurobe.examples.bench;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether two answers are the same rows in the same order. Numbers may differ as far as systems
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
    for (int i = 0; i < expected.size(); i++) {
      if (!sameRow(expected.get(i), actual.get(i), absolute)) {
        return false;
      }
    }
    return true;
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

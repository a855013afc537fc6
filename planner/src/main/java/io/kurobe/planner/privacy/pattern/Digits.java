package io.kurobe.planner.privacy.pattern;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Arithmetic over the digits of a text. */
final class Digits {
  private Digits() {}

  /** A text without what only groups its characters. */
  static String compact(String value) {
    var text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        text.append(Character.toUpperCase(c));
      }
    }
    return text.toString();
  }

  static boolean areAll(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  static int at(String digits, int index) {
    return digits.charAt(index) - '0';
  }

  static long number(String digits, int from, int to) {
    return Long.parseLong(digits.substring(from, to));
  }

  /** The digits, each times its weight, added up; as many as there are weights. */
  static int weighted(String digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += at(digits, i) * weights[i];
    }
    return sum;
  }

  /** Whether all characters are the same, as in what people type to get past a form. */
  static boolean isOneRepeated(String value) {
    return value.chars().distinct().count() <= 1;
  }

  /** Whether there is such a day; a year of two digits may be of any century. */
  static boolean isDay(long year, long month, long day) {
    try {
      LocalDate.of(Math.toIntExact(year < 100 ? 2000 + year : year), (int) month, (int) day);
      return true;
    } catch (DateTimeException | ArithmeticException e) {
      return false;
    }
  }
}

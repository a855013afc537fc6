package io.kurobe.planner.privacy.pattern;

/** The control character of the Italian codice fiscale (decree of 23 December 1976). */
final class ItalianCode {
  /** What a character at an odd place counts, digits as the first ten letters. */
  private static final int[] ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  private ItalianCode() {}

  static boolean isValid(String code) {
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = code.charAt(i);
      int value = c <= '9' ? c - '0' : c - 'A';
      if (value < 0 || value >= ODD.length) {
        return false;
      }
      sum += i % 2 == 0 ? ODD[value] : value;
    }
    return code.charAt(15) == 'A' + sum % 26;
  }
}

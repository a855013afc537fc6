package io.kurobe.planner.fuzz;

import java.util.List;

/** Values written out. */
final class Literals {
  private Literals() {}

  /** A value of a kind. */
  static String of(Kind kind, Choices choices) {
    return switch (kind) {
      case SMALL -> choices.of(List.of("0", "1", "2", "-1", "3"));
      case INT -> choices.of(List.of("0", "1", "2147483647", "-2147483647"));
      case BIG -> choices.of(List.of("0", "9223372036854775807", "-7"));
      case DECIMAL -> choices.of(List.of("0.00", "1.50", "-1.50", "99999999.99", "1.5"));
      case WIDE -> choices.of(List.of("0.0", "12345678901234567890.0123456789", "-0.0000000001"));
      case DOUBLE -> choices.of(List.of("0E0", "1.5E0", "-2.25E0", "1.048576E6"));
      case REAL -> "CAST(" + choices.of(List.of("0E0", "1.5E0", "-2.25E0")) + " AS REAL)";
      case TEXT -> quoted(choices.of(Tables.TEXTS));
      case CHAR -> quoted(choices.of(List.of("a", "A", "ab", "", "b")));
      case DATE -> "DATE '" + choices.of(List.of("2024-02-29", "1970-01-01", "0001-01-01")) + "'";
      case TIMESTAMP ->
          "TIMESTAMP '"
              + choices.of(
                  List.of(
                      "2024-02-29 10:00:00.123456",
                      "1970-01-01 00:00:00",
                      "1969-12-31 23:59:59.999999"))
              + "'";
      case INSTANT ->
          "CAST(TIMESTAMP '"
              + choices.of(
                  List.of(
                      "2024-03-10 06:59:59.999999",
                      "1970-01-01 00:00:00",
                      "2024-11-03 05:30:00.123456"))
              + "' AS TIMESTAMP WITH LOCAL TIME ZONE)";
      case TIME -> "TIME '" + choices.of(List.of("00:00:00", "10:00:00.123456", "23:59:59")) + "'";
      case UUID -> "UUID '" + choices.of(Tables.UUIDS) + "'";
      case BINARY -> "X'" + choices.of(List.of("00", "61", "FF00", "")) + "'";
      case BOOLEAN -> choices.of(List.of("TRUE", "FALSE"));
    };
  }

  /** One to three values, with commas between them. */
  static String some(Kind kind, Choices choices, Choices list) {
    StringBuilder literals = new StringBuilder(of(kind, choices));
    for (int more = choices.below(3); more > 0; more--) {
      literals.append(", ").append(of(kind, list));
    }
    return literals.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}

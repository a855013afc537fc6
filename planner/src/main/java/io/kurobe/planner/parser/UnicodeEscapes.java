package io.kurobe.planner.parser;

import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.util.NlsString;

/**
 * The escapes of {@code U&'…'}: four hexadecimal digits, or a plus and six, as ISO 9075 has them.
 * Calcite knows the first alone, and reads {@code \+01F986} as one of {@code +01F}.
 */
final class UnicodeEscapes {
  private static final int LONG_DIGITS = 6;

  private UnicodeEscapes() {}

  /**
   * A literal without its escapes.
   *
   * @param escape what begins an escape; 0 if nothing does
   */
  static SqlLiteral decode(SqlLiteral literal, char escape) {
    String text = literal.getValueAs(NlsString.class).getValue();
    return escape == 0 || text.indexOf(escape + "+") < 0
        ? literal.unescapeUnicode(escape)
        : SqlLiteral.createCharString(shortened(text, escape), literal.getParserPosition())
            .unescapeUnicode(escape);
  }

  /** A text in which escapes of six digits are one or two of four. */
  private static String shortened(String text, char escape) {
    var written = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escapes = c == escape && i + 1 < text.length();
      if (escapes && text.charAt(i + 1) == escape) {
        written.append(c).append(c);
        i++;
      } else if (escapes && isLong(text, i + 1)) {
        int digits = i + 2;
        int character = Integer.parseInt(text.substring(digits, digits + LONG_DIGITS), 16);
        for (char unit : Character.toChars(character)) {
          written.append(escape).append("%04X".formatted((int) unit));
        }
        i = digits + LONG_DIGITS - 1;
      } else if (escapes && text.charAt(i + 1) == '+') {
        // Not six digits of a character: what Calcite finds malformed.
        written.append(c).append("none");
        i++;
      } else {
        written.append(c);
      }
    }
    return written.toString();
  }

  private static boolean isLong(String text, int plus) {
    int end = plus + 1 + LONG_DIGITS;
    return end <= text.length()
        && text.substring(plus, end).matches("\\+(0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}");
  }
}

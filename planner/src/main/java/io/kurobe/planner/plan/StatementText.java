package io.kurobe.planner.plan;

/** The text of a statement without what means nothing in it: blanks around and between words. */
final class StatementText {
  private StatementText() {}

  /**
   * The text with one blank for each run of them, outside of quotes. A text with comments is only
   * freed of blanks at its ends, as a line's end may end one.
   */
  static String normalised(String sql) {
    if (sql.contains("--") || sql.contains("/*") || sql.contains("//")) {
      return sql.strip();
    }
    var text = new StringBuilder(sql.length());
    char quote = 0;
    boolean blank = false;
    for (int i = 0; i < sql.length(); i++) {
      char at = sql.charAt(i);
      if (quote == 0 && Character.isWhitespace(at)) {
        blank = true;
        continue;
      }
      if (blank && !text.isEmpty()) {
        text.append(' ');
      }
      blank = false;
      if (quote == 0) {
        quote = isQuote(at) ? at : 0;
      } else if (at == quote) {
        // Doubled, it stands for itself; then the next one opens again.
        quote = 0;
      }
      text.append(at);
    }
    return text.toString();
  }

  private static boolean isQuote(char at) {
    return at == '\'' || at == '"' || at == '`';
  }
}

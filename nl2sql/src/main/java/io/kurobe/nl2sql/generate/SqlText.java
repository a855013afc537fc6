package io.kurobe.nl2sql.generate;

/** Where things stand in SQL of any dialect, outside of its literals and comments. */
final class SqlText {
  private SqlText() {}

  /** The place of the first semicolon; -1 if there is none. */
  static int semicolon(String sql) {
    for (int i = 0; i < sql.length(); i = next(sql, i)) {
      if (sql.charAt(i) == ';') {
        return i;
      }
    }
    return -1;
  }

  /** Whether every parenthesis is closed, and every literal. */
  static boolean isBalanced(String sql) {
    int depth = 0;
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      i = next(sql, i);
    }
    return depth == 0 && i == sql.length();
  }

  /**
   * Where the character, literal or comment that starts here ends; after the end if it does not.
   */
  private static int next(String sql, int at) {
    char c = sql.charAt(at);
    if (c == '\'' || c == '"' || c == '`') {
      return after(sql, String.valueOf(c), at + 1);
    }
    if (sql.startsWith("--", at)) {
      int line = sql.indexOf('\n', at);
      return line < 0 ? sql.length() : line;
    }
    return sql.startsWith("/*", at) ? after(sql, "*/", at + 2) : at + 1;
  }

  private static int after(String sql, String end, int from) {
    int at = sql.indexOf(end, from);
    return at < 0 ? sql.length() + 1 : at + end.length();
  }
}

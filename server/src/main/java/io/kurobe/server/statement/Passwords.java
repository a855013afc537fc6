package io.kurobe.server.statement;

import java.util.Locale;

/**
 * Passwords that are written in statements: what is shown, logged or kept has none. Reads the text
 * once from left to right, as it may be long, and anyone's.
 */
final class Passwords {
  private static final String PASSWORD = "password";
  private static final String HIDDEN = "'***'";

  private final String sql;
  private int at;

  private Passwords(String sql) {
    this.sql = sql;
  }

  /** The text without them: cut where a text begins that may be one, as it may be broken. */
  static String hidden(String sql) {
    int cut = new Passwords(sql).cut();
    return cut < 0 ? sql : sql.substring(0, cut) + HIDDEN;
  }

  private int cut() {
    skip();
    String first = word();
    skip();
    if ((first.equals("create") || first.equals("alter")) && word().equals("user")) {
      // Whatever stands in the place of PASSWORD, by mistake.
      return firstQuote();
    }
    while (at < sql.length()) {
      if (Character.isLetter(sql.charAt(at))) {
        if (word().equals(PASSWORD)) {
          skip();
          if (at < sql.length() && isText()) {
            return at;
          }
        }
      } else {
        at++;
      }
    }
    return -1;
  }

  private int firstQuote() {
    for (; at < sql.length(); at++) {
      if (sql.charAt(at) == '\'' || sql.charAt(at) == '$') {
        return at;
      }
      if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
        skip();
        at--;
      }
    }
    return -1;
  }

  /** A text, also one with letters before its quote. */
  private boolean isText() {
    return sql.charAt(at) == '$'
        || sql.startsWith("'", at)
        || sql.startsWith("'", at + 1)
        || sql.startsWith("'", at + 2);
  }

  private String word() {
    int from = at;
    while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
      at++;
    }
    // No longer word is looked for.
    return at - from > PASSWORD.length() ? "" : sql.substring(from, at).toLowerCase(Locale.ROOT);
  }

  /** What means nothing: blanks and remarks. */
  private void skip() {
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = after("\n");
      } else if (sql.startsWith("/*", at)) {
        at = after("*/");
      } else {
        return;
      }
    }
  }

  private int after(String end) {
    int found = sql.indexOf(end, at + 2);
    return found < 0 ? sql.length() : found + end.length();
  }
}

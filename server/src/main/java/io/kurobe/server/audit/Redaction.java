package io.kurobe.server.audit;

import java.util.regex.Pattern;

/**
 * Takes passwords out of the text of statements that set one. It reads words and quotes alone, so
 * that a statement with a mistake in it is covered as well: in doubt it takes out more.
 */
public final class Redaction {
  /** The word, whatever may stand between, and a text; to the end, as the text may be broken. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?is)\\b(password)(?:\\s|[=:]|--[^\\n]*+\\n|/\\*.*?\\*/)*+(?:[a-z_]*+&?'|\\$|\").*+");

  private static final Pattern QUERY =
      Pattern.compile("(?is)\\s*+(?:select|with|ask|explain)\\b.*+");
  private static final String WORD = "password";

  private Redaction() {}

  /** The text with stars in place of all from the literal behind the word PASSWORD. */
  public static String of(String sql) {
    return mentions(sql) && !QUERY.matcher(sql).matches()
        ? WRITTEN.matcher(sql).replaceFirst("$1 '***'")
        : sql;
  }

  private static boolean mentions(String sql) {
    for (int i = 0; i + WORD.length() <= sql.length(); i++) {
      if (sql.regionMatches(true, i, WORD, 0, WORD.length())) {
        return true;
      }
    }
    return false;
  }
}

package io.kurobe.planner.parser;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/**
 * JDBC's escapes that say nothing but where SQL stands: {@code {oj a LEFT OUTER JOIN b ON …}},
 * {@code LIKE 'x' {escape '!'}} and {@code {limit 5}}. What is within them is SQL already, so the
 * braces become blanks, those of joins parentheses, and every position stays. {@code {fn}} and the
 * literals are the grammar's own.
 */
final class JdbcBraces {
  private static final Set<String> OF_SQL = Set.of("escape", "limit");
  private static final String JOIN = "oj";
  private static final char AS_IT_IS = '}';

  private final String sql;
  private final StringBuilder blanked;

  /** What closes each brace that is open. */
  private final Deque<Character> open = new ArrayDeque<>();

  private JdbcBraces(String sql) {
    this.sql = sql;
    this.blanked = new StringBuilder(sql);
  }

  /** The statement without them, of the same length. */
  static String blanked(String sql) {
    return sql.indexOf('{') < 0 ? sql : new JdbcBraces(sql).read();
  }

  private String read() {
    for (int i = 0; i < sql.length(); i++) {
      switch (sql.charAt(i)) {
        case '\'', '"' -> i = end(i + 1, sql.substring(i, i + 1));
        case '-' -> i = sql.startsWith("--", i) ? end(i + 2, "\n") : i;
        case '/' -> i = sql.startsWith("/*", i) ? end(i + 2, "*/") : i;
        case '{' -> open(i);
        case '}' -> {
          if (!open.isEmpty()) {
            blanked.setCharAt(i, open.pop());
          }
        }
        default -> {}
      }
    }
    // The grammar says better what is wrong with a brace that nothing closes.
    return open.isEmpty() ? blanked.toString() : sql;
  }

  /** Where what is not looked into ends; doubled quotation marks end one and begin another. */
  private int end(int from, String mark) {
    int at = sql.indexOf(mark, from);
    return at < 0 ? sql.length() : at + mark.length() - 1;
  }

  private void open(int brace) {
    int begin = brace + 1;
    while (begin < sql.length() && Character.isWhitespace(sql.charAt(begin))) {
      begin++;
    }
    int end = begin;
    while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    String word = sql.substring(begin, end).toLowerCase(Locale.ROOT);
    if (word.equals(JOIN)) {
      open.push(')');
      blanked.setCharAt(brace, '(');
      blanked.replace(begin, end, " ".repeat(JOIN.length()));
    } else if (OF_SQL.contains(word)) {
      open.push(' ');
      blanked.setCharAt(brace, ' ');
    } else {
      open.push(AS_IT_IS);
    }
  }
}

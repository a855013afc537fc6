package io.kurobe.nl2sql.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The constants in the text of a query, by their places, so that others can be put there. The text
 * is one that Kurobe wrote itself: every name in it stands in double quotes.
 */
final class SqlLiterals {
  /** What a constant is. */
  enum Kind {
    TEXT,
    NUMBER,
    /** A date or a timestamp. */
    TIME
  }

  /**
   * A constant.
   *
   * @param value without quotes
   * @param start where its text begins in the query, quotes included
   * @param end behind its last character
   */
  record Literal(Kind kind, String value, int start, int end) {}

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<name>\"(?:[^\"]|\"\")*\")|(?<text>'(?:[^']|'')*')"
              + "|(?<number>(?<![\\p{L}\\d_.])\\d+(?:\\.\\d+)?(?![\\p{L}\\d_]))"
              + "|(?<word>[\\p{L}_][\\p{L}\\d_]*)");

  private SqlLiterals() {}

  static List<Literal> of(String sql) {
    List<Literal> literals = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    String before = "";
    while (matcher.find()) {
      String text = matcher.group("text");
      String number = matcher.group("number");
      if (text != null) {
        String value = text.substring(1, text.length() - 1).replace("''", "'");
        switch (before) {
          case "DATE", "TIMESTAMP" ->
              literals.add(new Literal(Kind.TIME, value, matcher.start(), matcher.end()));
          case "INTERVAL", "TIME" -> {}
          default -> literals.add(new Literal(Kind.TEXT, value, matcher.start(), matcher.end()));
        }
      } else if (number != null) {
        literals.add(new Literal(Kind.NUMBER, number, matcher.start(), matcher.end()));
      }
      before = matcher.group("word") == null ? "" : matcher.group("word");
    }
    return literals;
  }

  /** The query with other texts in the places of constants, which are given in order. */
  static String replaced(String sql, List<Literal> places, List<String> texts) {
    var replaced = new StringBuilder();
    int at = 0;
    for (int i = 0; i < places.size(); i++) {
      replaced.append(sql, at, places.get(i).start()).append(texts.get(i));
      at = places.get(i).end();
    }
    return replaced.append(sql, at, sql.length()).toString();
  }

  static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}

package io.kurobe.planner.privacy;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into SQL so that each stays one value wherever its placeholder stands, whatever it
 * holds. It reads the text as the parser does: literals, quoted names and comments, in which a
 * quote of the kind is written twice.
 */
final class RestoredSql {
  /** Finds the value of a placeholder; null leaves the placeholder as it is. */
  interface Values {
    @Nullable String of(String placeholder);
  }

  private final Pattern placeholder;
  private final Values values;
  private final StringBuilder result = new StringBuilder();

  RestoredSql(Pattern placeholder, Values values) {
    this.placeholder = placeholder;
    this.values = values;
  }

  String of(String sql) {
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end;
      if (c == '\'' || c == '"' || c == '`') {
        end = endOfQuoted(sql, at, c);
        boolean escapes = c != '`' && at >= 2 && sql.substring(at - 2, at).equalsIgnoreCase("U&");
        append(sql.substring(at, end), value -> quoted(value, c, escapes));
      } else if (sql.startsWith("--", at) || sql.startsWith("//", at)) {
        end = endOf(sql, at, "\n");
        result.append(sql, at, end);
      } else if (sql.startsWith("/*", at)) {
        end = endOf(sql, at + 2, "*/");
        result.append(sql, at, end);
      } else {
        end = endOfPlain(sql, at);
        append(sql.substring(at, end), value -> "'" + quoted(value, '\'', false) + "'");
      }
      at = end;
    }
    return result.toString();
  }

  private static String quoted(String value, char quote, boolean escapes) {
    String doubled = value.replace(String.valueOf(quote), String.valueOf(quote) + quote);
    return escapes ? doubled.replace("\\", "\\\\") : doubled;
  }

  private void append(String part, UnaryOperator<String> form) {
    result.append(
        placeholder
            .matcher(part)
            .replaceAll(
                match -> {
                  String value = values.of(match.group());
                  return Matcher.quoteReplacement(
                      value == null ? match.group() : form.apply(value));
                }));
  }

  private static int endOfQuoted(String sql, int start, char quote) {
    int at = start + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) == quote) {
        if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
          at++;
        } else {
          return at + 1;
        }
      }
      at++;
    }
    return sql.length();
  }

  private static int endOf(String sql, int from, String mark) {
    int end = sql.indexOf(mark, from);
    return end < 0 ? sql.length() : end + mark.length();
  }

  private static int endOfPlain(String sql, int start) {
    int at = start;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\''
          || c == '"'
          || c == '`'
          || sql.startsWith("--", at)
          || sql.startsWith("//", at)
          || sql.startsWith("/*", at)) {
        return at;
      }
      at++;
    }
    return at;
  }
}

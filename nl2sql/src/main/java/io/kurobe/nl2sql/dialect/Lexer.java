package io.kurobe.nl2sql.dialect;

import io.kurobe.nl2sql.dialect.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts text into tokens of any common dialect of SQL; comments and white space are left out. */
final class Lexer {
  private static final String PAIRS = "<>=!|&:-";

  private final String text;
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    var lexer = new Lexer(text);
    List<Token> tokens = new ArrayList<>();
    while (lexer.skipped()) {
      tokens.add(lexer.next(tokens));
    }
    return tokens;
  }

  /** Skips what says nothing; false at the end. */
  private boolean skipped() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        at = end < 0 ? text.length() : end + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  private Token next(List<Token> before) {
    char c = text.charAt(at);
    if (c == '\'') {
      return quoted(Kind.TEXT, '\'');
    }
    if (c == '"') {
      return quoted(Kind.DOUBLE_QUOTED, '"');
    }
    if (c == '`') {
      return quoted(Kind.NAME, '`');
    }
    if (c == '[' && opensName(before)) {
      return quoted(Kind.NAME, ']');
    }
    if (Character.isJavaIdentifierStart(c)) {
      int from = at;
      while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
        at++;
      }
      return new Token(Kind.WORD, text.substring(from, at));
    }
    if (Character.isDigit(c)
        || c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))) {
      return number();
    }
    int length =
        text.startsWith("<=>", at)
            ? 3
            : at + 1 < text.length() && PAIRS.indexOf(c) >= 0 && isPair(text.substring(at, at + 2))
                ? 2
                : 1;
    at += length;
    return new Token(Kind.SYMBOL, text.substring(at - length, at));
  }

  private static boolean isPair(String two) {
    return switch (two) {
      case "<>", "<=", ">=", "!=", "==", "||", "&&", "::", "->" -> true;
      default -> false;
    };
  }

  /** A bracket opens a name but where it is a subscript or an array's. */
  private boolean opensName(List<Token> before) {
    int end = text.indexOf(']', at);
    if (end < 0 || end == at + 1 || !Character.isLetter(text.charAt(at + 1))) {
      return false;
    }
    return before.isEmpty() || !before.get(before.size() - 1).isWord("ARRAY");
  }

  /** What stands between quotes; without an end to them, all that is left, for no reader. */
  private Token quoted(Kind kind, char close) {
    var value = new StringBuilder();
    int from = at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == close) {
        if (at < text.length() && text.charAt(at) == close && close != ']') {
          at++;
        } else {
          return new Token(kind, value.toString());
        }
      } else if (c == '\\' && close == '\'' && at < text.length() && text.charAt(at) == '\'') {
        // MySQL's; elsewhere no text ends in a backslash and goes on with a quote.
        continue;
      }
      value.append(c);
    }
    return new Token(Kind.SYMBOL, text.substring(from));
  }

  private Token number() {
    int from = at;
    while (at < text.length()
        && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.' || isExponent(from))) {
      at++;
    }
    return new Token(Kind.NUMBER, text.substring(from, at));
  }

  private boolean isExponent(int from) {
    char c = Character.toLowerCase(text.charAt(at));
    if (c == '+' || c == '-') {
      return at > from && Character.toLowerCase(text.charAt(at - 1)) == 'e';
    }
    return c == 'e'
        && at + 1 < text.length()
        && (Character.isDigit(text.charAt(at + 1)) || "+-".indexOf(text.charAt(at + 1)) >= 0);
  }
}

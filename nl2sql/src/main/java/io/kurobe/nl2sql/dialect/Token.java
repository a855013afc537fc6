package io.kurobe.nl2sql.dialect;

import java.util.Locale;

/**
 * A token of somebody's SQL.
 *
 * @param kind what it is
 * @param text a word, number or symbol as written; what stands between quotes, with these undone
 */
record Token(Kind kind, String text) {
  enum Kind {
    WORD,
    NUMBER,
    SYMBOL,
    /** In single quotes. */
    TEXT,
    /** In double quotes, which some take for a text and some for a name. */
    DOUBLE_QUOTED,
    /** In backticks or brackets: a name. */
    NAME
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  String upper() {
    return text.toUpperCase(Locale.ROOT);
  }

  /** As Kurobe's SQL has it. */
  String written() {
    return switch (kind) {
      case WORD, NUMBER, SYMBOL -> text;
      case TEXT -> "'" + text.replace("'", "''") + "'";
      case DOUBLE_QUOTED, NAME -> '"' + text.replace("\"", "\"\"") + '"';
    };
  }
}

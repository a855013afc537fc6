package io.kurobe.server.command;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.Optional;

/**
 * Splits a script into statements at the semicolons that end them, which are not those in quotes
 * and comments. Reads no further than the statement it returns.
 */
final class StatementReader {
  /** As long as no statement is; the server's own limit is lower and says so. */
  static final int LONGEST = 16 * 1024 * 1024;

  private static final int END = -1;

  private final PushbackReader in;

  StatementReader(Reader in) {
    this.in = new PushbackReader(in, 1);
  }

  /**
   * The next statement without its semicolon; empty at the end. What holds only blanks and comments
   * is passed over.
   */
  Optional<String> next() throws IOException {
    while (true) {
      StringBuilder text = new StringBuilder();
      boolean meaningful = false;
      int c = read(text);
      while (c != END && c != ';') {
        if (c == '\'' || c == '"') {
          quoted(c, text);
          meaningful = true;
        } else if (c == '-' && follows('-', text)) {
          lineComment(text);
        } else if (c == '/' && follows('*', text)) {
          blockComment(text);
        } else if (!Character.isWhitespace(c)) {
          meaningful = true;
        }
        c = read(text);
      }
      if (meaningful) {
        if (c == ';') {
          text.setLength(text.length() - 1);
        }
        return Optional.of(text.toString().strip());
      }
      if (c == END) {
        return Optional.empty();
      }
    }
  }

  private int read(StringBuilder text) throws IOException {
    int c = in.read();
    if (c != END) {
      if (text.length() >= LONGEST) {
        throw new IOException("a statement is longer than " + LONGEST + " characters");
      }
      text.append((char) c);
    }
    return c;
  }

  private boolean follows(char expected, StringBuilder text) throws IOException {
    int c = in.read();
    if (c == expected) {
      text.append(expected);
      return true;
    }
    if (c != END) {
      in.unread(c);
    }
    return false;
  }

  /** A doubled quote closes and opens again, which comes to the same here. */
  private void quoted(int quote, StringBuilder text) throws IOException {
    int c = read(text);
    while (c != END && c != quote) {
      c = read(text);
    }
  }

  private void lineComment(StringBuilder text) throws IOException {
    int c = read(text);
    while (c != END && c != '\n') {
      c = read(text);
    }
  }

  private void blockComment(StringBuilder text) throws IOException {
    int c = read(text);
    while (c != END) {
      if (c == '*' && follows('/', text)) {
        return;
      }
      c = read(text);
    }
  }
}

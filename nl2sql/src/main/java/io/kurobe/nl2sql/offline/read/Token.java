package io.kurobe.nl2sql.offline.read;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A word, number, quoted text or sign of a question.
 *
 * @param text as written, without quotes
 * @param lower in lower case, contractions resolved
 * @param stem what is compared with names
 * @param start offset of its first character in the question
 * @param end offset behind its last
 * @param number its value, for numbers and number words
 */
public record Token(
    Kind kind,
    String text,
    String lower,
    String stem,
    int start,
    int end,
    @Nullable BigDecimal number) {

  /** Kinds of tokens. */
  public enum Kind {
    WORD,
    NUMBER,
    QUOTED,
    SIGN
  }

  public Token {
    requireNonNull(kind, "kind is null");
    requireNonNull(text, "text is null");
  }

  /** Whether the writer began it with a capital. */
  public boolean capitalised() {
    return kind == Kind.WORD && Character.isUpperCase(text.codePointAt(0));
  }
}

package io.kurobe.adapters.type;

import io.kurobe.adapters.error.ErrorCode;
import java.util.Optional;

/**
 * What a text may hold: characters that have a form in UTF-8, but for NUL, which some sources keep
 * and others cannot.
 */
public final class TextForm {
  /** The code of a text that holds something else. */
  public static final ErrorCode REFUSED = ErrorCode.CHARACTER_NOT_IN_REPERTOIRE;

  public static final String HINT = "bytes of any kind are VARBINARY, as X'00' is";

  private TextForm() {}

  /** What is wrong with a text, as the end of a sentence; empty if nothing is. */
  public static Optional<String> refusal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '\0') {
        return Optional.of("holds the character NUL (U+0000)");
      }
      if (Character.isSurrogate(unit)) {
        boolean pair =
            Character.isHighSurrogate(unit)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return Optional.of("holds half a character (U+%04X)".formatted((int) unit));
        }
        i++;
      }
    }
    return Optional.empty();
  }
}

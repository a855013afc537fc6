package io.kurobe.server.avatica;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name or pattern of {@code DatabaseMetaData}: null restricts nothing, {@code ""} matches what
 * has no name, {@code %} and {@code _} are wildcards that {@code \} takes the meaning from. Names
 * match as they are stored, so that one of two that differ in case can be asked for.
 */
final class NamePattern {
  private NamePattern() {}

  /** A pattern with wildcards. */
  static Predicate<String> like(@Nullable String text) {
    if (text == null) {
      return name -> true;
    }
    var regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        regex.append(Pattern.quote(String.valueOf(text.charAt(++i))));
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
  }

  /** A name without wildcards. */
  static Predicate<String> exactly(@Nullable String text) {
    return name -> text == null || text.equals(name);
  }
}

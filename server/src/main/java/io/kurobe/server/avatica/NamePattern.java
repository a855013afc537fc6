package io.kurobe.server.avatica;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name or pattern of {@code DatabaseMetaData}: null restricts nothing, {@code ""} matches what
 * has no name, {@code %} and {@code _} are wildcards that {@code \} takes the meaning from.
 * Matching ignores case, as names do.
 */
final class NamePattern {
  private final @Nullable Pattern pattern;

  private NamePattern(@Nullable Pattern pattern) {
    this.pattern = pattern;
  }

  /** A pattern with wildcards. */
  static NamePattern like(@Nullable String text) {
    if (text == null) {
      return new NamePattern(null);
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
    return new NamePattern(compile(regex.toString()));
  }

  /** A name without wildcards. */
  static NamePattern exactly(@Nullable String text) {
    return new NamePattern(text == null ? null : compile(Pattern.quote(text)));
  }

  private static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  boolean matches(String name) {
    return pattern == null || pattern.matcher(name).matches();
  }
}

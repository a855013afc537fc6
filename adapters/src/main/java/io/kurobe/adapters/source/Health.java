package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

/**
 * Whether a source answers.
 *
 * @param up true if it answered
 * @param detail one line: its version, or what went wrong, without secrets
 */
public record Health(boolean up, String detail) {
  public Health {
    requireNonNull(detail, "detail is null");
  }

  public static Health up(String detail) {
    return new Health(true, detail);
  }

  public static Health down(String detail) {
    return new Health(false, detail);
  }
}

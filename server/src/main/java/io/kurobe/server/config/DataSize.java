package io.kurobe.server.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or data.
 *
 * @param bytes how much
 */
public record DataSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(B|KB|MB|GB|TB)");

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes is " + bytes);
    }
  }

  /** Reads {@code 512MB}, {@code 4 GB}…; units are powers of 1024. Empty if it is no such text. */
  public static Optional<DataSize> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int power =
        switch (matcher.group(2)) {
          case "KB" -> 1;
          case "MB" -> 2;
          case "GB" -> 3;
          case "TB" -> 4;
          default -> 0;
        };
    long unit = 1L << (10 * power);
    try {
      return Optional.of(new DataSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit)));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The size as DuckDB reads it, in its binary unit so that nothing is lost. */
  public String inMebibytes() {
    return Math.max(1, bytes >> 20) + "MiB";
  }
}

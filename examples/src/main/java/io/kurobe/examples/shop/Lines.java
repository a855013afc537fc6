package io.kurobe.examples.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The text files beside this package: lists with {@code |} between fields, and SQL scripts. */
final class Lines {
  private Lines() {}

  /** The file's lines in fields, without comments and empty lines. */
  static List<List<String>> fields(String file) {
    return text(file)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> split(line, "\\|"))
        .toList();
  }

  /** The parts of a field that lists several. */
  static List<String> parts(String field) {
    return split(field, ",");
  }

  private static List<String> split(String text, String separator) {
    return Stream.of(text.split(separator, -1)).map(String::strip).toList();
  }

  static String text(String file) {
    try (InputStream in = Lines.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

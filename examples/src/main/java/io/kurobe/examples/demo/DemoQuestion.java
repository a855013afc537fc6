package io.kurobe.examples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A question about the demo's shop that the engine answers rightly without a model.
 *
 * @param text the question
 * @param sql a query with the same answer, written by hand
 */
record DemoQuestion(String text, String sql) {
  /** The questions that come with the demo. */
  static List<DemoQuestion> all() {
    try (InputStream in = DemoQuestion.class.getResourceAsStream("questions.txt")) {
      if (in == null) {
        throw new IllegalStateException("no resource questions.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(DemoQuestion::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DemoQuestion parse(String line) {
    int bar = line.indexOf('|');
    return new DemoQuestion(line.substring(0, bar).strip(), line.substring(bar + 1).strip());
  }
}

package io.kurobe.planner.sqllogic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The list of what of the suite is refused, each with its reason: {@code
 * src/test/resources/sqllogic/not-supported.txt}, a line of a regular expression over the error, a
 * tab and the reason.
 */
final class NotSupported {
  private record Line(Pattern error, String reason) {}

  private final List<Line> lines = new ArrayList<>();

  static NotSupported read() throws IOException {
    var list = new NotSupported();
    try (InputStream file = NotSupported.class.getResourceAsStream("/sqllogic/not-supported.txt");
        var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\t+", 2))
          .forEach(parts -> list.lines.add(new Line(Pattern.compile(parts[0]), parts[1])));
    }
    return list;
  }

  /** Why such an error is one; empty if the list does not say. */
  String reason(String error) {
    return lines.stream()
        .filter(line -> line.error().matcher(error).find())
        .map(Line::reason)
        .findFirst()
        .orElse("");
  }
}

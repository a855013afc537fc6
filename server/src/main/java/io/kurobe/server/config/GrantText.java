package io.kurobe.server.config;

import io.kurobe.server.config.GrantSettings.ReadSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code source.schema.table (column, …)}, of which all but the source may be missing. */
final class GrantText {
  /** A name in double quotes, where {@code ""} stands for one, or a bare one. */
  private static final Pattern NAME =
      Pattern.compile("\\G\\s*(?:\"((?:[^\"]|\"\")+)\"|([^.\"(),\\s]+))\\s*");

  private static final int MOST_NAMES = 3;

  private GrantText() {}

  static Optional<ReadSettings> parse(String text) {
    List<String> place = new ArrayList<>();
    int end = names(text, 0, '.', place);
    List<String> columns = new ArrayList<>();
    if (end >= 0 && end < text.length() && text.charAt(end) == '(') {
      end = names(text, end + 1, ',', columns);
      boolean closed = end >= 0 && end < text.length() && text.charAt(end) == ')';
      end = closed && text.substring(end + 1).isBlank() ? text.length() : -1;
    }
    return end == text.length() && place.size() <= MOST_NAMES
        ? Optional.of(new ReadSettings(place, columns))
        : Optional.empty();
  }

  /** Reads names; gives where they end, or -1 if there is none where there must be one. */
  private static int names(String text, int from, char separator, List<String> names) {
    int at = from;
    while (true) {
      Matcher matcher = NAME.matcher(text);
      if (!matcher.find(at)) {
        return -1;
      }
      names.add(
          matcher.group(1) == null ? matcher.group(2) : matcher.group(1).replace("\"\"", "\""));
      at = matcher.end();
      if (at >= text.length() || text.charAt(at) != separator) {
        return at;
      }
      at++;
    }
  }
}

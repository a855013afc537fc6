package io.kurobe.server.config;

import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code source.schema.table.column = source.schema.table.column}. */
final class RelationText {
  /** A name in double quotes, where {@code ""} stands for one, or a bare one. */
  private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^.\"=\\s]+)");

  private RelationText() {}

  static Optional<Relation> parse(String text) {
    Matcher matcher = PART.matcher(text);
    List<String> parts = new ArrayList<>();
    int end = 0;
    while (matcher.find(end)) {
      String between = text.substring(end, matcher.start()).strip();
      String expected = parts.isEmpty() ? "" : parts.size() == 4 ? "=" : ".";
      if (!between.equals(expected) || parts.size() == 8) {
        return Optional.empty();
      }
      parts.add(
          matcher.group(1) == null ? matcher.group(2) : matcher.group(1).replace("\"\"", "\""));
      end = matcher.end();
    }
    if (parts.size() != 8 || !text.substring(end).isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        new Relation(
            new TableName(parts.get(0), parts.get(1), parts.get(2)),
            List.of(parts.get(3)),
            new TableName(parts.get(4), parts.get(5), parts.get(6)),
            List.of(parts.get(7))));
  }
}

package io.kurobe.server.command;

import java.util.List;

/**
 * The text of one cell as a terminal may be shown it: lines without control characters, which could
 * otherwise move its cursor.
 *
 * @param width columns of the widest line
 */
record TableCell(List<String> lines, int width) {
  TableCell {
    lines = List.copyOf(lines);
  }

  static TableCell of(String value) {
    List<String> lines = value.lines().map(TableCell::printable).toList();
    if (lines.isEmpty()) {
      return new TableCell(List.of(""), 0);
    }
    return new TableCell(lines, lines.stream().mapToInt(TableCell::columns).max().orElse(0));
  }

  /** Appends one line of the cell, filled up to a width. */
  void appendLine(StringBuilder text, int line, int width, boolean right) {
    String content = line < lines.size() ? lines.get(line) : "";
    String fill = " ".repeat(Math.max(0, width - columns(content)));
    text.append(right ? fill + content : content + fill);
  }

  private static String printable(String line) {
    if (line.chars().noneMatch(Character::isISOControl)) {
      return line;
    }
    StringBuilder text = new StringBuilder();
    line.codePoints()
        .forEach(
            c -> {
              if (c == '\t') {
                text.append("    ");
              } else if (Character.isISOControl(c)) {
                text.append(String.format("\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  /** Terminals give East Asian wide characters two columns, and marks that combine none. */
  private static int columns(String line) {
    return line.codePoints().map(TableCell::columns).sum();
  }

  private static int columns(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE4F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}

package io.kurobe.planner.parser;

import static java.util.stream.Collectors.joining;

import org.apache.calcite.sql.SqlIdentifier;

/** The text form of a name in SET: its parts with dots between, quoted only where it must be. */
final class SettingText {
  private SettingText() {}

  static String of(SqlIdentifier name) {
    return name.names.stream().map(SettingText::quoted).collect(joining("."));
  }

  private static String quoted(String part) {
    return part.contains(".") || part.contains("\"") || part.contains(",")
        ? '"' + part.replace("\"", "\"\"") + '"'
        : part;
  }
}

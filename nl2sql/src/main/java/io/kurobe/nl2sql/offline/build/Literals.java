package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.Locale;

/** Writes constants as the type of a column wants them. */
final class Literals {
  private Literals() {}

  /** A constant that a column equals, as it is stored. */
  static String equal(SchemaColumn column, String value) {
    return column.stored() == SchemaColumn.Nature.TEXT ? text(value) : of(column, value);
  }

  static String of(SchemaColumn column, String value) {
    return switch (column.nature()) {
      case NUMBER -> value.matches("-?\\d+(\\.\\d+)?") ? value : text(value);
      case BOOLEAN -> yes(column, value.toLowerCase(Locale.ROOT)) ? "TRUE" : "FALSE";
      case TIME ->
          value.matches("\\d{4}-\\d{2}-\\d{2}")
              ? "DATE '" + value + "'"
              : value.matches("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}")
                  ? "TIMESTAMP '" + value + "'"
                  : text(value);
      case TEXT, OTHER -> text(value);
    };
  }

  private static boolean yes(SchemaColumn column, String value) {
    return value.equals("1")
        || value.equals("true")
        || column.table().lexicon().is(value, WordClass.YES);
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}

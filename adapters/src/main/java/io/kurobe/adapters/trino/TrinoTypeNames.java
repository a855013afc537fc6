package io.kurobe.adapters.trino;

import io.kurobe.adapters.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads Trino's names of types, such as {@code row(a integer, "b c" array(varchar(3)))}. */
final class TrinoTypeNames {
  private static final Set<String> TYPES =
      Set.of(
          "array",
          "bigint",
          "boolean",
          "char",
          "date",
          "decimal",
          "double",
          "integer",
          "interval",
          "ipaddress",
          "json",
          "map",
          "real",
          "row",
          "smallint",
          "time",
          "timestamp",
          "tinyint",
          "unknown",
          "uuid",
          "varbinary",
          "varchar");

  private final String text;
  private int at;

  private TrinoTypeNames(String text) {
    this.text = text;
  }

  /** The type; VARCHAR for what has no counterpart here. */
  static SqlType parse(String name) {
    return new TrinoTypeNames(name).type();
  }

  private SqlType type() {
    String name = word();
    SqlType type =
        switch (name) {
          case "array" -> {
            at++;
            SqlType element = type();
            at++;
            yield SqlType.array(element);
          }
          case "map" -> {
            at++;
            SqlType key = type();
            at++;
            SqlType value = type();
            at++;
            yield SqlType.map(key, value);
          }
          case "row" -> row();
          case "decimal" -> {
            String[] digits = arguments().split(",", -1);
            yield SqlType.decimal(
                Integer.parseInt(digits[0].strip()), Integer.parseInt(digits[1].strip()));
          }
          case "char" -> SqlType.character(Integer.parseInt(arguments().strip()));
          case "time", "timestamp" -> {
            arguments();
            String zone = word();
            yield zone.equals("with time zone")
                ? name.equals("time") ? SqlType.VARCHAR : SqlType.TIMESTAMP_TZ
                : name.equals("time") ? SqlType.TIME : SqlType.TIMESTAMP;
          }
          default -> {
            arguments();
            yield simple(name);
          }
        };
    skipBlanks();
    return type;
  }

  private static SqlType simple(String name) {
    return switch (name) {
      case "boolean" -> SqlType.BOOLEAN;
      case "tinyint" -> SqlType.TINYINT;
      case "smallint" -> SqlType.SMALLINT;
      case "integer" -> SqlType.INTEGER;
      case "bigint" -> SqlType.BIGINT;
      case "real" -> SqlType.REAL;
      case "double" -> SqlType.DOUBLE;
      case "varbinary" -> SqlType.VARBINARY;
      case "date" -> SqlType.DATE;
      case "timestamp with time zone" -> SqlType.TIMESTAMP_TZ;
      case "interval year to month" -> SqlType.INTERVAL_YEAR_MONTH;
      case "interval day to second" -> SqlType.INTERVAL_DAY_TIME;
      case "uuid" -> SqlType.UUID;
      case "json" -> SqlType.JSON;
      case "unknown" -> SqlType.NULL;
      default -> SqlType.VARCHAR;
    };
  }

  /** A name of one or more words, up to what brackets, separates or ends it. */
  private String word() {
    skipBlanks();
    int start = at;
    while (at < text.length() && "(,)".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  /** What stands in parentheses; empty if there are none. */
  private String arguments() {
    if (at >= text.length() || text.charAt(at) != '(') {
      return "";
    }
    int start = at + 1;
    int depth = 0;
    do {
      char c = text.charAt(at++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    } while (depth > 0);
    return text.substring(start, at - 1);
  }

  private SqlType row() {
    List<SqlType.Field> fields = new ArrayList<>();
    do {
      at++;
      skipBlanks();
      String name = fieldName(fields.size());
      fields.add(new SqlType.Field(name, type(), true));
    } while (at < text.length() && text.charAt(at) == ',');
    at++;
    return SqlType.row(fields);
  }

  /** A field may have no name. */
  private String fieldName(int position) {
    if (text.charAt(at) == '"') {
      int end = text.indexOf('"', at + 1);
      String name = text.substring(at + 1, end);
      at = end + 1;
      return name;
    }
    // Trino shows names unquoted here, blanks and all: a name ends where a type begins.
    if (TYPES.contains(wordAt(at))) {
      return "field" + position;
    }
    int end = text.indexOf(' ', at);
    while (end >= 0 && !TYPES.contains(wordAt(end + 1))) {
      end = text.indexOf(' ', end + 1);
    }
    if (end < 0) {
      return "field" + position;
    }
    String name = text.substring(at, end);
    at = end;
    return name;
  }

  /** Whether a field without a name or the type of a named one begins here is told by this word. */
  private String wordAt(int from) {
    int end = from;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    String word = text.substring(from, end);
    // A field may be named like a type: then a type still follows.
    boolean named = end < text.length() && text.charAt(end) == ' ' && from == at;
    return named && !word.equals("interval") ? "" : word;
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}

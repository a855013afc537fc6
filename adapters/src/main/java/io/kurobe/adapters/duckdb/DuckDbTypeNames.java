package io.kurobe.adapters.duckdb;

import io.kurobe.adapters.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Reads DuckDB's names of types, such as {@code STRUCT("a b" INTEGER, c DECIMAL(4,2)[])}. */
final class DuckDbTypeNames {
  private final String text;
  private int at;

  private DuckDbTypeNames(String text) {
    this.text = text;
  }

  /** The type; VARCHAR for what has no counterpart here. */
  static SqlType parse(String name) {
    return new DuckDbTypeNames(name).type();
  }

  private SqlType type() {
    String name = word();
    SqlType type =
        switch (name) {
          case "STRUCT" -> row();
          case "MAP" -> map();
          case "DECIMAL", "NUMERIC" -> decimal();
          case "ENUM", "UNION" -> {
            skipParentheses();
            yield SqlType.VARCHAR;
          }
          default -> simple(name);
        };
    while (at < text.length() && text.charAt(at) == '[') {
      at = text.indexOf(']', at) + 1;
      type = SqlType.array(type);
    }
    return type;
  }

  private static SqlType simple(String name) {
    return switch (name) {
      case "BOOLEAN" -> SqlType.BOOLEAN;
      case "TINYINT" -> SqlType.TINYINT;
      case "SMALLINT", "UTINYINT" -> SqlType.SMALLINT;
      case "INTEGER", "USMALLINT" -> SqlType.INTEGER;
      case "BIGINT", "UINTEGER" -> SqlType.BIGINT;
      case "UBIGINT" -> SqlType.decimal(20, 0);
      case "HUGEINT", "UHUGEINT" -> SqlType.decimal(38, 0);
      case "FLOAT" -> SqlType.REAL;
      case "DOUBLE" -> SqlType.DOUBLE;
      case "BLOB" -> SqlType.VARBINARY;
      case "DATE" -> SqlType.DATE;
      case "TIME", "TIME_NS" -> SqlType.TIME;
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> SqlType.TIMESTAMP;
      case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ" -> SqlType.TIMESTAMP_TZ;
      case "UUID" -> SqlType.UUID;
      case "JSON" -> SqlType.JSON;
      default -> SqlType.VARCHAR;
    };
  }

  /** A name of one or more words, up to what brackets, separates or ends it. */
  private String word() {
    skipBlanks();
    int start = at;
    while (at < text.length() && "([,)".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private SqlType decimal() {
    if (at >= text.length() || text.charAt(at) != '(') {
      return SqlType.decimal(18, 3);
    }
    int end = text.indexOf(')', at);
    String[] digits = text.substring(at + 1, end).split(",", -1);
    at = end + 1;
    return SqlType.decimal(
        Integer.parseInt(digits[0].strip()), Integer.parseInt(digits[1].strip()));
  }

  private SqlType map() {
    at++;
    SqlType key = type();
    at++;
    SqlType value = type();
    at++;
    return SqlType.map(key, value);
  }

  private SqlType row() {
    List<SqlType.Field> fields = new ArrayList<>();
    do {
      at++;
      String name = fieldName();
      fields.add(new SqlType.Field(name, type(), true));
    } while (at < text.length() && text.charAt(at) == ',');
    at++;
    return SqlType.row(fields);
  }

  private String fieldName() {
    skipBlanks();
    if (text.charAt(at) != '"') {
      int end = text.indexOf(' ', at);
      String name = text.substring(at, end);
      at = end;
      return name;
    }
    var name = new StringBuilder();
    at++;
    while (text.charAt(at) != '"' || (at + 1 < text.length() && text.charAt(at + 1) == '"')) {
      at += text.charAt(at) == '"' ? 1 : 0;
      name.append(text.charAt(at++));
    }
    at++;
    return name.toString();
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  /** Skips what stands in parentheses, where quotes may hide further ones. */
  private void skipParentheses() {
    int depth = 0;
    char quote = 0;
    do {
      char c = text.charAt(at++);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
    } while (depth > 0 && at < text.length());
  }
}

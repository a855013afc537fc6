package io.kurobe.driver;

import java.sql.Types;
import java.util.Set;

/** Between which of {@link Types} {@code {fn CONVERT(value, type)}} is, wherever the value is. */
final class Conversions {
  private static final Set<Integer> TEXTS = Set.of(Types.CHAR, Types.VARCHAR);

  private static final Set<Integer> NUMBERS =
      Set.of(
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL);

  private Conversions() {}

  static boolean isBetween(int from, int to) {
    if (TEXTS.contains(to)) {
      return TEXTS.contains(from) || isOther(from);
    }
    if (TEXTS.contains(from)) {
      return isOther(to);
    }
    if (NUMBERS.contains(from)) {
      return NUMBERS.contains(to) || to == Types.BOOLEAN;
    }
    switch (from) {
      case Types.BOOLEAN:
      case Types.TIME:
        return to == from;
      case Types.DATE:
        return to == Types.DATE || to == Types.TIMESTAMP;
      case Types.TIMESTAMP:
        return to == Types.DATE || to == Types.TIME || to == Types.TIMESTAMP;
      default:
        return false;
    }
  }

  private static boolean isOther(int type) {
    return NUMBERS.contains(type)
        || type == Types.BOOLEAN
        || type == Types.DATE
        || type == Types.TIME
        || type == Types.TIMESTAMP;
  }
}

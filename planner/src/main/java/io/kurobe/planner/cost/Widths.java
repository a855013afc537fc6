package io.kurobe.planner.cost;

import org.apache.calcite.rel.type.RelDataType;

/** How many bytes a value of a type takes on average, where no statistics tell. */
final class Widths {
  private static final int TEXT = 24;
  private static final int NESTED = 64;

  private Widths() {}

  static double of(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN, TINYINT -> 1;
      case SMALLINT -> 2;
      case INTEGER, REAL, DATE -> 4;
      case DECIMAL, UUID -> 16;
      case CHAR, VARCHAR -> {
        int longest = type.getPrecision();
        yield longest <= 0 ? TEXT : Math.min(longest, TEXT);
      }
      case BINARY, VARBINARY, ARRAY, MAP, ROW, MULTISET -> NESTED;
      default -> 8;
    };
  }
}

package io.kurobe.adapters.type;

import java.sql.Types;

/**
 * What JDBC calls the types of Kurobe's SQL. What JDBC has no type for is text under its own name:
 * UUID, JSON, intervals, maps, rows and nested arrays.
 */
public final class JdbcTypes {
  /** What is said of text without a declared length; tools size their buffers by it. */
  public static final int UNBOUNDED_LENGTH = 65_535;

  private JdbcTypes() {}

  /** A constant of {@link Types}. */
  public static int code(SqlType type) {
    return switch (type.kind()) {
      case NULL -> Types.NULL;
      case BOOLEAN -> Types.BOOLEAN;
      case TINYINT -> Types.TINYINT;
      case SMALLINT -> Types.SMALLINT;
      case INTEGER -> Types.INTEGER;
      case BIGINT -> Types.BIGINT;
      case REAL -> Types.REAL;
      case DOUBLE -> Types.DOUBLE;
      case DECIMAL -> Types.DECIMAL;
      case CHAR -> Types.CHAR;
      case VARBINARY -> Types.VARBINARY;
      case DATE -> Types.DATE;
      case TIME -> Types.TIME;
      case TIMESTAMP, TIMESTAMP_TZ -> Types.TIMESTAMP;
      case ARRAY -> isArray(type) ? Types.ARRAY : Types.VARCHAR;
      case VARCHAR, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, UUID, JSON, MAP, ROW -> Types.VARCHAR;
    };
  }

  /** Whether a type is an array to JDBC: its elements are scalars with a form of their own. */
  public static boolean isArray(SqlType type) {
    return type.kind() == SqlType.Kind.ARRAY && ArrowTypes.isLeaf(type.fields().get(0).type());
  }

  /** The type's name without length, precision and scale. */
  public static String name(SqlType type) {
    return switch (type.kind()) {
      case DECIMAL, CHAR -> type.kind().name();
      default -> type.toString();
    };
  }

  public static boolean isNumeric(SqlType type) {
    return switch (type.kind()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  /** Digits, characters or bytes, as {@code COLUMN_SIZE} means it. */
  public static int size(SqlType type) {
    return switch (type.kind()) {
      case NULL -> 0;
      case BOOLEAN -> 1;
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INTEGER, DATE -> 10;
      case BIGINT -> 19;
      case REAL -> 7;
      case DOUBLE -> 15;
      case DECIMAL, CHAR -> type.precision();
      case TIME -> 15;
      case TIMESTAMP -> 26;
      case TIMESTAMP_TZ -> 32;
      case UUID -> 36;
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> 40;
      case VARCHAR, JSON, VARBINARY, ARRAY, MAP, ROW -> UNBOUNDED_LENGTH;
    };
  }
}

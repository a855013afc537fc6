package io.kurobe.adapters.embedded;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Kind;
import java.util.stream.Collectors;

/** DuckDB's names of Kurobe's types, as a cast in DuckDB's SQL writes them. */
public final class DuckDbTypes {
  private DuckDbTypes() {}

  /** The name, spelled as DuckDB's own catalog spells it. */
  public static String name(SqlType type) {
    return switch (type.kind()) {
      case NULL -> "\"NULL\"";
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DOUBLE, DATE, TIME, TIMESTAMP, UUID ->
          type.kind().name();
      case REAL -> "FLOAT";
      case DECIMAL -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
      // JSON is text to us; a cast to DuckDB's JSON would parse every value once more.
      case CHAR, VARCHAR, JSON -> "VARCHAR";
      case VARBINARY -> "BLOB";
      case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> "INTERVAL";
      case ARRAY -> name(type.fields().get(0).type()) + "[]";
      case MAP ->
          "MAP("
              + name(type.fields().get(0).type())
              + ", "
              + name(type.fields().get(1).type())
              + ")";
      case ROW ->
          type.fields().stream()
              .map(field -> DuckDbInstance.quote(field.name()) + " " + name(field.type()))
              .collect(Collectors.joining(", ", "STRUCT(", ")"));
    };
  }

  /**
   * Whether a column that DuckDB names so already has the Arrow form of a type, or one we adapt.
   */
  static boolean isExportedAs(String duckDbName, SqlType type) {
    if (duckDbName.equals(name(type))) {
      return true;
    }
    return switch (duckDbName) {
      case "JSON" -> type.isText();
      // Its text form of an interval is not ISO 8601: VectorLayouts writes that one.
      case "INTERVAL" -> type.kind() == Kind.VARCHAR;
      // A cast would round it: VectorLayouts cuts it.
      case "TIMESTAMP_NS" -> type.kind() == Kind.TIMESTAMP;
      default -> type.kind() == Kind.NULL;
    };
  }
}

package io.kurobe.driver;

import java.sql.JDBCType;
import java.sql.Types;
import java.util.Locale;
import java.util.Map;

/** An array that a program made for a parameter. The server brings its elements to their type. */
final class MadeArray extends ElementArray {
  /** Names of types that JDBC has none or another for. */
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("INT", Types.INTEGER),
          Map.entry("INT2", Types.SMALLINT),
          Map.entry("INT4", Types.INTEGER),
          Map.entry("INT8", Types.BIGINT),
          Map.entry("FLOAT4", Types.REAL),
          Map.entry("FLOAT8", Types.DOUBLE),
          Map.entry("DOUBLE PRECISION", Types.DOUBLE),
          Map.entry("BOOL", Types.BOOLEAN),
          Map.entry("TEXT", Types.VARCHAR),
          Map.entry("STRING", Types.VARCHAR),
          Map.entry("BYTEA", Types.VARBINARY),
          Map.entry("TIMESTAMPTZ", Types.TIMESTAMP_WITH_TIMEZONE),
          Map.entry("TIMESTAMP WITH TIME ZONE", Types.TIMESTAMP_WITH_TIMEZONE));

  private final String elementType;
  private final Object[] elements;

  MadeArray(String elementType, Object[] elements) {
    this.elementType = elementType;
    this.elements = elements.clone();
  }

  @Override
  public String getBaseTypeName() {
    return elementType;
  }

  /** OTHER for a name that is none of JDBC's. */
  @Override
  public int getBaseType() {
    String name = elementType.toUpperCase(Locale.ROOT).strip();
    Integer known = NAMES.get(name);
    if (known != null) {
      return known;
    }
    for (JDBCType type : JDBCType.values()) {
      if (type.getName().equals(name)) {
        return type.getVendorTypeNumber();
      }
    }
    return Types.OTHER;
  }

  @Override
  int size() {
    return elements.length;
  }

  @Override
  Object[] slice(int from, int count) {
    return java.util.Arrays.copyOfRange(elements, from, from + count);
  }

  @Override
  public String toString() {
    return java.util.Arrays.deepToString(elements);
  }
}

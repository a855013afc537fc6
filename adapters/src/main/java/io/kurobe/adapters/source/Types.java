package io.kurobe.adapters.source;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Kinds of types on which the meaning of functions depends. */
public final class Types {
  private Types() {}

  /** Text itself. */
  public static boolean isText(RelDataType type) {
    return type.getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER;
  }

  /** Text, or what holds text, so that its order depends on a collation. */
  public static boolean holdsText(RelDataType type) {
    return isText(type)
        || (type.getComponentType() != null && holdsText(type.getComponentType()))
        || (type.isStruct()
            && type.getFieldList().stream().anyMatch(field -> holdsText(field.getType())));
  }

  public static boolean isDecimal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL;
  }

  public static boolean isInteger(RelDataType type) {
    return SqlTypeUtil.isIntType(type);
  }

  /** Integers and decimals. */
  public static boolean isExact(RelDataType type) {
    return SqlTypeUtil.isExactNumeric(type);
  }

  /** DOUBLE and its like, but not REAL. */
  public static boolean isDouble(RelDataType type) {
    return SqlTypeUtil.isApproximateNumeric(type) && type.getSqlTypeName() != SqlTypeName.REAL;
  }

  /** A point in time whose parts depend on a zone. */
  public static boolean isInstant(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  /** Arrays, maps and rows. */
  public static boolean isComposed(RelDataType type) {
    return type.getComponentType() != null || type.getKeyType() != null || type.isStruct();
  }

  /** Dates and timestamps without a zone. */
  public static boolean isDateOrTimestamp(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DATE
        || type.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }
}

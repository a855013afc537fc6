package io.kurobe.planner.bind;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * The limits and derived types of docs/semantics.md, where Calcite's defaults lose digits: 38
 * digits of DECIMAL, averages that are not integers, sums that do not overflow, micro-seconds.
 */
final class KurobeTypeSystem extends RelDataTypeSystemImpl {
  static final KurobeTypeSystem INSTANCE = new KurobeTypeSystem();

  private static final int MAX_DECIMAL = 38;
  private static final int MICROSECONDS = 6;
  private static final int EXTRA_AVERAGE_DIGITS = 6;

  private KurobeTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case DECIMAL -> MAX_DECIMAL;
      case TIME,
          TIME_WITH_LOCAL_TIME_ZONE,
          TIME_TZ,
          TIMESTAMP,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE,
          TIMESTAMP_TZ ->
          MICROSECONDS;
      default -> super.getMaxPrecision(typeName);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? MAX_DECIMAL : super.getMaxScale(typeName);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case TIME,
          TIME_WITH_LOCAL_TIME_ZONE,
          TIME_TZ,
          TIMESTAMP,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE,
          TIMESTAMP_TZ ->
          MICROSECONDS;
      case DECIMAL -> MAX_DECIMAL;
      default -> super.getDefaultPrecision(typeName);
    };
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType sum =
        switch (argument.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER -> factory.createSqlType(SqlTypeName.BIGINT);
          case BIGINT -> factory.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL, 0);
          case DECIMAL ->
              factory.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL, argument.getScale());
          case REAL, FLOAT -> factory.createSqlType(SqlTypeName.DOUBLE);
          default -> argument;
        };
    return factory.createTypeWithNullability(sum, argument.isNullable());
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType average;
    if (SqlTypeUtil.isExactNumeric(argument)) {
      int scale =
          Math.min(
              MAX_DECIMAL, Math.max(EXTRA_AVERAGE_DIGITS, scale(argument) + EXTRA_AVERAGE_DIGITS));
      average = factory.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL, scale);
    } else if (SqlTypeUtil.isApproximateNumeric(argument)) {
      average = factory.createSqlType(SqlTypeName.DOUBLE);
    } else {
      average = argument;
    }
    return factory.createTypeWithNullability(average, argument.isNullable());
  }

  private static int scale(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL ? type.getScale() : 0;
  }

  @Override
  public RelDataType deriveCovarType(
      RelDataTypeFactory factory, RelDataType first, RelDataType second) {
    return factory.createTypeWithNullability(
        factory.createSqlType(SqlTypeName.DOUBLE), first.isNullable());
  }

  /** Scale max(6, s1 + p2 + 1), bounded to 38 digits with the digits before the point first. */
  @Override
  public RelDataType deriveDecimalDivideType(
      RelDataTypeFactory factory, RelDataType dividend, RelDataType divisor) {
    if (!SqlTypeUtil.isExactNumeric(dividend)
        || !SqlTypeUtil.isExactNumeric(divisor)
        || !(SqlTypeUtil.isDecimal(dividend) || SqlTypeUtil.isDecimal(divisor))) {
      return null;
    }
    int s1 = scale(dividend);
    int s2 = scale(divisor);
    int integerDigits = dividend.getPrecision() - s1 + s2;
    int scale = Math.max(EXTRA_AVERAGE_DIGITS, s1 + divisor.getPrecision() + 1);
    scale = Math.max(Math.min(scale, MAX_DECIMAL - integerDigits), 0);
    scale = Math.max(scale, Math.min(EXTRA_AVERAGE_DIGITS, MAX_DECIMAL));
    int precision = Math.min(MAX_DECIMAL, integerDigits + scale);
    return factory.createSqlType(SqlTypeName.DECIMAL, precision, Math.min(scale, precision));
  }
}

package io.kurobe.planner.execute;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Arrays, rows, maps and intervals of clients as expressions of a plan: what a query would write
 * with literals, such as {@code CAST(ARRAY[1, NULL] AS BIGINT ARRAY)}.
 */
final class ComposedLiterals {
  private static final int NANOSECONDS_OF_MILLISECOND = 1_000_000;

  private ComposedLiterals() {}

  static RexNode of(RexBuilder builder, Object value, RelDataType type) {
    if (value instanceof Interval interval && SqlTypeUtil.isInterval(type)) {
      return interval(builder, interval, type);
    }
    if (value instanceof List<?> elements && type.getComponentType() != null) {
      return array(builder, elements, type);
    }
    if (value instanceof List<?> fields && type.isStruct()) {
      return row(builder, fields, type);
    }
    if (value instanceof Map<?, ?> map && type.getSqlTypeName() == SqlTypeName.MAP) {
      return map(builder, map, type);
    }
    throw new IllegalArgumentException("no " + type);
  }

  /** The cast of an array without elements stays, as its elements have another type. */
  private static RexNode array(RexBuilder builder, List<?> elements, RelDataType type) {
    List<RexNode> literals = new ArrayList<>();
    for (@Nullable Object element : elements) {
      literals.add(Literals.of(builder, element, type.getComponentType()));
    }
    RelDataType bare =
        builder
            .getTypeFactory()
            .createArrayType(builder.getTypeFactory().createSqlType(SqlTypeName.NULL), -1);
    return builder.makeAbstractCast(
        type,
        builder.makeCall(
            elements.isEmpty() ? bare : type,
            SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR,
            literals),
        false);
  }

  private static RexNode row(RexBuilder builder, List<?> values, RelDataType type) {
    List<RelDataTypeField> fields = type.getFieldList();
    if (values.size() != fields.size()) {
      throw new IllegalArgumentException(values.size() + " fields");
    }
    List<RexNode> literals = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      literals.add(Literals.of(builder, values.get(i), fields.get(i).getType()));
    }
    return builder.makeAbstractCast(
        type, builder.makeCall(type, SqlStdOperatorTable.ROW, literals), false);
  }

  private static RexNode map(RexBuilder builder, Map<?, ?> map, RelDataType type) {
    List<RexNode> literals = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          literals.add(Literals.of(builder, key, type.getKeyType()));
          literals.add(Literals.of(builder, value, type.getValueType()));
        });
    return builder.makeAbstractCast(
        type, builder.makeCall(type, SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR, literals), false);
  }

  private static RexNode interval(RexBuilder builder, Interval interval, RelDataType type) {
    SqlIntervalQualifier qualifier = type.getIntervalQualifier();
    boolean ofMonths = qualifier.isYearMonth();
    if (ofMonths ? !interval.time().isZero() : interval.months() != 0) {
      throw unfit(interval, type);
    }
    BigDecimal value =
        ofMonths ? BigDecimal.valueOf(interval.months()) : milliseconds(interval.time());
    TimeUnit finest = qualifier.getUnit();
    if (qualifier.timeUnitRange.endUnit != null) {
      finest = qualifier.timeUnitRange.endUnit;
    }
    if (finest != TimeUnit.SECOND && value.remainder(finest.multiplier).signum() != 0) {
      throw unfit(interval, type);
    }
    return builder.makeIntervalLiteral(value, qualifier);
  }

  /** That of which Calcite's literals are. */
  static BigDecimal milliseconds(Duration time) {
    if (time.getNano() % NANOSECONDS_OF_MILLISECOND != 0) {
      throw new KurobeException(
          ErrorCode.NOT_SUPPORTED, "an interval is not finer than a millisecond: " + time);
    }
    return BigDecimal.valueOf(time.toMillis());
  }

  private static KurobeException unfit(Interval interval, RelDataType type) {
    return new KurobeException(
            ErrorCode.TYPE_MISMATCH, interval + " is none of the interval " + type)
        .withHint("months are INTERVAL YEAR TO MONTH, all else INTERVAL DAY TO SECOND");
  }
}

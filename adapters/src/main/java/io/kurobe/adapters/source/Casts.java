package io.kurobe.adapters.source;

import io.kurobe.adapters.source.FunctionUse.Operand;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** The casts that all sources do alike; every other is the engine's. */
final class Casts {
  /** Texts of numbers that all read alike. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?");

  private static final int MICROSECONDS = 6;

  private Casts() {}

  static Verdict check(FunctionUse cast) {
    return isSame(cast.operands().get(0), cast.type())
        ? Verdict.PUSHED
        : Verdict.refused(
            "from " + cast.operands().get(0).type() + " to " + cast.type() + " differs there");
  }

  private static boolean isSame(Operand operand, RelDataType to) {
    RelDataType from = operand.type();
    if (SqlTypeUtil.isNumeric(from) && SqlTypeUtil.isNumeric(to)) {
      return isSameNumber(from, to);
    }
    if (from.getSqlTypeName() == to.getSqlTypeName()) {
      return !isCoarse(to) || to.getPrecision() >= from.getPrecision();
    }
    if (Types.holdsText(from) && to.getSqlTypeName() == SqlTypeName.VARCHAR) {
      return from.getSqlTypeName() != SqlTypeName.CHAR || operand.literal();
    }
    if (operand.literal()) {
      return isSameLiteral(operand, to);
    }
    return from.getSqlTypeName() == SqlTypeName.DATE
        && to.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }

  /** Sources keep fewer digits of a floating number made exact, or round it otherwise. */
  private static boolean isSameNumber(RelDataType from, RelDataType to) {
    if (to.getSqlTypeName() == SqlTypeName.REAL) {
      // What is too large for one is an error at some, and Infinity at others.
      return from.getSqlTypeName() == SqlTypeName.REAL || Types.isInteger(from);
    }
    return !(SqlTypeUtil.isApproximateNumeric(from) && SqlTypeUtil.isExactNumeric(to));
  }

  private static boolean isSameLiteral(Operand literal, RelDataType to) {
    RelDataType from = literal.type();
    if (Types.holdsText(from)) {
      if (isCoarse(to)) {
        return false;
      }
      return !SqlTypeUtil.isNumeric(to)
          || !(literal.value() instanceof String text)
          || isNumber(text, to);
    }
    if (Types.isText(to)) {
      return Types.isExact(from) || from.getSqlTypeName() == SqlTypeName.DATE;
    }
    return !isCoarse(to);
  }

  /** Whether a text is plainly a number, and of no more digits than the type has. */
  private static boolean isNumber(String text, RelDataType type) {
    if (!NUMBER.matcher(text).matches()) {
      return false;
    }
    var number = new BigDecimal(text);
    int whole = number.precision() - number.scale();
    return switch (type.getSqlTypeName()) {
      case TINYINT -> number.scale() == 0 && whole <= 2;
      case SMALLINT -> number.scale() == 0 && whole <= 4;
      case INTEGER -> number.scale() == 0 && whole <= 9;
      case BIGINT -> number.scale() == 0 && whole <= 18;
      case DECIMAL ->
          number.scale() <= type.getScale() && whole <= type.getPrecision() - type.getScale();
      default -> true;
    };
  }

  /** A time that is rounded to fewer digits than the source may have given it, half up or not. */
  private static boolean isCoarse(RelDataType type) {
    return SqlTypeUtil.isDatetime(type)
        && type.getSqlTypeName() != SqlTypeName.DATE
        && type.getPrecision() < MICROSECONDS;
  }
}

package io.kurobe.adapters.source;

import io.kurobe.adapters.source.FunctionUse.Operand;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** The casts that all sources do alike; every other is the engine's. */
final class Casts {
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
      // Sources keep fewer digits of a floating number made exact, or round it otherwise.
      return !(SqlTypeUtil.isApproximateNumeric(from) && SqlTypeUtil.isExactNumeric(to));
    }
    if (from.getSqlTypeName() == to.getSqlTypeName()) {
      boolean time = SqlTypeUtil.isDatetime(to) && to.getSqlTypeName() != SqlTypeName.DATE;
      return !time || to.getPrecision() >= from.getPrecision();
    }
    if (Types.holdsText(from) && to.getSqlTypeName() == SqlTypeName.VARCHAR) {
      return from.getSqlTypeName() != SqlTypeName.CHAR || operand.literal();
    }
    if (operand.literal()) {
      return !Types.holdsText(from) || !SqlTypeUtil.isIntType(to) || isWholeNumber(operand);
    }
    return from.getSqlTypeName() == SqlTypeName.DATE
        && to.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }

  /** A fraction made a whole number is an error at some, and rounded by others. */
  private static boolean isWholeNumber(Operand text) {
    return !(text.value() instanceof String value) || value.strip().matches("[+-]?[0-9]+");
  }
}

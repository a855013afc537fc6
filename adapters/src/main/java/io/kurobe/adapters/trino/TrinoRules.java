package io.kurobe.adapters.trino;

import io.kurobe.adapters.source.FunctionRule;
import io.kurobe.adapters.source.FunctionUse;
import io.kurobe.adapters.source.Types;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Sarg;

/**
 * Rules of Trino's own. NaN equals nothing there, not even itself, and is neither less nor greater;
 * here it equals itself and is greatest. Against a constant, which is never NaN, that makes a
 * difference only where the greatest would be found.
 */
final class TrinoRules {
  private static final String NAN = "knows no NaN that is greatest there";

  /** =, <>, < and <=: the same for floating numbers where the right side is a constant. */
  static final FunctionRule BELOW_CONSTANT =
      FunctionRule.where(
          use -> !use.any(TrinoRules::isApproximate) || use.operands().get(1).literal(), NAN);

  /** Comparisons that a greatest NaN would meet. */
  static final FunctionRule EXACT_ONLY =
      FunctionRule.where(use -> !use.any(TrinoRules::isApproximate), NAN);

  /** A search for single values is equality. */
  static final FunctionRule SEARCH =
      FunctionRule.where(
          use -> !isApproximate(use.operands().get(0).type()) || searchesPoints(use), NAN);

  /** MIN and MAX, which leave NaN out there. */
  static final FunctionRule EXTREME =
      FunctionRule.where(use -> !use.any(TrinoRules::isApproximate), "leaves NaN out there");

  /** SUM, which is a BIGINT there and overflows, or wraps around in a window. */
  static final FunctionRule SUM =
      FunctionRule.where(
          use -> !use.any(type -> type.getSqlTypeName() == SqlTypeName.BIGINT),
          "of BIGINT overflows there");

  /** EXTRACT of what has the same number everywhere, of times without a zone. */
  static final FunctionRule EXTRACT =
      FunctionRule.where(
          use -> {
            Set<String> units =
                use.operands().get(1).type().getSqlTypeName() == SqlTypeName.DATE
                    ? Set.of("YEAR", "QUARTER", "MONTH", "DAY")
                    : Set.of("YEAR", "QUARTER", "MONTH", "DAY", "HOUR", "MINUTE");
            return Types.isDateOrTimestamp(use.operands().get(1).type())
                && units.contains(String.valueOf(use.operands().get(0).value()));
          },
          "of other units or of instants is another number there");

  /** Functions of text that see the blanks of a CHAR. */
  static final FunctionRule UNPADDED =
      FunctionRule.where(
          use ->
              use.operands().stream()
                  .noneMatch(
                      operand ->
                          operand.type().getSqlTypeName() == SqlTypeName.CHAR
                              && !operand.literal()),
          "sees the blanks of CHAR there");

  /** What compares arrays and rows: those that hold a NULL it refuses, or calls unknown. */
  static final FunctionRule WHOLE =
      FunctionRule.where(use -> !use.any(Types::isComposed), "knows no NULL in arrays there");

  private TrinoRules() {}

  private static boolean isApproximate(RelDataType type) {
    return SqlTypeUtil.isApproximateNumeric(type);
  }

  private static boolean searchesPoints(FunctionUse use) {
    return use.operands().get(1).value() instanceof Sarg<?> sarg
        && (sarg.isPoints() || sarg.isComplementedPoints());
  }
}

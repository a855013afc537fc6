package io.kurobe.adapters.source;

import io.kurobe.adapters.source.FunctionUse.Operand;
import java.math.BigDecimal;
import org.apache.calcite.sql.type.SqlTypeName;

/** Rules that several sources share. */
public final class FunctionRules {
  /** Casts: the matrix of those that all do alike. */
  public static final FunctionRule CAST = Casts::check;

  /** LIKE of text whose blanks at the end count; those of a CHAR do not here. */
  public static final FunctionRule LIKE =
      FunctionRule.where(
          use -> use.operands().stream().noneMatch(FunctionRules::isPadded),
          "sees the blanks of CHAR there");

  /** What is computed of the bytes of a text: of no CHAR, and of no bytes. */
  public static final FunctionRule UNPADDED_TEXT =
      FunctionRule.where(
          use -> use.all(type -> type.getSqlTypeName() == SqlTypeName.VARCHAR),
          "is there of VARCHAR alone");

  /** FLOOR of numbers that have a fraction, and of times without a zone to a unit. */
  public static final FunctionRule FLOOR =
      FunctionRule.where(
          use ->
              use.operands().size() == 1
                  ? !Types.isInteger(use.operands().get(0).type())
                  : Types.isDateOrTimestamp(use.operands().get(0).type()),
          "of integers and instants differs there");

  /** Sums and averages of all but REAL. */
  public static final FunctionRule SUM =
      FunctionRule.where(
          use -> use.operands().get(0).type().getSqlTypeName() != SqlTypeName.REAL,
          "of REAL is added up in single precision there");

  /** MIN and MAX of types that every source orders. */
  public static final FunctionRule EXTREME =
      use ->
          switch (use.operands().get(0).type().getSqlTypeName()) {
            case BOOLEAN, UUID, ROW, MAP, ARRAY, VARBINARY ->
                Verdict.refused(
                    "of " + use.operands().get(0).type().getSqlTypeName() + " may not be there");
            default -> Verdict.PUSHED;
          };

  /** Aggregates in which an order or several arguments are said have no common form. */
  public static final FunctionRule PLAIN_AGGREGATE =
      use -> {
        if (use.forms().contains(FunctionUse.Form.ORDERED)) {
          return Verdict.refused("in an order runs in the engine");
        }
        return use.operands().size() > 1
            ? Verdict.refused("of several arguments is written otherwise there")
            : Verdict.PUSHED;
      };

  private FunctionRules() {}

  /** An operand that is a constant whole number of at least a minimum. */
  public static FunctionRule wholeNumber(int operand, int minimum, String otherwise) {
    return FunctionRule.where(
        use ->
            use.operands().size() <= operand
                || (use.operands().get(operand).value() instanceof BigDecimal number
                    && number.stripTrailingZeros().scale() <= 0
                    && number.compareTo(BigDecimal.valueOf(minimum)) >= 0),
        otherwise);
  }

  private static boolean isPadded(Operand operand) {
    return operand.type().getSqlTypeName() == SqlTypeName.CHAR && !operand.literal();
  }
}

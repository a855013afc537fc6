package io.kurobe.planner.fragment;

import io.kurobe.adapters.duckdb.DuckDbOperators;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Expressions in DuckDB's terms. It divides integers into fractions and decimals into DOUBLE; it
 * has no CHAR, whose trailing blanks do not count: values of that type are kept without them.
 */
final class EngineExpressions extends RexShuttle {
  private static final int MICROSECONDS = 6;

  private final RexBuilder builder;

  EngineExpressions(RexBuilder builder) {
    this.builder = builder;
  }

  @Override
  public RexNode visitCall(RexCall original) {
    if (original.getKind() == SqlKind.SEARCH && isPadded(original.getOperands().get(0))) {
      return RexUtil.expandSearch(builder, null, original).accept(this);
    }
    if (!(super.visitCall(original) instanceof RexCall call)) {
      return original;
    }
    return switch (call.getKind()) {
      // What their parts became may be of the same kind, and Calcite wants conditions flat.
      case AND, OR -> RexUtil.flatten(builder, call);
      case DIVIDE -> division(call);
      case CAST -> conversion(call);
      case PLUS, MINUS, TIMES -> widened(call);
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM ->
          comparison(original, call);
      default -> isLengthOfBytes(call) ? bytesLength(call) : call;
    };
  }

  /** Of bytes that are no text's: that of a text is bound as the length of its bytes. */
  private static boolean isLengthOfBytes(RexCall call) {
    if (!call.getOperator().getName().equals("OCTET_LENGTH")) {
      return false;
    }
    RexNode operand = call.getOperands().get(0);
    boolean ofText =
        operand.getKind() == SqlKind.CAST
            && SqlTypeUtil.inCharFamily(((RexCall) operand).getOperands().get(0).getType());
    return SqlTypeUtil.isBinary(operand.getType()) && !ofText;
  }

  private RexNode bytesLength(RexCall call) {
    return builder.makeCall(call.getType(), DuckDbOperators.BYTES_LENGTH, call.getOperands());
  }

  private RexNode division(RexCall call) {
    List<RexNode> operands = call.getOperands();
    if (call.getOperator() == SqlStdOperatorTable.DIVIDE_INTEGER) {
      return call;
    }
    if (operands.stream().allMatch(operand -> SqlTypeUtil.isIntType(operand.getType()))) {
      return builder.makeCall(call.getType(), DuckDbOperators.INTEGER_DIVIDE, operands);
    }
    return isDecimal(call.getType()) ? cast(call.getType(), call) : call;
  }

  /** A literal takes the type of the other operand there, so that a SMALLINT plus 1 overflows. */
  private RexNode widened(RexCall call) {
    boolean narrow =
        SqlTypeUtil.isIntType(call.getType())
            && call.getOperands().stream().anyMatch(RexLiteral.class::isInstance)
            && call.getOperands().stream()
                .allMatch(operand -> SqlTypeUtil.isIntType(operand.getType()));
    if (!narrow) {
      return call;
    }
    return call.clone(
        call.getType(),
        call.getOperands().stream()
            .map(
                operand ->
                    operand instanceof RexLiteral
                            || operand.getType().getSqlTypeName() == call.getType().getSqlTypeName()
                        ? operand
                        : cast(call.getType(), operand))
            .toList());
  }

  /**
   * What is compared with a CHAR is compared without the blanks at its end.
   *
   * @param original says what is a CHAR: of a cast to one, the call has the text already
   */
  private RexNode comparison(RexCall original, RexCall call) {
    if (original.getOperands().stream().noneMatch(EngineExpressions::isPadded)) {
      return call;
    }
    return call.clone(
        call.getType(), call.getOperands().stream().map(this::withoutBlanks).toList());
  }

  private RexNode withoutBlanks(RexNode operand) {
    return operand instanceof RexLiteral && isCharacter(operand.getType())
        ? trimmed(operand)
        : operand;
  }

  private RexNode conversion(RexCall call) {
    RelDataType from = call.getOperands().get(0).getType();
    RelDataType to = call.getType();
    if (SqlTypeUtil.inCharFamily(to)) {
      return castToText(call);
    }
    if (SqlTypeUtil.inCharFamily(from) && SqlTypeUtil.isNumeric(to)) {
      return RexUtil.isNullLiteral(call.getOperands().get(0), true)
          ? call
          : builder.makeCall(to, textToNumber(to), List.of(call));
    }
    return isCoarse(to) ? rounded(call) : call;
  }

  private static SqlOperator textToNumber(RelDataType to) {
    if (SqlTypeUtil.isIntType(to)) {
      return DuckDbOperators.TEXT_TO_INTEGER;
    }
    return isDecimal(to) ? DuckDbOperators.TEXT_TO_DECIMAL : DuckDbOperators.TEXT_TO_DOUBLE;
  }

  /** A time of fewer digits than microseconds have. */
  private static boolean isCoarse(RelDataType type) {
    return SqlTypeUtil.isDatetime(type)
        && type.getSqlTypeName() != SqlTypeName.DATE
        && type.getPrecision() < MICROSECONDS;
  }

  /** A time is rounded half up to the digits of its type, which DuckDB does not know. */
  private RexNode rounded(RexCall call) {
    RelDataType from = call.getOperands().get(0).getType();
    RelDataType to = call.getType();
    boolean coarser =
        from.getSqlTypeName() == SqlTypeName.DATE
            || (isCoarse(from) && from.getPrecision() <= to.getPrecision());
    if (coarser) {
      return call;
    }
    return builder.makeCall(
        to,
        to.getSqlTypeName() == SqlTypeName.TIME
            ? DuckDbOperators.ROUND_TIME
            : DuckDbOperators.ROUND_TIMESTAMP,
        List.of(
            call, builder.makeExactLiteral(BigDecimal.TEN.pow(MICROSECONDS - to.getPrecision()))));
  }

  /** A text is cut to the length of its type; the blanks of a CHAR do not count any more. */
  private RexNode castToText(RexCall original) {
    RelDataType from = original.getOperands().get(0).getType();
    RelDataType to = original.getType();
    RexNode call = SqlTypeUtil.isApproximateNumeric(from) ? numberText(original) : original;
    int length = to.getPrecision();
    if (!SqlTypeUtil.inCharFamily(to) || length == RelDataType.PRECISION_NOT_SPECIFIED) {
      return call;
    }
    boolean known =
        SqlTypeUtil.inCharFamily(from)
            && from.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED;
    if (known && from.getPrecision() <= length) {
      return call;
    }
    RexNode cut =
        builder.makeCall(
            SqlStdOperatorTable.SUBSTRING,
            call,
            builder.makeExactLiteral(BigDecimal.ONE),
            builder.makeExactLiteral(BigDecimal.valueOf(length)));
    return isCharacter(to) ? trimmed(cut) : cut;
  }

  private RexNode numberText(RexCall call) {
    RexNode number = call.getOperands().get(0);
    return builder.makeCall(
        call.getType(),
        number.getType().getSqlTypeName() == SqlTypeName.REAL
            ? DuckDbOperators.REAL_TEXT
            : DuckDbOperators.DOUBLE_TEXT,
        List.of(number));
  }

  private RexNode trimmed(RexNode value) {
    return builder.makeCall(
        value.getType(),
        SqlStdOperatorTable.TRIM,
        List.of(builder.makeFlag(SqlTrimFunction.Flag.TRAILING), builder.makeLiteral(" "), value));
  }

  private RexNode cast(RelDataType type, RexNode value) {
    return builder.makeAbstractCast(SqlParserPos.ZERO, type, value, false);
  }

  private static boolean isDecimal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL;
  }

  private static boolean isCharacter(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.CHAR;
  }

  /** Whether a value is a CHAR, and not only a text literal, whose type is that too. */
  private static boolean isPadded(RexNode value) {
    return isCharacter(value.getType()) && !RexUtil.isLiteral(value, true);
  }
}

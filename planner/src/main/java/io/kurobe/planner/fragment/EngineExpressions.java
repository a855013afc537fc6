package io.kurobe.planner.fragment;

import io.kurobe.adapters.duckdb.DuckDbOperators;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
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
  private final RexBuilder builder;

  EngineExpressions(RexBuilder builder) {
    this.builder = builder;
  }

  @Override
  public RexNode visitOver(RexOver over) {
    RexNode visited = super.visitOver(over);
    boolean rounded = over.getAggOperator().getKind() == SqlKind.AVG && isDecimal(over.getType());
    return rounded ? cast(over.getType(), visited) : visited;
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
      case DIVIDE -> division(call);
      case CAST -> castToText(call);
      case PLUS, MINUS, TIMES -> widened(call);
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM ->
          comparison(call);
      default -> call;
    };
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

  /** What is compared with a CHAR is compared without the blanks at its end. */
  private RexNode comparison(RexCall call) {
    if (call.getOperands().stream().noneMatch(EngineExpressions::isPadded)) {
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

  /** A text is cut to the length of its type; the blanks of a CHAR do not count any more. */
  private RexNode castToText(RexCall call) {
    RelDataType from = call.getOperands().get(0).getType();
    RelDataType to = call.getType();
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

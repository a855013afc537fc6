package io.kurobe.planner.fragment;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Sums, differences and products of decimals with all their digits. DuckDB computes them in 18
 * digits where every operand has 18 or less, and fails on a result of more; an operand of 19 makes
 * it use 38.
 */
final class EngineDecimals extends RexShuttle {
  private static final int NARROW = 18;

  private final RexBuilder builder;

  EngineDecimals(RexBuilder builder) {
    this.builder = builder;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    return visited instanceof RexCall arithmetic && overflows(arithmetic)
        ? widened(arithmetic)
        : visited;
  }

  private static boolean overflows(RexCall call) {
    return switch (call.getKind()) {
      case PLUS, MINUS, TIMES ->
          isDecimal(call.getType())
              && call.getType().getPrecision() > NARROW
              && call.getOperands().stream().allMatch(EngineDecimals::isNarrow);
      default -> false;
    };
  }

  private RexNode widened(RexCall call) {
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    int decimal = isDecimal(operands.get(0).getType()) ? 0 : 1;
    RexNode operand = operands.get(decimal);
    RelDataTypeFactory types = builder.getTypeFactory();
    RelDataType wide =
        types.createTypeWithNullability(
            types.createSqlType(SqlTypeName.DECIMAL, NARROW + 1, operand.getType().getScale()),
            operand.getType().isNullable());
    operands.set(decimal, builder.makeAbstractCast(SqlParserPos.ZERO, wide, operand, false));
    return call.clone(call.getType(), operands);
  }

  private static boolean isNarrow(RexNode operand) {
    return SqlTypeUtil.isExactNumeric(operand.getType())
        && operand.getType().getPrecision() <= NARROW;
  }

  private static boolean isDecimal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL;
  }
}

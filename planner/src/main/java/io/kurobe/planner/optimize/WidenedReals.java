package io.kurobe.planner.optimize;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Makes DOUBLEs of a REAL and the number of another type that it meets in a comparison, in
 * arithmetic or as one of several values. Left to themselves, sources and the engine would bring
 * either to the type of the other, each in its way.
 */
final class WidenedReals extends RexShuttle {
  private final RexBuilder builder;

  private WidenedReals(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode in(RelNode tree) {
    var reals = new WidenedReals(tree.getCluster().getRexBuilder());
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(reals);
          }
        });
  }

  @Override
  public RexNode visitCall(RexCall original) {
    if (!(super.visitCall(original) instanceof RexCall call)) {
      return original;
    }
    List<Integer> values = values(call);
    boolean real = values.stream().anyMatch(i -> isReal(call.getOperands().get(i)));
    boolean other = values.stream().anyMatch(i -> isOtherNumber(call.getOperands().get(i)));
    if (!real || !other) {
      return call;
    }
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    values.forEach(i -> operands.set(i, widened(operands.get(i))));
    return call.clone(call.getType(), operands);
  }

  /** The operands that become of one type before anything is done with them. */
  private static List<Integer> values(RexCall call) {
    int operands = call.getOperands().size();
    List<Integer> values = new ArrayList<>();
    switch (call.getKind()) {
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM,
          PLUS,
          MINUS,
          TIMES,
          DIVIDE,
          MOD,
          COALESCE,
          NULLIF,
          GREATEST,
          LEAST -> {
        for (int i = 0; i < operands; i++) {
          values.add(i);
        }
      }
      case CASE -> {
        for (int i = 1; i < operands; i += 2) {
          values.add(i);
        }
        values.add(operands - 1);
      }
      default -> {}
    }
    return values;
  }

  private RexNode widened(RexNode value) {
    RelDataType type = value.getType();
    if (!SqlTypeUtil.isNumeric(type) || type.getSqlTypeName() == SqlTypeName.DOUBLE) {
      return value;
    }
    RelDataTypeFactory types = builder.getTypeFactory();
    return builder.makeCast(
        types.createTypeWithNullability(types.createSqlType(SqlTypeName.DOUBLE), type.isNullable()),
        value);
  }

  private static boolean isReal(RexNode value) {
    return value.getType().getSqlTypeName() == SqlTypeName.REAL;
  }

  private static boolean isOtherNumber(RexNode value) {
    return SqlTypeUtil.isNumeric(value.getType()) && !isReal(value);
  }
}

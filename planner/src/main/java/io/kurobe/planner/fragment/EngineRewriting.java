package io.kurobe.planner.fragment;

import io.kurobe.adapters.duckdb.DuckDbOperators;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Rewrites the engine's part of a plan where DuckDB means something else by an operator. */
public final class EngineRewriting {
  private EngineRewriting() {}

  /** The plan with the engine's part in the engine's terms. */
  public static FragmentPlan rewrite(FragmentPlan plan) {
    if (plan instanceof FragmentPlan.AtEngine at) {
      return new FragmentPlan.AtEngine(
          at.staged(), at.attached(), rewrite(at.tree()), at.notPushed());
    }
    return plan;
  }

  private static RelNode rewrite(RelNode tree) {
    RexShuttle expressions = new IntegerDivision(tree.getCluster().getRexBuilder());
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(expressions);
          }
        });
  }

  /** DuckDB divides integers into fractions; its operator for whole numbers is another one. */
  private static final class IntegerDivision extends RexShuttle {
    private final RexBuilder builder;

    IntegerDivision(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      if (visited instanceof RexCall division
          && division.getKind() == SqlKind.DIVIDE
          && division.getOperands().stream()
              .allMatch(operand -> SqlTypeUtil.isIntType(operand.getType()))) {
        return builder.makeCall(
            division.getType(), DuckDbOperators.INTEGER_DIVIDE, division.getOperands());
      }
      return visited;
    }
  }
}

package io.kurobe.planner.optimize;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Takes from the branches of CASE the casts that only say a value is not NULL. They hold under the
 * branch's condition, as in {@code CASE WHEN i IS NOT NULL THEN CAST(i AS INTEGER NOT NULL) ELSE i
 * END}, and Calcite's simplifier keeps them where it drops the condition.
 */
final class NarrowedBranches extends WithSubqueries {
  private static final RexShuttle WIDEN =
      new RexShuttle() {
        @Override
        public RexNode visitCall(RexCall original) {
          RexNode visited = super.visitCall(original);
          return visited instanceof RexCall call && call.getKind() == SqlKind.CASE
              ? widened(call)
              : visited;
        }
      };

  private NarrowedBranches() {}

  static RelNode widen(RelNode tree) {
    return tree.accept(new NarrowedBranches());
  }

  @Override
  RelNode rewritten(RelNode node) {
    return node.accept(WIDEN);
  }

  private static RexNode widened(RexCall choice) {
    List<RexNode> operands = new ArrayList<>(choice.getOperands());
    for (int i = 0; i < operands.size(); i++) {
      boolean isValue = i % 2 == 1 || i == operands.size() - 1;
      if (isValue) {
        operands.set(i, withoutNarrowing(operands.get(i)));
      }
    }
    return choice.clone(choice.getType(), operands);
  }

  private static RexNode withoutNarrowing(RexNode value) {
    RexNode wide = value;
    while (wide.getKind() == SqlKind.CAST
        && SqlTypeUtil.equalSansNullability(
            wide.getType(), ((RexCall) wide).getOperands().get(0).getType())) {
      wide = ((RexCall) wide).getOperands().get(0);
    }
    return wide;
  }
}

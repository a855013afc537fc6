package io.kurobe.planner.execute;

import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Tells whether a tree gives columns of tables as they are, and does no more with others than
 * compare them. If one of those it gives has another type than it had, so has the result; what is
 * compared is compared as what it is.
 */
final class PlainColumns {
  private static final Set<SqlKind> CONDITIONS =
      EnumSet.of(
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.SEARCH,
          SqlKind.LIKE);

  private PlainColumns() {}

  static boolean isGiven(RelNode tree) {
    boolean plain =
        tree instanceof TableScan
            || tree instanceof Sort
            || (tree instanceof Project project
                && project.getProjects().stream().allMatch(RexInputRef.class::isInstance))
            || (tree instanceof Filter filter && compares(filter.getCondition()))
            || (tree instanceof Join join && compares(join.getCondition()));
    return plain && tree.getInputs().stream().allMatch(PlainColumns::isGiven);
  }

  private static boolean compares(RexNode condition) {
    if (RexUtil.isLiteral(condition, true) || condition instanceof RexInputRef) {
      return true;
    }
    return condition instanceof RexCall call
        && (call.isA(SqlKind.COMPARISON) || call.isA(CONDITIONS))
        && call.getOperands().stream().allMatch(PlainColumns::compares);
  }
}

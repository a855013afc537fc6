package io.kurobe.planner.fragment;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Where CHAR is text that sources pad, and not the validator's type of a literal, whose last blanks
 * are its own.
 */
final class PaddedText {
  private PaddedText() {}

  /** Whether a column may hold text that is padded, of a CHAR column or a cast. */
  static boolean isIn(RelNode node, int column) {
    if (node.getRowType().getFieldList().get(column).getType().getSqlTypeName()
        != SqlTypeName.CHAR) {
      return false;
    }
    if (node instanceof Project project) {
      return isIn(project.getInput(), project.getProjects().get(column));
    }
    if (node instanceof Filter || node instanceof Sort) {
      return isIn(node.getInput(0), column);
    }
    if (node instanceof SetOp) {
      return node.getInputs().stream().anyMatch(input -> isIn(input, column));
    }
    if (node instanceof Aggregate aggregate) {
      int keys = aggregate.getGroupCount();
      return column < keys
          ? isIn(aggregate.getInput(), aggregate.getGroupSet().nth(column))
          : aggregate.getAggCallList().get(column - keys).getArgList().stream()
              .anyMatch(argument -> isIn(aggregate.getInput(), argument));
    }
    if (node instanceof Join join) {
      int left = join.getLeft().getRowType().getFieldCount();
      return column < left ? isIn(join.getLeft(), column) : isIn(join.getRight(), column - left);
    }
    return true;
  }

  private static boolean isIn(RelNode input, RexNode value) {
    if (value instanceof RexInputRef reference) {
      return isIn(input, reference.getIndex());
    }
    boolean isCast =
        value.isA(SqlKind.CAST) && value.getType().getSqlTypeName() == SqlTypeName.CHAR;
    return isCast
        || value instanceof RexCall call
            && call.getOperands().stream().anyMatch(operand -> isIn(input, operand));
  }
}

package io.kurobe.planner.optimize;

import java.util.List;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.tools.RelBuilder;

/**
 * Carries conditions across the equalities of joins: of {@code a.k = b.k} and {@code a.k = 1} it
 * makes {@code b.k = 1}. Each join is visited once, from the leaves up. Calcite's rule of the same
 * purpose does not end on an equality such as {@code a.k = b.k - 1}, as each result implies
 * another.
 */
final class TransitivePredicates extends RelHomogeneousShuttle {
  /** Beyond this many joins inference costs more than it finds. */
  private static final int MOST_JOINS = 16;

  private TransitivePredicates() {}

  static RelNode carry(RelNode tree) {
    var joins = new JoinCount();
    tree.accept(joins);
    return joins.count > MOST_JOINS ? tree : tree.accept(new TransitivePredicates());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Join join ? carryAcross(join) : visited;
  }

  private RelNode carryAcross(Join join) {
    RelOptPredicateList known =
        Optimizer.ifItHolds(
            join,
            () -> join.getCluster().getMetadataQuery().getPulledUpPredicates(join),
            RelOptPredicateList.EMPTY);
    RelNode left = filter(join.getLeft(), known.leftInferredPredicates);
    RelNode right = filter(join.getRight(), known.rightInferredPredicates);
    return left == join.getLeft() && right == join.getRight()
        ? join
        : join.copy(join.getTraitSet(), List.of(left, right));
  }

  private static RelNode filter(RelNode input, List<RexNode> inferred) {
    List<RexNode> simple =
        inferred.stream()
            .filter(condition -> isSimple(condition) && isOf(input.getRowType(), condition))
            .toList();
    if (simple.isEmpty()) {
      return input;
    }
    RelBuilder builder = Optimizer.AS_WRITTEN.create(input.getCluster(), null);
    // What is inferred of the other input may speak of columns that cannot be NULL there.
    List<RexNode> here = RexUtil.fixUp(builder.getRexBuilder(), simple, input.getRowType());
    return builder.push(input).filter(here).build();
  }

  /**
   * Whether the columns that a condition speaks of are of their types in a row: of INTERSECT,
   * Calcite says what holds of an input in the types of that input.
   */
  private static boolean isOf(RelDataType rowType, RexNode condition) {
    return condition instanceof RexCall call
        ? call.getOperands().stream().allMatch(operand -> isOf(rowType, operand))
        : !(condition instanceof RexInputRef column)
            || SqlTypeUtil.equalSansNullability(
                column.getType(), rowType.getFieldList().get(column.getIndex()).getType());
  }

  /** Whether a condition compares plain columns with constants; others may fail or cost much. */
  static boolean isSimple(RexNode condition) {
    return condition.isA(SqlKind.COMPARISON) || condition.isA(SqlKind.SEARCH)
        ? ((RexCall) condition)
            .getOperands().stream()
                .allMatch(
                    operand -> operand instanceof RexInputRef || RexUtil.isLiteral(operand, true))
        : condition.isA(SqlKind.IS_NOT_NULL);
  }

  private static final class JoinCount extends RelHomogeneousShuttle {
    private int count;

    @Override
    public RelNode visit(RelNode other) {
      count += other instanceof Join ? 1 : 0;
      return super.visit(other);
    }
  }
}

package io.kurobe.planner.optimize;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Takes from conditions the casts that only say they are not NULL. Calcite's simplifier makes them
 * of {@code … IS TRUE}, and its filters do not take them.
 */
final class NarrowedConditions extends RelHomogeneousShuttle {
  private NarrowedConditions() {}

  static RelNode widen(RelNode tree) {
    return tree.accept(new NarrowedConditions());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    if (visited instanceof Filter filter) {
      RexNode wide = wide(filter, filter.getCondition());
      return wide == filter.getCondition()
          ? filter
          : filter.copy(filter.getTraitSet(), filter.getInput(), wide);
    }
    if (visited instanceof Join join) {
      RexNode wide = wide(join, join.getCondition());
      return wide == join.getCondition()
          ? join
          : join.copy(
              join.getTraitSet(),
              wide,
              join.getLeft(),
              join.getRight(),
              join.getJoinType(),
              join.isSemiJoinDone());
    }
    return visited;
  }

  private static RexNode wide(RelNode node, RexNode condition) {
    RexBuilder rex = node.getCluster().getRexBuilder();
    List<RexNode> conditions = RelOptUtil.conjunctions(condition);
    List<RexNode> wide =
        conditions.stream()
            .map(each -> RexUtil.removeNullabilityCast(rex.getTypeFactory(), each))
            .toList();
    return wide.equals(conditions) ? condition : RexUtil.composeConjunction(rex, wide);
  }
}

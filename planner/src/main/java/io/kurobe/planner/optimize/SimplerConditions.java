package io.kurobe.planner.optimize;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexUtil;

/**
 * Simplifies the conditions of joins by themselves, as what is known of all inputs of many joins
 * takes long to tell, and takes from all conditions the casts that only say they are not NULL.
 * Calcite's simplifier makes those of {@code … IS TRUE}, and its filters do not take them.
 */
final class SimplerConditions extends RelHomogeneousShuttle {
  private SimplerConditions() {}

  static RelNode in(RelNode tree) {
    return tree.accept(new SimplerConditions());
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
      RexNode wide = wide(join, simplified(join));
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

  private static RexNode simplified(Join join) {
    RexExecutor executor = requireNonNull(join.getCluster().getPlanner().getExecutor());
    return new RexSimplify(join.getCluster().getRexBuilder(), RelOptPredicateList.EMPTY, executor)
        .simplifyUnknownAsFalse(join.getCondition());
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

package io.kurobe.planner.fragment;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * The condition of a table's row filter where a fragment computes it. No rule of the optimizer
 * meets it.
 */
final class GuardFilter extends Filter {
  /** How many of its first conjuncts are the row filter's; the others are the query's. */
  private final int guards;

  private GuardFilter(
      RelOptCluster cluster, RelTraitSet traits, RelNode input, RexNode condition, int guards) {
    super(cluster, traits, input, condition);
    this.guards = guards;
  }

  /** The rows of an input that a row filter lets through. */
  static GuardFilter of(RelNode input, List<RexNode> conjuncts) {
    RelOptCluster cluster = input.getCluster();
    return new GuardFilter(
        cluster,
        input.getTraitSet(),
        input,
        RexUtil.composeConjunction(cluster.getRexBuilder(), conjuncts),
        conjuncts.size());
  }

  /** The rows of which a query's conditions hold too. */
  GuardFilter and(List<RexNode> conditions) {
    List<RexNode> all = new ArrayList<>(RelOptUtil.conjunctions(condition));
    all.addAll(conditions);
    return new GuardFilter(
        getCluster(),
        traitSet,
        input,
        RexUtil.composeConjunction(getCluster().getRexBuilder(), all, false),
        guards);
  }

  /** The conditions of the query. */
  List<RexNode> conditions() {
    List<RexNode> all = RelOptUtil.conjunctions(condition);
    return all.subList(Math.min(guards, all.size()), all.size());
  }

  @Override
  public Filter copy(RelTraitSet traits, RelNode newInput, RexNode newCondition) {
    int before = RelOptUtil.conjunctions(condition).size();
    int after = RelOptUtil.conjunctions(newCondition).size();
    return new GuardFilter(
        getCluster(),
        traits,
        newInput,
        newCondition,
        // If it cannot be told any more which are whose, all are the row filter's.
        before == after ? guards : after);
  }
}

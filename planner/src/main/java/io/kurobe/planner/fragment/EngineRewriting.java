package io.kurobe.planner.fragment;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;

/**
 * Rewrites the engine's part of a plan where DuckDB means something else by it: {@link
 * EngineExpressions}, and averages of decimals, which are DOUBLE there.
 */
public final class EngineRewriting {
  private EngineRewriting() {}

  /** The plan with the engine's part in the engine's terms. */
  public static FragmentPlan rewrite(FragmentPlan plan) {
    if (plan instanceof FragmentPlan.AtEngine at) {
      return at.withEngineTrees(EngineRewriting::rewrite);
    }
    return plan;
  }

  private static RelNode rewrite(RelNode tree) {
    var expressions = new EngineExpressions(tree.getCluster().getRexBuilder());
    var decimals = new EngineDecimals(tree.getCluster().getRexBuilder());
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode rewritten = super.visit(other).accept(expressions).accept(decimals);
            return rewritten instanceof Aggregate aggregate
                ? EngineAggregates.rounded(aggregate)
                : rewritten;
          }
        });
  }
}

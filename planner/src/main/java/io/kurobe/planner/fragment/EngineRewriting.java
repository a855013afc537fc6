package io.kurobe.planner.fragment;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;

/**
 * Rewrites the engine's part of a plan where DuckDB means something else by it: {@link
 * EngineExpressions}, {@link EngineDecimals}, and {@link Averages}, which are DOUBLE there.
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
    return Averages.rounded(tree)
        .accept(
            new RelHomogeneousShuttle() {
              @Override
              public RelNode visit(RelNode other) {
                return super.visit(other).accept(expressions).accept(decimals);
              }
            });
  }
}

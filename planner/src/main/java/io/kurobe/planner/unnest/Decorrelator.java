package io.kurobe.planner.unnest;

import java.util.SortedSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Uncollect;

/**
 * Makes plain joins of the dependent joins of a tree, the innermost first. What a dependent join
 * means, and so each of its rows, stays the same, at any depth and under any operator, by the rules
 * of T. Neumann and A. Kemper: Unnesting Arbitrary Queries (BTW 2015).
 */
public final class Decorrelator extends RelHomogeneousShuttle {
  private Decorrelator() {}

  /** The tree without dependent joins, its row type unchanged. */
  public static RelNode decorrelate(RelNode tree) {
    return tree.accept(new Decorrelator());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Correlate correlate && !unnestsCollection(correlate.getRight())
        ? DependentJoin.unnest(correlate, outerRows((Correlate) other).accept(this))
        : visited;
  }

  /** Engines read the collections of a row by a dependent join, and by nothing better. */
  private static boolean unnestsCollection(RelNode tree) {
    return tree instanceof Uncollect
        || tree.getInputs().stream().anyMatch(Decorrelator::unnestsCollection);
  }

  /**
   * The outer rows before other dependent joins, as of the conditions of one WHERE, took some away:
   * they cost less to tell again, and hold all that there are.
   */
  private static RelNode outerRows(Correlate correlate) {
    SortedSet<Integer> read =
        new OuterRow(correlate.getCorrelationId()).fields(correlate.getRight());
    int fields = read.isEmpty() ? 0 : read.last() + 1;
    RelNode rows = correlate.getLeft();
    while (rows instanceof Correlate before
        && before.getJoinType() != JoinRelType.ANTI
        && before.getLeft().getRowType().getFieldCount() >= fields) {
      rows = before.getLeft();
    }
    return rows;
  }
}

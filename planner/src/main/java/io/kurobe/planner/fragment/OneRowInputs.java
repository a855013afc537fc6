package io.kurobe.planner.fragment;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;

/**
 * Limits aggregates without groups to their one row where they are joined. DuckDB 2.0 takes the
 * rows of a join with one, by a condition that is no comparison, to be at most those of a table on
 * the other side, however many it joins; from that it infers the range of a SUM above, and leaves
 * out groups whose HAVING would be true. Of a limit it infers nothing.
 */
final class OneRowInputs extends RelHomogeneousShuttle {
  private OneRowInputs() {}

  static RelNode limit(RelNode tree) {
    return tree.accept(new OneRowInputs());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Join join
        ? join.copy(
            join.getTraitSet(), join.getInputs().stream().map(OneRowInputs::limited).toList())
        : visited;
  }

  private static RelNode limited(RelNode input) {
    if (input instanceof Aggregate aggregate) {
      return isWhole(aggregate) ? firstRow(aggregate) : aggregate;
    }
    if (input instanceof Project || input instanceof Filter) {
      RelNode below = limited(input.getInput(0));
      return below == input.getInput(0) ? input : input.copy(input.getTraitSet(), List.of(below));
    }
    return input;
  }

  private static boolean isWhole(Aggregate aggregate) {
    return Aggregate.isSimple(aggregate) && aggregate.getGroupSet().isEmpty();
  }

  private static RelNode firstRow(Aggregate aggregate) {
    RexBuilder rex = aggregate.getCluster().getRexBuilder();
    return LogicalSort.create(
        aggregate, RelCollations.EMPTY, null, rex.makeExactLiteral(BigDecimal.ONE));
  }
}

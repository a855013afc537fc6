package io.kurobe.planner.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Makes an inner LATERAL over an aggregate without groups an outer one. The aggregate gives one row
 * even of no rows, so that both mean the same; but Calcite turns the inner one into a join with
 * groups, and loses the rows whose group is empty.
 */
final class LateralAggregates extends RelHomogeneousShuttle {
  static RelNode keepEmpty(RelNode tree) {
    return tree.accept(new LateralAggregates());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Correlate correlate
            && correlate.getJoinType() == JoinRelType.INNER
            && alwaysOneRow(correlate.getRight())
        ? outer(correlate)
        : visited;
  }

  private static boolean alwaysOneRow(RelNode node) {
    return node instanceof Project project
        ? alwaysOneRow(project.getInput())
        : node instanceof Aggregate aggregate
            && aggregate.getGroupSets().size() == 1
            && aggregate.getGroupSet().isEmpty();
  }

  private static RelNode outer(Correlate correlate) {
    RelNode outer =
        LogicalCorrelate.create(
            correlate.getLeft(),
            correlate.getRight(),
            correlate.getHints(),
            correlate.getCorrelationId(),
            correlate.getRequiredColumns(),
            JoinRelType.LEFT);
    RexBuilder builder = correlate.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>();
    for (RelDataTypeField field : correlate.getRowType().getFieldList()) {
      RexNode value = builder.makeInputRef(outer, field.getIndex());
      values.add(field.getType().isNullable() ? value : builder.makeNotNull(value));
    }
    return LogicalProject.create(
        outer, List.of(), values, correlate.getRowType().getFieldNames(), Set.of());
  }
}

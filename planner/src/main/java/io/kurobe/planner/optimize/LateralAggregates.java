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
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

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
    if (!(visited instanceof Correlate correlate)
        || correlate.getJoinType() != JoinRelType.INNER
        || !holdsWholeAggregate(correlate.getRight())) {
      return visited;
    }
    return alwaysOneRow(correlate.getRight()) ? outer(correlate) : marked(correlate);
  }

  /** Whether an aggregate without groups is anywhere in a tree. */
  static boolean holdsWholeAggregate(RelNode tree) {
    return isWholeAggregate(tree)
        || tree.getInputs().stream().anyMatch(LateralAggregates::holdsWholeAggregate);
  }

  private static boolean isWholeAggregate(RelNode node) {
    return node instanceof Aggregate aggregate
        && aggregate.getGroupSets().size() == 1
        && aggregate.getGroupSet().isEmpty();
  }

  /** Where a condition (HAVING) may leave no row, rows that had one are known by a mark. */
  private static RelNode marked(Correlate correlate) {
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(correlate.getCluster(), null);
    builder.push(correlate.getRight());
    RelNode right = builder.projectPlus(builder.alias(builder.literal(true), "present")).build();
    RelNode left = correlate.getLeft();
    builder.push(
        LogicalCorrelate.create(
            left,
            right,
            correlate.getHints(),
            correlate.getCorrelationId(),
            correlate.getRequiredColumns(),
            JoinRelType.LEFT));
    int columns = correlate.getRowType().getFieldCount();
    builder.filter(builder.isNotNull(builder.field(columns)));
    RelNode present = builder.build();
    return LogicalProject.create(
        present,
        List.of(),
        asDeclared(correlate, present),
        correlate.getRowType().getFieldNames(),
        Set.of());
  }

  private static boolean alwaysOneRow(RelNode node) {
    return node instanceof Project project
        ? alwaysOneRow(project.getInput())
        : isWholeAggregate(node);
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
    return LogicalProject.create(
        outer,
        List.of(),
        asDeclared(correlate, outer),
        correlate.getRowType().getFieldNames(),
        Set.of());
  }

  /** The columns, those not nullable that were not. */
  private static List<RexNode> asDeclared(Correlate correlate, RelNode rows) {
    RexBuilder builder = correlate.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>();
    for (RelDataTypeField field : correlate.getRowType().getFieldList()) {
      RexNode value = builder.makeInputRef(rows, field.getIndex());
      values.add(
          field.getType().isNullable() || !value.getType().isNullable()
              ? value
              : builder.makeNotNull(value));
    }
    return values;
  }
}

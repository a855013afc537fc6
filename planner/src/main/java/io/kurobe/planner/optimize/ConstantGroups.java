package io.kurobe.planner.optimize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Groups by nothing but constants, as in {@code SELECT DISTINCT 1 FROM t}, made one group that is
 * there if there are rows. The decorrelator takes constants out of the keys; without a key left, it
 * would give a row where there is none, or fail.
 */
final class ConstantGroups extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    if (visited instanceof Aggregate aggregate
        && aggregate.getGroupType() == Aggregate.Group.SIMPLE
        && aggregate.getGroupCount() > 0
        && aggregate.getInput() instanceof Project project) {
      List<RexNode> keys =
          aggregate.getGroupSet().toList().stream().map(project.getProjects()::get).toList();
      if (keys.stream().allMatch(RexLiteral.class::isInstance) && isSelfContained(aggregate)) {
        return oneGroup(aggregate, keys);
      }
    }
    return visited;
  }

  /** Whether no row from outside is spoken of; if one is, it becomes a key of the group. */
  private static boolean isSelfContained(Aggregate aggregate) {
    Set<CorrelationId> used = new HashSet<>(RelOptUtil.getVariablesUsed(aggregate));
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof Correlate correlate) {
          used.remove(correlate.getCorrelationId());
        }
        super.visit(node, ordinal, parent);
      }
    }.go(aggregate);
    return used.isEmpty();
  }

  private static RelNode oneGroup(Aggregate aggregate, List<RexNode> constants) {
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(aggregate.getCluster(), null);
    List<AggregateCall> calls = aggregate.getAggCallList();
    builder.push(aggregate.getInput());
    List<RelBuilder.AggCall> aggregates = new ArrayList<>();
    calls.forEach(call -> aggregates.add(builder.aggregateCall(call)));
    aggregates.add(builder.countStar("rows"));
    builder.aggregate(builder.groupKey(), aggregates);
    builder.filter(
        builder.call(
            SqlStdOperatorTable.GREATER_THAN, builder.field(calls.size()), builder.literal(0)));
    List<RexNode> fields = new ArrayList<>(constants);
    for (int call = 0; call < calls.size(); call++) {
      // In a group that is there, what could not be NULL still cannot.
      fields.add(
          builder.getRexBuilder().ensureType(calls.get(call).getType(), builder.field(call), true));
    }
    return builder.project(fields, aggregate.getRowType().getFieldNames(), true).build();
  }
}

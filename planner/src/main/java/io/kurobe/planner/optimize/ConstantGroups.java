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
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Constants taken out of the keys of groups, as of {@code SELECT DISTINCT 1, k FROM t}: databases
 * read some of them as the position of a column, and the decorrelator loses count of them. Groups
 * by nothing but constants become one group that is there if there are rows.
 */
final class ConstantGroups extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    if (visited instanceof Aggregate aggregate
        && aggregate.getGroupType() == Aggregate.Group.SIMPLE
        && aggregate.getInput() instanceof Project project) {
      List<RexNode> keys =
          aggregate.getGroupSet().toList().stream().map(project.getProjects()::get).toList();
      List<RexNode> constants = keys.stream().filter(RexUtil::isConstant).toList();
      if (constants.isEmpty() || isOneLiteral(keys) && !isSelfContained(aggregate)) {
        return visited;
      }
      return constants.size() == keys.size() && isSelfContained(aggregate)
          ? oneGroup(aggregate, keys)
          : byTheRest(aggregate, keys);
    }
    return visited;
  }

  private static boolean isOneLiteral(List<RexNode> keys) {
    return keys.size() == 1 && keys.get(0) instanceof RexLiteral;
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
    RelBuilder builder = Optimizer.AS_WRITTEN.create(aggregate.getCluster(), null);
    List<RelBuilder.AggCall> calls = new ArrayList<>();
    builder.push(aggregate.getInput());
    aggregate.getAggCallList().forEach(call -> calls.add(builder.aggregateCall(call)));
    int rows = calls.size();
    calls.add(builder.countStar("rows"));
    builder.aggregate(builder.groupKey(), calls);
    builder.filter(
        builder.call(SqlStdOperatorTable.GREATER_THAN, builder.field(rows), builder.literal(0)));
    return project(builder, aggregate, constants, 0);
  }

  /** Groups by the keys that are no constants; where none is left, by one that is always true. */
  private static RelNode byTheRest(Aggregate aggregate, List<RexNode> keys) {
    RelBuilder builder = Optimizer.AS_WRITTEN.create(aggregate.getCluster(), null);
    List<Integer> positions = aggregate.getGroupSet().toList();
    builder.push(aggregate.getInput());
    List<Integer> rest = new ArrayList<>();
    for (int key = 0; key < keys.size(); key++) {
      if (!RexUtil.isConstant(keys.get(key))) {
        rest.add(positions.get(key));
      }
    }
    if (rest.isEmpty()) {
      rest.add(builder.fields().size());
      builder.projectPlus(builder.literal(true));
    }
    builder.push(
        LogicalAggregate.create(
            builder.build(),
            aggregate.getHints(),
            ImmutableBitSet.of(rest),
            null,
            aggregate.getAggCallList()));
    List<RexNode> fields = new ArrayList<>();
    int kept = 0;
    for (RexNode key : keys) {
      fields.add(RexUtil.isConstant(key) ? key : builder.field(kept++));
    }
    return project(builder, aggregate, fields, rest.size());
  }

  /** The fields of the aggregate: its keys, and its calls, which begin at a field. */
  private static RelNode project(
      RelBuilder builder, Aggregate aggregate, List<RexNode> keys, int firstCall) {
    List<AggregateCall> calls = aggregate.getAggCallList();
    List<RexNode> fields = new ArrayList<>(keys);
    for (int call = 0; call < calls.size(); call++) {
      RexNode value = builder.field(firstCall + call);
      // In a group that is there, what could not be NULL still cannot.
      fields.add(
          calls.get(call).getType().isNullable()
              ? value
              : builder.getRexBuilder().makeNotNull(value));
    }
    return builder.project(fields, aggregate.getRowType().getFieldNames(), true).build();
  }
}

package io.kurobe.planner.optimize;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;

/**
 * Takes from a tree without correlations the names of the variables that its nodes once gave to
 * subqueries. Calcite leaves them where a subquery became a join or was not needed, and then writes
 * the node's input in SQL as one relation with an alias, which hides the aliases in it.
 */
final class UnusedVariables extends RelHomogeneousShuttle {
  private UnusedVariables() {}

  static RelNode drop(RelNode tree) {
    return tree.accept(new UnusedVariables());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode node = super.visit(other);
    if (node.getVariablesSet().isEmpty()) {
      return node;
    }
    if (node instanceof LogicalProject project) {
      return LogicalProject.create(
          project.getInput(),
          project.getHints(),
          project.getProjects(),
          project.getRowType(),
          ImmutableSet.of());
    }
    if (node instanceof LogicalFilter filter) {
      return LogicalFilter.create(filter.getInput(), filter.getCondition());
    }
    if (node instanceof LogicalJoin join) {
      return LogicalJoin.create(
          join.getLeft(),
          join.getRight(),
          join.getHints(),
          join.getCondition(),
          ImmutableSet.of(),
          join.getJoinType(),
          join.isSemiJoinDone(),
          ImmutableList.copyOf(join.getSystemFieldList()));
    }
    return node;
  }
}

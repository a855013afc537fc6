package io.kurobe.planner.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Computes the subqueries of a projection with windows one projection lower, as Calcite finds none
 * that stands in a window function.
 */
final class WindowedSubqueries extends WithSubqueries {
  private WindowedSubqueries() {}

  static RelNode lower(RelNode tree) {
    return tree.accept(new WindowedSubqueries());
  }

  @Override
  RelNode rewritten(RelNode node) {
    return node instanceof LogicalProject project
            && RexOver.containsOver(project.getProjects(), null)
            && RexUtil.SubQueryFinder.containsSubQuery(project)
        ? lowered(project)
        : node;
  }

  private static RelNode lowered(LogicalProject project) {
    RelNode input = project.getInput();
    List<RexNode> values =
        new ArrayList<>(input.getCluster().getRexBuilder().identityProjects(input.getRowType()));
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    var lowering =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subquery) {
            values.add(subquery);
            names.add("subquery" + values.size());
            return new RexInputRef(values.size() - 1, subquery.getType());
          }
        };
    List<RexNode> above = lowering.apply(project.getProjects());
    RelNode below =
        LogicalProject.create(input, List.of(), values, names, project.getVariablesSet());
    return LogicalProject.create(
        below, project.getHints(), above, project.getRowType().getFieldNames(), Set.of());
  }
}

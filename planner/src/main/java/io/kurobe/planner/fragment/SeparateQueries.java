package io.kurobe.planner.fragment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * What a clause does not take everywhere, put into a query of its own below it: windows in GROUP BY
 * and WHERE, as of {@code SELECT DISTINCT RANK() OVER (…)}, and limits below windows, keys of
 * grouping sets that are no columns, and in GROUP BY and ORDER BY constants, which may be read as
 * positions.
 */
final class SeparateQueries extends RelHomogeneousShuttle {
  /** What is written as a query of its own in FROM. */
  public static final class Subquery extends SingleRel {
    Subquery(RelNode input) {
      super(input.getCluster(), input.getTraitSet(), input);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
      return new Subquery(inputs.get(0));
    }
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    if (visited.getInputs().size() != 1) {
      return visited;
    }
    RelNode input = visited.getInput(0);
    return isReadApart(visited, input)
        ? visited.copy(visited.getTraitSet(), List.of(new Subquery(named(input))))
        : visited;
  }

  private static boolean isReadApart(RelNode node, RelNode input) {
    if (node instanceof Aggregate aggregate && input instanceof Project project) {
      return project.containsOver() || hasComputedKeys(aggregate, project) || isOneRow(input);
    }
    if (node instanceof Filter) {
      return input instanceof Project project && project.containsOver();
    }
    if (node instanceof Project project && project.containsOver()) {
      return input instanceof Sort sort && (sort.fetch != null || sort.offset != null);
    }
    return (node instanceof Aggregate || node instanceof Sort) && isOneRow(input);
  }

  /** Without FROM, the columns of a row of constants would be written as the constants. */
  private static boolean isOneRow(RelNode input) {
    return input instanceof Values values
        ? values.getTuples().size() <= 1
        : (input instanceof Project || input instanceof Filter) && isOneRow(input.getInput(0));
  }

  private static boolean hasComputedKeys(Aggregate aggregate, Project project) {
    return aggregate.getGroupType() != Aggregate.Group.SIMPLE
        && aggregate.getGroupSet().toList().stream()
            .anyMatch(key -> !(project.getProjects().get(key) instanceof RexInputRef));
  }

  /** With names that are written, which those of expressions are not. */
  private static RelNode named(RelNode query) {
    List<String> names = new ArrayList<>(query.getRowType().getFieldNames());
    names.replaceAll(name -> name.startsWith("EXPR$") ? "w" + name.substring(5) : name);
    List<String> distinct = SqlValidatorUtil.uniquify(names, false);
    return query instanceof Project project
        ? LogicalProject.create(
            project.getInput(), project.getHints(), project.getProjects(), distinct, Set.of())
        : LogicalProject.create(
            query,
            List.of(),
            query.getCluster().getRexBuilder().identityProjects(query.getRowType()),
            distinct,
            Set.of());
  }
}

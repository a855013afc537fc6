package io.kurobe.planner.fragment;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * What GROUP BY does not take everywhere, put into a query of its own below the group: windows, as
 * of {@code SELECT DISTINCT RANK() OVER (…)}, and keys of grouping sets that are no columns.
 */
final class GroupedSubqueries extends RelHomogeneousShuttle {
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
    return visited instanceof Aggregate aggregate
            && aggregate.getInput() instanceof Project project
            && (project.containsOver() || hasComputedKeys(aggregate, project))
        ? visited.copy(visited.getTraitSet(), List.of(new Subquery(named(project))))
        : visited;
  }

  private static boolean hasComputedKeys(Aggregate aggregate, Project project) {
    return aggregate.getGroupType() != Aggregate.Group.SIMPLE
        && aggregate.getGroupSet().toList().stream()
            .anyMatch(key -> !(project.getProjects().get(key) instanceof RexInputRef));
  }

  /** With names that are written, which those of expressions are not. */
  private static RelNode named(Project project) {
    List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
    names.replaceAll(name -> name.startsWith("EXPR$") ? "w" + name.substring(5) : name);
    return project.copy(
        project.getTraitSet(),
        project.getInput(),
        project.getProjects(),
        project
            .getCluster()
            .getTypeFactory()
            .createStructType(
                project.getRowType().getFieldList().stream()
                    .map(RelDataTypeField::getType)
                    .toList(),
                SqlValidatorUtil.uniquify(names, false)));
  }
}

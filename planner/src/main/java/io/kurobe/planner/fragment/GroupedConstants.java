package io.kurobe.planner.fragment;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Constants that are keys of grouping sets, written as casts: a database reads {@code - 3} in GROUP
 * BY as the position of a column.
 */
final class GroupedConstants extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    if (!(visited instanceof Aggregate aggregate)
        || !(aggregate.getInput() instanceof Project project)) {
      return visited;
    }
    RexBuilder builder = visited.getCluster().getRexBuilder();
    List<RexNode> expressions = new ArrayList<>(project.getProjects());
    for (int key : aggregate.getGroupSet()) {
      RexNode expression = expressions.get(key);
      // Literals alone are minded by Calcite's dialects.
      if (RexUtil.isConstant(expression) && !(expression instanceof RexLiteral)) {
        expressions.set(
            key,
            builder.makeAbstractCast(SqlParserPos.ZERO, expression.getType(), expression, false));
      }
    }
    return expressions.equals(project.getProjects())
        ? visited
        : visited.copy(
            visited.getTraitSet(),
            List.of(
                project.copy(
                    project.getTraitSet(), project.getInput(), expressions, project.getRowType())));
  }
}

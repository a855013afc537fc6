package io.kurobe.planner.optimize;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;

/**
 * Makes {@code x <> SOME (subquery)}, and so {@code x = ALL (subquery)}, safe to rewrite. Calcite's
 * rewriting looks for what it counted by the names c, d and m, beside the columns of the outer
 * relation, and takes those of the outer relation if they are called so. Here the outer relation
 * gets columns without such names.
 */
final class SomeNotEqual extends WithSubqueries {
  private SomeNotEqual() {}

  static RelNode unnamed(RelNode tree) {
    return tree.accept(new SomeNotEqual());
  }

  @Override
  RelNode rewritten(RelNode node) {
    if (!(node instanceof Filter || node instanceof Project || node instanceof Join)
        || !compares(node)) {
      return node;
    }
    List<RelNode> inputs = node.getInputs().stream().map(SomeNotEqual::renamed).toList();
    RelNode above = node.copy(node.getTraitSet(), inputs);
    return node instanceof Project ? above : named(above, node.getRowType().getFieldNames());
  }

  private static boolean compares(RelNode node) {
    List<RexSubQuery> found = new ArrayList<>();
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subquery) {
            if (subquery.getOperator() instanceof SqlQuantifyOperator some
                && some.comparisonKind == SqlKind.NOT_EQUALS) {
              found.add(subquery);
            }
            return super.visitSubQuery(subquery);
          }
        });
    return !found.isEmpty();
  }

  private static RelNode renamed(RelNode input) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
      names.add("column" + i);
    }
    return named(input, names);
  }

  private static RelNode named(RelNode input, List<String> names) {
    return LogicalProject.create(
        input,
        List.of(),
        input.getCluster().getRexBuilder().identityProjects(input.getRowType()),
        names,
        ImmutableSet.of());
  }
}

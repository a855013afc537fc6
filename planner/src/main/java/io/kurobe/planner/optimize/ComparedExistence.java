package io.kurobe.planner.optimize;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Makes a semi-join or an anti-join of EXISTS in a WHERE, if the subquery compares the row outside
 * with its own by an equality and by more, as in {@code a.x = b.x AND a.y <> b.y}. Unnested, it
 * would be joined with all values of y outside, for which the query outside is asked once more.
 * What equalities alone tell is unnested without that, and then takes part in the order of joins.
 */
final class ComparedExistence extends WithSubqueries {
  private ComparedExistence() {}

  static RelNode join(RelNode tree) {
    return tree.accept(new ComparedExistence());
  }

  @Override
  RelNode rewritten(RelNode node) {
    if (!(node instanceof LogicalFilter filter) || filter.getVariablesSet().size() != 1) {
      return node;
    }
    CorrelationId outer = filter.getVariablesSet().iterator().next();
    List<RexNode> rest = new ArrayList<>();
    List<Looked> looked = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      Optional<Looked> found = looked(condition, outer);
      found.ifPresentOrElse(looked::add, () -> rest.add(condition));
    }
    if (looked.isEmpty()) {
      return node;
    }
    RexBuilder rex = filter.getCluster().getRexBuilder();
    RelNode rows =
        rest.isEmpty()
            ? filter.getInput()
            : LogicalFilter.create(
                filter.getInput(), RexUtil.composeConjunction(rex, rest), ImmutableSet.of(outer));
    for (Looked one : looked) {
      rows = one.joined(rows, outer);
    }
    return rows;
  }

  /**
   * What a row outside is compared with.
   *
   * @param type whether there has to be a row, or must not be
   * @param rows the rows looked into, which do not speak of the row outside
   * @param conditions over them, with fields of the row outside
   */
  private record Looked(JoinRelType type, RelNode rows, List<RexNode> conditions) {
    RelNode joined(RelNode left, CorrelationId outer) {
      RelDataType leftType = left.getRowType();
      int shift = leftType.getFieldCount();
      var beside =
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef column) {
              return new RexInputRef(column.getIndex() + shift, column.getType());
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
              return isOf(outer, access)
                  ? RexInputRef.of(access.getField().getIndex(), leftType)
                  : super.visitFieldAccess(access);
            }
          };
      RexBuilder rex = left.getCluster().getRexBuilder();
      RexNode condition = RexUtil.composeConjunction(rex, beside.visitList(conditions));
      return LogicalJoin.create(left, rows, List.of(), condition, Set.of(), type);
    }
  }

  private static Optional<Looked> looked(RexNode condition, CorrelationId outer) {
    boolean not = condition.getKind() == SqlKind.NOT;
    RexNode asked = not ? ((RexCall) condition).getOperands().get(0) : condition;
    if (!(asked instanceof RexSubQuery subquery) || subquery.getKind() != SqlKind.EXISTS) {
      return Optional.empty();
    }
    RelNode rows = subquery.rel;
    while (rows instanceof Project project && !RexOver.containsOver(project.getProjects(), null)) {
      rows = project.getInput();
    }
    if (!(rows instanceof Filter filter)
        || RexUtil.SubQueryFinder.containsSubQuery(filter)
        || speaksOf(outer, filter.getInput())) {
      return Optional.empty();
    }
    List<RexNode> conditions = RelOptUtil.conjunctions(filter.getCondition());
    return isComparedByMore(conditions, outer)
        ? Optional.of(
            new Looked(not ? JoinRelType.ANTI : JoinRelType.SEMI, filter.getInput(), conditions))
        : Optional.empty();
  }

  private static boolean isComparedByMore(List<RexNode> conditions, CorrelationId outer) {
    boolean equal = false;
    boolean more = false;
    for (RexNode condition : conditions) {
      if (!RexUtil.isDeterministic(condition)) {
        return false;
      }
      if (speaksOf(outer, condition)) {
        boolean isEquality = isEquality(condition, outer);
        equal |= isEquality;
        more |= !isEquality;
      }
    }
    return equal && more;
  }

  private static boolean isEquality(RexNode condition, CorrelationId outer) {
    if (condition.getKind() != SqlKind.EQUALS) {
      return false;
    }
    RexNode left = ((RexCall) condition).getOperands().get(0);
    RexNode right = ((RexCall) condition).getOperands().get(1);
    return isOf(outer, left) && !speaksOf(outer, right)
        || isOf(outer, right) && !speaksOf(outer, left);
  }

  private static boolean isOf(CorrelationId outer, RexNode expression) {
    return expression instanceof RexFieldAccess access
        && access.getReferenceExpr() instanceof RexCorrelVariable variable
        && variable.id.equals(outer);
  }

  private static boolean speaksOf(CorrelationId outer, RexNode expression) {
    var mentions = new Mentions(outer);
    expression.accept(mentions);
    return mentions.found;
  }

  private static boolean speaksOf(CorrelationId outer, RelNode tree) {
    var mentions = new Mentions(outer);
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        node.accept(mentions);
        super.visit(node, ordinal, parent);
      }
    }.go(tree);
    return mentions.found;
  }

  /** Whether the row outside is spoken of, or may be, as subqueries are not looked into. */
  private static final class Mentions extends RexShuttle {
    private final CorrelationId outer;
    private boolean found;

    Mentions(CorrelationId outer) {
      this.outer = outer;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subquery) {
      found = true;
      return subquery;
    }

    @Override
    public RexNode visitCorrelVariable(RexCorrelVariable variable) {
      found |= variable.id.equals(outer);
      return variable;
    }
  }
}

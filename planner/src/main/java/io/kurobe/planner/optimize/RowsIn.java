package io.kurobe.planner.optimize;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Says {@code (a, b) IN (subquery)} by EXISTS. It is true where a row is equal, unknown where one
 * may be (ISO 9075-2, 8.4 and 8.2), and false otherwise; Calcite's own join for it gives rows more
 * than once, or none, where some columns of a row are NULL and others are not.
 */
final class RowsIn extends WithSubqueries {
  private RowsIn() {}

  static RelNode byExists(RelNode tree) {
    return tree.accept(new RowsIn());
  }

  @Override
  RelNode rewritten(RelNode node) {
    if (node instanceof LogicalFilter filter) {
      var comparing = new Comparing(filter.getInput(), filter.getVariablesSet());
      List<RexNode> conditions =
          RelOptUtil.conjunctions(filter.getCondition()).stream()
              .map(comparing::asCondition)
              .toList();
      RexBuilder rex = filter.getCluster().getRexBuilder();
      return comparing.found
          ? LogicalFilter.create(
              filter.getInput(),
              RexUtil.composeConjunction(rex, conditions),
              ImmutableSet.copyOf(comparing.variables))
          : filter;
    }
    if (node instanceof LogicalProject project) {
      var comparing = new Comparing(project.getInput(), project.getVariablesSet());
      List<RexNode> values = comparing.visitList(project.getProjects());
      return comparing.found
          ? LogicalProject.create(
              project.getInput(),
              project.getHints(),
              values,
              project.getRowType(),
              comparing.variables)
          : project;
    }
    return node;
  }

  /** Rewrites the expressions of a node over its input. */
  private static final class Comparing extends RexShuttle {
    private final RelNode input;
    private final RexBuilder rex;
    private Set<CorrelationId> variables;
    private boolean found;

    Comparing(RelNode input, Set<CorrelationId> variables) {
      this.input = input;
      this.variables = variables;
      rex = input.getCluster().getRexBuilder();
    }

    /** A condition, of which only it matters whether it is true. */
    RexNode asCondition(RexNode condition) {
      if (condition instanceof RexSubQuery subquery && isOfRows(subquery)) {
        return exists(subquery, false);
      }
      return condition instanceof RexCall not
              && not.getKind() == SqlKind.NOT
              && not.getOperands().get(0) instanceof RexSubQuery subquery
              && isOfRows(subquery)
          ? rex.makeCall(SqlStdOperatorTable.NOT, exists(subquery, true))
          : condition.accept(this);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subquery) {
      if (!isOfRows(subquery)) {
        return super.visitSubQuery(subquery);
      }
      return rex.makeCall(
          subquery.getType(),
          SqlStdOperatorTable.CASE,
          List.of(
              exists(subquery, false),
              rex.makeLiteral(true),
              exists(subquery, true),
              rex.makeNullLiteral(subquery.getType()),
              rex.makeLiteral(false)));
    }

    private static boolean isOfRows(RexSubQuery subquery) {
      return subquery.getKind() == SqlKind.IN
          && subquery.getOperands().size() > 1
          && (subquery.getOperands().stream().anyMatch(value -> value.getType().isNullable())
              || subquery.rel.getRowType().getFieldList().stream()
                  .anyMatch(field -> field.getType().isNullable()));
    }

    /** Whether a row is equal, or may be. */
    private RexNode exists(RexSubQuery subquery, boolean perhaps) {
      found = true;
      RexNode row = rex.makeCorrel(input.getRowType(), variable());
      var ofOuterRow =
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef column) {
              return rex.makeFieldAccess(row, column.getIndex());
            }
          };
      List<RexNode> conditions = new ArrayList<>();
      RelDataType rowType = subquery.rel.getRowType();
      for (int column = 0; column < subquery.getOperands().size(); column++) {
        RexNode equal =
            rex.makeCall(
                SqlStdOperatorTable.EQUALS,
                subquery.getOperands().get(column).accept(ofOuterRow),
                RexInputRef.of(column, rowType));
        conditions.add(
            perhaps && equal.getType().isNullable()
                ? rex.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, equal)
                : equal);
      }
      return RexSubQuery.exists(
          LogicalFilter.create(subquery.rel, RexUtil.composeConjunction(rex, conditions)));
    }

    private CorrelationId variable() {
      if (variables.isEmpty()) {
        variables = Set.of(input.getCluster().createCorrel());
      }
      return variables.iterator().next();
    }
  }
}

package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.Capabilities.Operation;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeName;

/** Decides whether a source may run a node of a plan, given that it runs the node's inputs. */
record Pushdown(String source, Capabilities capabilities) {

  Verdict check(RelNode node) {
    if (node instanceof Project project) {
      return all(operation(Operation.PROJECT), expressions(project.getProjects()));
    }
    if (node instanceof Filter filter) {
      return all(operation(Operation.FILTER), expression(filter.getCondition()));
    }
    if (node instanceof Join join) {
      return all(
          all(operation(joinOperation(join)), fullJoin(join)), expression(join.getCondition()));
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof Sort sort) {
      return sort(sort);
    }
    if (node instanceof Union union) {
      return all(operation(Operation.UNION), padding(union));
    }
    if (node instanceof Intersect intersect) {
      return all(operation(Operation.INTERSECT), padding(intersect));
    }
    if (node instanceof Minus minus) {
      return all(operation(Operation.EXCEPT), padding(minus));
    }
    return Verdict.refused(node.getRelTypeName() + " runs in the engine");
  }

  /** Whether the source filters at all. */
  boolean filters() {
    return has(Operation.FILTER);
  }

  Verdict expression(RexNode expression) {
    return new ExpressionPushdown(source, capabilities).check(expression);
  }

  private Verdict expressions(List<RexNode> expressions) {
    for (RexNode expression : expressions) {
      if (expression(expression) instanceof Verdict.Refused refused) {
        return refused;
      }
    }
    return Verdict.PUSHED;
  }

  private Verdict operation(Operation operation) {
    return capabilities.operations().contains(operation)
        ? Verdict.PUSHED
        : Verdict.refused(source + " does not run " + operation.name().replace('_', ' '));
  }

  /** PostgreSQL runs a full join only over equalities. */
  private static Verdict fullJoin(Join join) {
    return join.getJoinType() != JoinRelType.FULL || join.analyzeCondition().isEqui()
        ? Verdict.PUSHED
        : Verdict.refused("a FULL JOIN that is no equality runs in the engine");
  }

  private static Operation joinOperation(Join join) {
    return switch (join.getJoinType()) {
      case INNER -> Operation.INNER_JOIN;
      case LEFT, RIGHT, FULL, ASOF, LEFT_ASOF -> Operation.OUTER_JOIN;
      case SEMI, ANTI, LEFT_MARK -> Operation.SEMI_JOIN;
    };
  }

  /** Where CHAR meets other text, a source may take both for CHAR and lose the other's blanks. */
  private Verdict padding(SetOp setOp) {
    for (RelDataTypeField field : setOp.getRowType().getFieldList()) {
      if (field.getType().getSqlTypeName() == SqlTypeName.VARCHAR
          && setOp.getInputs().stream().anyMatch(input -> isPadded(input, field.getIndex()))) {
        return Verdict.refused("CHAR and other text become one in the engine");
      }
    }
    return Verdict.PUSHED;
  }

  /** Whether a column is CHAR, and not only a text literal, whose type is that too. */
  private static boolean isPadded(RelNode input, int column) {
    RelDataType type = input.getRowType().getFieldList().get(column).getType();
    boolean literal =
        input instanceof Project project
            && RexUtil.isLiteral(project.getProjects().get(column), true);
    return type.getSqlTypeName() == SqlTypeName.CHAR && !literal;
  }

  private Verdict aggregate(Aggregate aggregate) {
    Verdict verdict = operation(Operation.AGGREGATE);
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      verdict = all(verdict, operation(Operation.GROUPING_SETS));
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      verdict = all(verdict, call(aggregate, call));
    }
    return verdict;
  }

  private Verdict call(Aggregate aggregate, AggregateCall call) {
    String function = call.getAggregation().getName().toUpperCase(java.util.Locale.ROOT);
    if (!capabilities.functions().contains(function)) {
      return Verdict.refused(source + " has no " + function + " of the same meaning");
    }
    if (call.isDistinct() && !has(Operation.AGGREGATE_DISTINCT)) {
      return Verdict.refused(source + " does not run " + function + "(DISTINCT …)");
    }
    if (call.hasFilter() && !has(Operation.AGGREGATE_FILTER)) {
      return Verdict.refused(source + " does not run FILTER");
    }
    if (!call.getCollation().getFieldCollations().isEmpty() || call.distinctKeys != null) {
      return Verdict.refused("ordered aggregates run in the engine");
    }
    if (call.getArgList().size() > 1) {
      return Verdict.refused(source + " has no " + function + " of several arguments");
    }
    return call.getArgList().isEmpty() ? Verdict.PUSHED : argument(aggregate, call, function);
  }

  private Verdict argument(Aggregate aggregate, AggregateCall call, String function) {
    RelDataType type =
        aggregate.getInput().getRowType().getFieldList().get(call.getArgList().get(0)).getType();
    return switch (call.getAggregation().getKind()) {
      case MIN, MAX ->
          switch (type.getSqlTypeName()) {
            case BOOLEAN, UUID, ROW, MAP ->
                Verdict.refused(source + " may have no " + function + " of " + type);
            default -> textOrder(type, function + " of text");
          };
      case SUM, SUM0, AVG ->
          type.getSqlTypeName() == SqlTypeName.REAL
              ? Verdict.refused(source + " adds REAL in single precision")
              : Verdict.PUSHED;
      default -> Verdict.PUSHED;
    };
  }

  private Verdict sort(Sort sort) {
    Verdict verdict =
        sort.getCollation().getFieldCollations().isEmpty()
            ? Verdict.PUSHED
            : operation(Operation.SORT);
    if (sort.fetch != null || sort.offset != null) {
      verdict = all(verdict, operation(Operation.LIMIT));
    }
    RelCollation collation = sort.getCollation();
    for (RelFieldCollation key : collation.getFieldCollations()) {
      RelDataType type =
          sort.getInput().getRowType().getFieldList().get(key.getFieldIndex()).getType();
      verdict = all(verdict, textOrder(type, "ORDER BY text"));
    }
    return verdict;
  }

  /** Text is ordered by its bytes here; a source with collations of its own may not order it. */
  private Verdict textOrder(RelDataType type, String what) {
    return !ExpressionPushdown.isText(type)
            || capabilities.textOrder().equals(java.util.Optional.of(""))
        ? Verdict.PUSHED
        : Verdict.refused(what + " follows " + source + "'s own collation");
  }

  private boolean has(Operation operation) {
    return capabilities.operations().contains(operation);
  }

  private static Verdict all(Verdict first, Verdict second) {
    return first instanceof Verdict.Refused ? first : second;
  }
}

package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.Capabilities.Operation;
import io.kurobe.adapters.source.FunctionUse;
import io.kurobe.adapters.source.FunctionUse.Form;
import io.kurobe.adapters.source.FunctionUse.Operand;
import io.kurobe.adapters.source.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeName;

/** Decides whether a source may run a node of a plan, given that it runs the node's inputs. */
record Pushdown(Capabilities capabilities) {

  Verdict check(RelNode node) {
    if (node instanceof Project project && isColumns(project)) {
      // Any source gives columns of a table.
      return Verdict.PUSHED;
    }
    if (node instanceof Project project) {
      return operation(Operation.PROJECT).and(expressions(project.getProjects()));
    }
    if (node instanceof Filter filter) {
      return operation(Operation.FILTER).and(expression(filter.getCondition()));
    }
    if (node instanceof Join join) {
      return operation(joinOperation(join)).and(expression(join.getCondition()));
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof Sort sort) {
      return sort(sort);
    }
    if (node instanceof Union union) {
      return operation(Operation.UNION).and(padding(union));
    }
    if (node instanceof Intersect intersect) {
      return operation(Operation.INTERSECT).and(padding(intersect));
    }
    if (node instanceof Minus minus) {
      return operation(Operation.EXCEPT).and(padding(minus));
    }
    return Verdict.refused(node.getRelTypeName() + " runs in the engine");
  }

  private static boolean isColumns(Project project) {
    return !project.getProjects().isEmpty()
        && project.getProjects().stream().allMatch(RexInputRef.class::isInstance);
  }

  /** Whether the source filters at all. */
  boolean filters() {
    return capabilities.has(Operation.FILTER);
  }

  Verdict expression(RexNode expression) {
    return new ExpressionPushdown(capabilities).check(expression);
  }

  private Verdict expressions(List<RexNode> expressions) {
    Verdict verdict = Verdict.PUSHED;
    for (RexNode expression : expressions) {
      verdict = verdict.and(expression(expression));
    }
    return verdict;
  }

  private Verdict operation(Operation operation) {
    return capabilities.has(operation)
        ? Verdict.PUSHED
        : Verdict.refused(operation.name().replace('_', ' ') + " is not run there");
  }

  private static Operation joinOperation(Join join) {
    return switch (join.getJoinType()) {
      case INNER -> Operation.INNER_JOIN;
      case FULL ->
          join.analyzeCondition().isEqui() ? Operation.OUTER_JOIN : Operation.UNEQUAL_FULL_JOIN;
      case LEFT, RIGHT, ASOF, LEFT_ASOF -> Operation.OUTER_JOIN;
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
    RelDataType type = type(input, column);
    boolean literal =
        input instanceof Project project
            && RexUtil.isLiteral(project.getProjects().get(column), true);
    return type.getSqlTypeName() == SqlTypeName.CHAR && !literal;
  }

  private Verdict aggregate(Aggregate aggregate) {
    Verdict verdict = operation(Operation.AGGREGATE);
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      verdict = verdict.and(operation(Operation.GROUPING_SETS));
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      verdict = verdict.and(call(aggregate, call));
    }
    return verdict;
  }

  private Verdict call(Aggregate aggregate, AggregateCall call) {
    List<Operand> operands =
        call.getArgList().stream()
            .map(argument -> new Operand(type(aggregate.getInput(), argument), false, null))
            .toList();
    String name = call.getAggregation().getName().toUpperCase(Locale.ROOT);
    Set<Form> forms = forms(call);
    Verdict verdict = capabilities.check(new FunctionUse(name, call.getType(), operands, forms));
    if (forms.contains(Form.DISTINCT)) {
      verdict = verdict.and(operation(Operation.AGGREGATE_DISTINCT));
    }
    if (forms.contains(Form.FILTER)) {
      verdict = verdict.and(operation(Operation.AGGREGATE_FILTER));
    }
    return switch (call.getAggregation().getKind()) {
      case MIN, MAX ->
          verdict.and(new ExpressionPushdown(capabilities).ordering(operands.get(0).type(), name));
      default -> verdict;
    };
  }

  private static Set<Form> forms(AggregateCall call) {
    Set<Form> forms = EnumSet.noneOf(Form.class);
    if (call.isDistinct()) {
      forms.add(Form.DISTINCT);
    }
    if (call.hasFilter()) {
      forms.add(Form.FILTER);
    }
    if (!call.getCollation().getFieldCollations().isEmpty() || call.distinctKeys != null) {
      forms.add(Form.ORDERED);
    }
    return forms;
  }

  private Verdict sort(Sort sort) {
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    Verdict verdict = keys.isEmpty() ? Verdict.PUSHED : operation(Operation.SORT);
    if (sort.fetch != null || sort.offset != null) {
      verdict = verdict.and(operation(Operation.LIMIT));
    }
    for (RelFieldCollation key : keys) {
      RelDataType type = type(sort.getInput(), key.getFieldIndex());
      verdict = verdict.and(new ExpressionPushdown(capabilities).sortKey(type, "ORDER BY"));
    }
    return verdict;
  }

  private static RelDataType type(RelNode input, int column) {
    return input.getRowType().getFieldList().get(column).getType();
  }
}

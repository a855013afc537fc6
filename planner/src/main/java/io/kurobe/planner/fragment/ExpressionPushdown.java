package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.Capabilities.Operation;
import io.kurobe.adapters.source.FunctionUse;
import io.kurobe.adapters.source.FunctionUse.Form;
import io.kurobe.adapters.source.FunctionUse.Operand;
import io.kurobe.adapters.source.TextOrder;
import io.kurobe.adapters.source.Types;
import io.kurobe.adapters.source.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a source may compute an expression: each operator must be one it has with our
 * meaning for the operands it is given.
 */
record ExpressionPushdown(Capabilities capabilities) {

  Verdict check(RexNode expression) {
    var visitor = new Visitor();
    try {
      expression.accept(visitor);
      return Verdict.PUSHED;
    } catch (Util.FoundOne found) {
      return Verdict.refused(String.valueOf(found.getNode()));
    }
  }

  /** Text is ordered by its bytes here; a source with collations of its own may not order it. */
  Verdict ordering(RelDataType type, String what) {
    if (!Types.holdsText(type) || capabilities.textOrder() instanceof TextOrder.Natural) {
      return Verdict.PUSHED;
    }
    return capabilities.textOrder() instanceof TextOrder.Collated && Types.isText(type)
        ? Verdict.PUSHED
        : Verdict.refused(what + " orders text by a collation there");
  }

  /** Whether a sort or a window may take its order from a column of a type there. */
  Verdict sortKey(RelDataType type, String what) {
    if (Types.isComposed(type) && !capabilities.has(Operation.COMPOSED_SORT)) {
      return Verdict.refused(what + " knows no NULL in arrays there");
    }
    return SqlTypeUtil.isApproximateNumeric(type) && !capabilities.has(Operation.FLOATING_SORT)
        ? Verdict.refused(what + " misplaces NaN there")
        : ordering(type, what);
  }

  /** An operand as the rules see it. */
  static Operand operand(RexNode operand) {
    return operand instanceof RexLiteral literal
        ? new Operand(literal.getType(), true, value(literal))
        : new Operand(operand.getType(), false, null);
  }

  private static @Nullable Object value(RexLiteral literal) {
    if (literal.isNull()) {
      return null;
    }
    SqlTypeFamily family = (SqlTypeFamily) literal.getTypeName().getFamily();
    return family == SqlTypeFamily.CHARACTER
        ? literal.getValueAs(String.class)
        : literal.getValue();
  }

  private final class Visitor extends RexVisitorImpl<Void> {
    Visitor() {
      super(true);
    }

    private void require(Verdict verdict) {
      if (verdict instanceof Verdict.Refused refused) {
        throw new Util.FoundOne(refused.reason());
      }
    }

    private Util.FoundOne refuse(String reason) {
      return new Util.FoundOne(reason);
    }

    @Override
    public Void visitCall(RexCall call) {
      if (ArrayComparison.matches(call)) {
        return compared(call);
      }
      String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
      Set<Form> forms = call instanceof RexOver ? EnumSet.of(Form.OVER) : Set.of();
      List<Operand> operands =
          call.getOperands().stream().map(ExpressionPushdown::operand).toList();
      require(capabilities.check(new FunctionUse(name, call.getType(), operands, forms)));
      if (TextOrdering.orders(call)) {
        call.getOperands().forEach(operand -> require(ordering(operand.getType(), name)));
      }
      return super.visitCall(call);
    }

    /** With each element of a parameter, which are a list when it is run. */
    private Void compared(RexCall call) {
      SqlOperator operator = ArrayComparison.operator(call);
      RexNode value = call.getOperands().get(0);
      List<Operand> operands =
          List.of(operand(value), new Operand(ArrayComparison.elementType(call), false, null));
      require(
          capabilities.check(
              new FunctionUse(operator.getName(), call.getType(), operands, Set.of())));
      if (operator.getKind() != SqlKind.EQUALS && operator.getKind() != SqlKind.NOT_EQUALS) {
        require(ordering(value.getType(), operator.getName()));
      }
      return value.accept(this);
    }

    /** An array is written as its constructor is. */
    @Override
    public Void visitDynamicParam(RexDynamicParam parameter) {
      RelDataType type = parameter.getType();
      if (Types.isComposed(type)) {
        String constructor = type.isStruct() ? "ROW" : type.getSqlTypeName().getName();
        require(capabilities.check(new FunctionUse(constructor, type, List.of(), Set.of())));
      }
      return super.visitDynamicParam(parameter);
    }

    @Override
    public Void visitLiteral(RexLiteral literal) {
      if (literal.getValue() instanceof Double number && !Double.isFinite(number)) {
        throw refuse("NaN and Infinity are written otherwise there");
      }
      return super.visitLiteral(literal);
    }

    @Override
    public Void visitOver(RexOver over) {
      if (!capabilities.has(Operation.WINDOW)) {
        throw refuse("windows are not run there");
      }
      if (over.isDistinct() || over.ignoreNulls()) {
        throw refuse("DISTINCT and IGNORE NULLS in a window are not run there");
      }
      RexWindow window = over.getWindow();
      boolean offset = hasOffset(window.getLowerBound()) || hasOffset(window.getUpperBound());
      if (window.getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER
          || (offset && !window.isRows())) {
        throw refuse("a frame of RANGE with an offset or of EXCLUDE may differ there");
      }
      window.orderKeys.forEach(key -> require(sortKey(key.left.getType(), "ORDER BY of a window")));
      return super.visitOver(over);
    }

    private static boolean hasOffset(RexWindowBound bound) {
      return bound.getOffset() != null;
    }

    @Override
    public Void visitSubQuery(RexSubQuery subQuery) {
      throw refuse("a subquery is left in the expression");
    }

    @Override
    public Void visitCorrelVariable(RexCorrelVariable variable) {
      throw refuse("a correlated reference is left in the expression");
    }

    @Override
    public Void visitFieldAccess(RexFieldAccess access) {
      throw refuse("fields of rows are taken apart in the engine");
    }
  }
}

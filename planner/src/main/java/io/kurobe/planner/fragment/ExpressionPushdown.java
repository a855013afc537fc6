package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.Capabilities.Operation;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Util;

/**
 * Decides whether a source may compute an expression: each operator must be one it has with our
 * meaning, and the types must not be ones on which that meaning differs.
 */
record ExpressionPushdown(String source, Capabilities capabilities) {
  private static final Set<SqlKind> ORDERING =
      EnumSet.of(
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL);

  Verdict check(RexNode expression) {
    var visitor = new Visitor();
    try {
      expression.accept(visitor);
      return Verdict.PUSHED;
    } catch (Util.FoundOne found) {
      return Verdict.refused(String.valueOf(found.getNode()));
    }
  }

  private final class Visitor extends RexVisitorImpl<Void> {
    Visitor() {
      super(true);
    }

    private Util.FoundOne refuse(String reason) {
      return new Util.FoundOne(reason);
    }

    @Override
    public Void visitCall(RexCall call) {
      String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
      if (!capabilities.functions().contains(name)) {
        throw refuse(source + " has no " + name + " of the same meaning");
      }
      if (ordersText(call)) {
        throw refuse("order of text follows " + source + "'s own collation");
      }
      if (call.getKind() == SqlKind.DIVIDE && isDecimal(call.getType())) {
        throw refuse("decimal division has another scale at " + source);
      }
      if (call.getKind() == SqlKind.LIKE && call.getOperands().stream().anyMatch(this::isPadded)) {
        throw refuse("LIKE sees the blanks of CHAR at " + source);
      }
      if (call.getKind() == SqlKind.FLOOR && isInstant(call.getOperands().get(0).getType())) {
        throw refuse("parts of instants in a zone are cut otherwise at " + source);
      }
      if (call.getKind() == SqlKind.CAST && !sameCast(call)) {
        throw refuse("CAST to " + call.getType() + " may differ at " + source);
      }
      return super.visitCall(call);
    }

    private boolean isPadded(RexNode operand) {
      return operand.getType().getSqlTypeName() == SqlTypeName.CHAR
          && !(operand instanceof RexLiteral);
    }

    @Override
    public Void visitLiteral(RexLiteral literal) {
      if (literal.getValue() instanceof Double number && !Double.isFinite(number)) {
        throw refuse("NaN and Infinity are written otherwise at " + source);
      }
      return super.visitLiteral(literal);
    }

    @Override
    public Void visitOver(RexOver over) {
      if (!capabilities.operations().contains(Operation.WINDOW)) {
        throw refuse(source + " does not run windows");
      }
      return super.visitOver(over);
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

  private boolean ordersText(RexCall call) {
    if (capabilities.textOrder().equals(Optional.of(""))) {
      return false;
    }
    boolean ordering = ORDERING.contains(call.getKind());
    if (call.getKind() == SqlKind.SEARCH) {
      // A search for single values is equality; one over ranges is order.
      var sarg =
          ((RexLiteral) call.getOperands().get(1)).getValueAs(org.apache.calcite.util.Sarg.class);
      ordering = sarg == null || !(sarg.isPoints() || sarg.isComplementedPoints());
    }
    return ordering && call.getOperands().stream().anyMatch(operand -> isText(operand.getType()));
  }

  private static boolean isInstant(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  /** Whether values are text or hold text, whose order depends on a collation. */
  static boolean isText(RelDataType type) {
    return type.getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER
        || (type.getComponentType() != null && isText(type.getComponentType()))
        || (type.isStruct()
            && type.getFieldList().stream().anyMatch(field -> isText(field.getType())));
  }

  private static boolean isDecimal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL;
  }

  /** A fraction made a whole number is an error at some, and rounded by others. */
  private static boolean isWholeNumber(RexLiteral text) {
    String value = text.getValueAs(String.class);
    return value == null || value.strip().matches("[+-]?[0-9]+");
  }

  private static boolean sameCast(RexCall cast) {
    RelDataType from = cast.getOperands().get(0).getType();
    RelDataType to = cast.getType();
    if (SqlTypeUtil.isNumeric(from) && SqlTypeUtil.isNumeric(to)) {
      // Sources keep fewer digits of a floating number made exact, or round it otherwise.
      return !(SqlTypeUtil.isApproximateNumeric(from) && SqlTypeUtil.isExactNumeric(to));
    }
    if (from.getSqlTypeName() == to.getSqlTypeName()) {
      boolean time = SqlTypeUtil.isDatetime(to) && to.getSqlTypeName() != SqlTypeName.DATE;
      return !time || to.getPrecision() >= from.getPrecision();
    }
    if (isText(from) && to.getSqlTypeName() == SqlTypeName.VARCHAR) {
      return from.getSqlTypeName() != SqlTypeName.CHAR
          || cast.getOperands().get(0).getKind() == SqlKind.LITERAL;
    }
    if (cast.getOperands().get(0) instanceof RexLiteral literal) {
      return !isText(from) || !SqlTypeUtil.isIntType(to) || isWholeNumber(literal);
    }
    return from.getSqlTypeName() == SqlTypeName.DATE
        && to.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }
}

package io.kurobe.planner.bind;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexContext;

/**
 * Comparisons of rows, taken apart into those of their values: a source compares a row that holds
 * NULL as it likes, and the standard's answer is UNKNOWN wherever the values before it are equal.
 */
final class RowComparisons {
  static final Set<SqlKind> KINDS =
      EnumSet.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL);

  private RowComparisons() {}

  /** Whether both sides are rows written out, of as many values. */
  static boolean matches(SqlCall call) {
    return KINDS.contains(call.getKind())
        && call.operandCount() == 2
        && row(call.operand(0)).getKind() == SqlKind.ROW
        && row(call.operand(1)).getKind() == SqlKind.ROW
        && ((SqlCall) row(call.operand(0))).operandCount()
            == ((SqlCall) row(call.operand(1))).operandCount();
  }

  /** A row within the cast by which the validator gives both sides one type. */
  private static SqlNode row(SqlNode side) {
    return side.getKind() == SqlKind.CAST ? ((SqlCall) side).operand(0) : side;
  }

  static RexNode convert(SqlRexContext context, SqlCall call) {
    RexBuilder builder = context.getRexBuilder();
    List<RexNode> left = values(context, call.operand(0));
    List<RexNode> right = values(context, call.operand(1));
    SqlOperator operator = call.getOperator();
    return switch (call.getKind()) {
      case EQUALS, IS_NOT_DISTINCT_FROM ->
          together(builder, SqlStdOperatorTable.AND, each(builder, operator, left, right));
      case NOT_EQUALS, IS_DISTINCT_FROM ->
          together(builder, SqlStdOperatorTable.OR, each(builder, operator, left, right));
      default -> order(builder, call.getKind(), left, right);
    };
  }

  private static List<RexNode> values(SqlRexContext context, SqlNode side) {
    List<RexNode> values = new ArrayList<>();
    for (SqlNode value : ((SqlCall) row(side)).getOperandList()) {
      values.add(context.convertExpression(value));
    }
    if (side.getKind() == SqlKind.CAST) {
      RelDataType type = context.getValidator().getValidatedNodeType(side);
      for (int i = 0; i < values.size(); i++) {
        RelDataType wanted = type.getFieldList().get(i).getType();
        values.set(i, context.getRexBuilder().ensureType(wanted, values.get(i), false));
      }
    }
    return values;
  }

  private static List<RexNode> each(
      RexBuilder builder, SqlOperator operator, List<RexNode> left, List<RexNode> right) {
    List<RexNode> comparisons = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      comparisons.add(builder.makeCall(operator, left.get(i), right.get(i)));
    }
    return comparisons;
  }

  private static RexNode together(RexBuilder builder, SqlOperator operator, List<RexNode> parts) {
    return parts.size() == 1 ? parts.get(0) : builder.makeCall(operator, parts);
  }

  /** a &lt; c, or a = c and what follows is less; equal rows are told apart by the last values. */
  private static RexNode order(
      RexBuilder builder, SqlKind kind, List<RexNode> left, List<RexNode> right) {
    boolean less = kind == SqlKind.LESS_THAN || kind == SqlKind.LESS_THAN_OR_EQUAL;
    SqlOperator strict = less ? SqlStdOperatorTable.LESS_THAN : SqlStdOperatorTable.GREATER_THAN;
    int last = left.size() - 1;
    RexNode ordered = builder.makeCall(operator(kind), left.get(last), right.get(last));
    for (int i = last - 1; i >= 0; i--) {
      ordered =
          builder.makeCall(
              SqlStdOperatorTable.OR,
              builder.makeCall(strict, left.get(i), right.get(i)),
              builder.makeCall(
                  SqlStdOperatorTable.AND,
                  builder.makeCall(SqlStdOperatorTable.EQUALS, left.get(i), right.get(i)),
                  ordered));
    }
    return ordered;
  }

  private static SqlOperator operator(SqlKind kind) {
    return switch (kind) {
      case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
      case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
      case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
      case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
      default -> throw new IllegalArgumentException("no order of rows is " + kind);
    };
  }
}

package io.kurobe.planner.bind;

import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;

/**
 * OVERLAPS as the standard defines it: a period does not have its end, unless it is that one moment
 * alone. Calcite's has the end too.
 */
final class Overlaps {
  private record Period(RexNode start, RexNode end) {}

  private Overlaps() {}

  static RexNode convert(SqlRexContext context, SqlCall call) {
    RexBuilder b = context.getRexBuilder();
    Period left = period(context, call.operand(0));
    Period right = period(context, call.operand(1));
    RexNode same =
        call(
            b,
            SqlStdOperatorTable.AND,
            call(b, SqlStdOperatorTable.EQUALS, left.start(), right.start()),
            call(
                b,
                SqlStdOperatorTable.OR,
                call(b, SqlStdOperatorTable.NOT_EQUALS, left.end(), right.end()),
                call(b, SqlStdOperatorTable.EQUALS, left.end(), right.end())));
    return call(b, SqlStdOperatorTable.OR, within(b, left, right), within(b, right, left), same);
  }

  /** The first begins after the other, and before it has ended. */
  private static RexNode within(RexBuilder b, Period first, Period other) {
    return call(
        b,
        SqlStdOperatorTable.AND,
        call(b, SqlStdOperatorTable.GREATER_THAN, first.start(), other.start()),
        call(
            b,
            SqlStdOperatorTable.NOT,
            call(
                b,
                SqlStdOperatorTable.AND,
                call(b, SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, first.start(), other.end()),
                call(b, SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, first.end(), other.end()))));
  }

  /** Its two ends in order; the second may be how long it lasts, and one may be unknown. */
  private static Period period(SqlRexContext context, SqlNode row) {
    RexBuilder b = context.getRexBuilder();
    RexNode from = context.convertExpression(((SqlCall) row).operand(0));
    RexNode second = context.convertExpression(((SqlCall) row).operand(1));
    RexNode to =
        SqlTypeUtil.isInterval(second.getType())
            ? b.makeCall(SqlStdOperatorTable.DATETIME_PLUS, from, second)
            : second;
    RexNode turned =
        call(
            b,
            SqlStdOperatorTable.OR,
            call(b, SqlStdOperatorTable.GREATER_THAN, from, to),
            call(b, SqlStdOperatorTable.IS_NULL, from));
    return new Period(
        call(b, SqlStdOperatorTable.CASE, turned, to, from),
        call(b, SqlStdOperatorTable.CASE, turned, from, to));
  }

  private static RexNode call(RexBuilder builder, SqlOperator operator, RexNode... operands) {
    return builder.makeCall(operator, operands);
  }
}

package io.kurobe.planner.authorize;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What a row filter or a mask may not hold: whatever is more than one row and its reader. */
final class PolicyRefusals {
  private PolicyRefusals() {}

  /** Refuses queries, questions, windows and parameters, where they were written. */
  static void ofQueries(SqlNode expression) {
    expression.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.getKind().belongsTo(SqlKind.QUERY)
                || call.getOperator().getName().equals("ASK")) {
              throw refused("no query", call.getParserPosition());
            }
            if (call.getKind() == SqlKind.OVER) {
              throw refused("no window", call.getParserPosition());
            }
            return super.visit(call);
          }

          @Override
          public Void visit(SqlDynamicParam parameter) {
            throw refused("no parameter", parameter.getParserPosition());
          }
        });
  }

  /** Refuses what is not the same each time, and names that are no constants. */
  static void ofExpressions(RexNode expression, SqlParserPos position) {
    expression.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCall(RexCall call) {
            if (!call.getOperator().isDeterministic()) {
              throw refused("not " + call.getOperator().getName(), position);
            }
            if (PolicyFunctions.asksByName(call)
                && !(call.getOperands().get(0) instanceof RexLiteral literal
                    && !literal.isNull())) {
              throw PolicyExpressions.at(
                  new KurobeException(
                      ErrorCode.INVALID_QUERY,
                      call.getOperator().getName() + " takes a name that is written out"),
                  position);
            }
            return super.visitCall(call);
          }

          @Override
          public Void visitOver(RexOver over) {
            throw refused("no window", position);
          }

          @Override
          public Void visitSubQuery(RexSubQuery subquery) {
            throw refused("no query", position);
          }

          @Override
          public Void visitDynamicParam(RexDynamicParam parameter) {
            throw refused("no parameter", position);
          }
        });
  }

  private static KurobeException refused(String what, SqlParserPos position) {
    return PolicyExpressions.at(
        new KurobeException(ErrorCode.NOT_SUPPORTED, "a row filter or a mask holds " + what)
            .withHint(
                "it is an expression over the columns of one row, CURRENT_USER, has_role('…') and"
                    + " claim('…')"),
        position);
  }
}

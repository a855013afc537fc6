package io.kurobe.nl2sql.dialect;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that SQLite and MySQL take for the numbers 0 and 1, as in {@code SUM(x = 1)}, written
 * as CASE; and numbers that stand as conditions, as in {@code WHERE 1}.
 */
final class BooleanNumbers extends SqlShuttle {
  private static final Set<SqlKind> CONDITIONS =
      Set.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.LIKE,
          SqlKind.BETWEEN,
          SqlKind.EXISTS,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL);

  private static final Set<String> NUMERIC_AGGREGATES = Set.of("SUM", "AVG", "TOTAL");

  @Override
  public @Nullable SqlNode visit(SqlCall original) {
    if (!(super.visit(original) instanceof SqlCall call)) {
      return original;
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    boolean numeric =
        switch (call.getKind()) {
          case PLUS, MINUS, TIMES, DIVIDE -> true;
          default -> NUMERIC_AGGREGATES.contains(name);
        };
    boolean compared =
        call.operandCount() == 2
            && SqlKind.COMPARISON.contains(call.getKind())
            && (isNumber(call.operand(0)) || isNumber(call.operand(1)));
    if (!numeric && !compared) {
      return call;
    }
    for (int i = 0; i < call.operandCount(); i++) {
      SqlNode operand = call.operand(i);
      if (isCondition(operand)) {
        call.setOperand(i, number(operand));
      }
    }
    return call;
  }

  static boolean isCondition(@Nullable SqlNode node) {
    return node instanceof SqlCall call && CONDITIONS.contains(call.getKind());
  }

  private static boolean isNumber(@Nullable SqlNode node) {
    return node instanceof SqlLiteral literal
        && org.apache.calcite.sql.type.SqlTypeName.NUMERIC_TYPES.contains(literal.getTypeName());
  }

  private static SqlNode number(SqlNode condition) {
    SqlParserPos position = condition.getParserPosition();
    return new SqlCase(
        position,
        null,
        SqlNodeList.of(condition),
        SqlNodeList.of(SqlLiteral.createExactNumeric("1", position)),
        SqlLiteral.createExactNumeric("0", position));
  }
}

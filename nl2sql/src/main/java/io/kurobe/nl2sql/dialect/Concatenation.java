package io.kurobe.nl2sql.dialect;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** {@code GROUP_CONCAT([DISTINCT] x [, separator] [ORDER BY …] [SEPARATOR '…'])} as STRING_AGG. */
final class Concatenation {
  private Concatenation() {}

  static SqlNode of(SqlCall call) {
    SqlParserPos at = call.getParserPosition();
    SqlNode separator = SqlLiteral.createCharString(",", at);
    @Nullable SqlNodeList order = null;
    List<SqlNode> operands = call.getOperandList();
    for (SqlNode operand : operands.subList(1, operands.size())) {
      if (operand instanceof SqlNodeList keys) {
        order = keys;
      } else if (operand.getKind() == SqlKind.SEPARATOR) {
        separator = ((SqlCall) operand).operand(0);
      } else {
        separator = operand;
      }
    }
    List<SqlNode> arguments = new ArrayList<>();
    arguments.add(Functions.cast(operands.get(0), SqlTypeName.VARCHAR, at));
    arguments.add(separator);
    if (order != null) {
      arguments.add(order);
    }
    return SqlLibraryOperators.STRING_AGG.createCall(
        call.getFunctionQuantifier(), at, arguments.toArray(SqlNode[]::new));
  }
}

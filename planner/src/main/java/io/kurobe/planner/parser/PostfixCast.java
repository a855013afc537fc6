package io.kurobe.planner.parser;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ::} between a value and a type while the parser sorts operators by their precedence.
 * What comes out is a plain CAST, so that no later step knows two kinds of cast.
 */
final class PostfixCast extends SqlBinaryOperator {
  static final PostfixCast OPERATOR = new PostfixCast();

  /** Above the sign of a number (80) and below a subscript (100). */
  private static final int PRECEDENCE = 94;

  private PostfixCast() {
    super("::", SqlKind.CAST, PRECEDENCE, true, null, InferTypes.FIRST_KNOWN, null);
  }

  @Override
  public SqlCall createCall(
      @Nullable SqlLiteral functionQualifier, SqlParserPos pos, @Nullable SqlNode... operands) {
    return SqlStdOperatorTable.CAST.createCall(functionQualifier, pos, operands);
  }
}

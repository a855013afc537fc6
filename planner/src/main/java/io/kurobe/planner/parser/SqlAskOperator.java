package io.kurobe.planner.parser;

import static java.util.Objects.requireNonNull;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.SqlWriter.FrameTypeEnum;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The operator of {@link SqlAsk}. Its kind is that of {@code TABLE t}, a leaf of a query with
 * nothing inside, because Calcite's parser and writer ask a node's kind whether it is a query.
 */
final class SqlAskOperator extends SqlSpecialOperator {
  static final SqlAskOperator INSTANCE = new SqlAskOperator();

  /** A SELECT's: an ASK is put in parentheses wherever a SELECT would be. */
  private static final int PRECEDENCE = 2;

  private SqlAskOperator() {
    super("ASK", SqlKind.EXPLICIT_TABLE, PRECEDENCE);
  }

  @Override
  public SqlCall createCall(
      @Nullable SqlLiteral functionQualifier, SqlParserPos pos, @Nullable SqlNode... operands) {
    return new SqlAsk(
        pos,
        requireNonNull(operands[0]),
        (SqlNodeList) requireNonNull(operands[1]),
        (SqlNodeList) requireNonNull(operands[2]),
        (SqlNodeList) requireNonNull(operands[3]));
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
    writer.keyword("ASK");
    call.operand(0).unparse(writer, 0, 0);
    list(writer, "ON", call.operand(1));
    list(writer, "USING", call.operand(2));
    SqlNodeList options = call.operand(3);
    if (options.isEmpty()) {
      return;
    }
    writer.keyword("WITH");
    SqlWriter.Frame frame = writer.startList(FrameTypeEnum.SIMPLE, "(", ")");
    for (int i = 0; i < options.size(); i += 2) {
      writer.sep(",");
      options.get(i).unparse(writer, 0, 0);
      writer.keyword("=");
      options.get(i + 1).unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }

  private static void list(SqlWriter writer, String keyword, SqlNodeList names) {
    if (names.isEmpty()) {
      return;
    }
    writer.keyword(keyword);
    SqlWriter.Frame frame = writer.startList(FrameTypeEnum.SIMPLE);
    for (SqlNode name : names) {
      writer.sep(",");
      name.unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }
}

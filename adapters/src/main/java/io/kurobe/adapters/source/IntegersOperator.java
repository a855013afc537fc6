package io.kurobe.adapters.source;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * {@code value IN (1, 2, …)} of so many integers that each as a node of a tree would cost more than
 * what is asked. They are part of the operator, as one text; a dialect may write it otherwise.
 */
public final class IntegersOperator extends SqlSpecialOperator {
  private static final int AS_IN = 32;

  /**
   * Makes the operator.
   *
   * @param integers at least one, each as its digits, with commas between them
   */
  public IntegersOperator(String integers) {
    super(
        integers,
        SqlKind.OTHER,
        AS_IN,
        true,
        ReturnTypes.BOOLEAN_NULLABLE,
        InferTypes.FIRST_KNOWN,
        OperandTypes.NUMERIC);
    if (!integers.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-' || c == ',')) {
      throw new IllegalArgumentException("not a list of integers");
    }
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
    call.operand(0).unparse(writer, getLeftPrec(), getRightPrec());
    writer.print("IN (" + getName() + ")");
    writer.setNeedWhitespace(true);
  }
}

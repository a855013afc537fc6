package io.kurobe.adapters.source;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * {@code value COLLATE name}. Calcite keeps a collation with a type and writes none; where a source
 * must be told its order, the tree it runs has this operator around the text.
 */
public final class CollateOperator extends SqlPostfixOperator {
  private static final int TIGHTER_THAN_ARITHMETIC = 90;

  /**
   * Makes the operator.
   *
   * @param collation its name, quoted as the source wants it
   */
  public CollateOperator(String collation) {
    super(
        "COLLATE " + collation,
        SqlKind.OTHER,
        TIGHTER_THAN_ARITHMETIC,
        ReturnTypes.ARG0,
        null,
        OperandTypes.CHARACTER);
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
    boolean bracketed = call.operand(0) instanceof SqlCall;
    SqlWriter.Frame frame = bracketed ? writer.startList("(", ")") : null;
    call.operand(0).unparse(writer, 0, 0);
    if (frame != null) {
      writer.endList(frame);
    }
    writer.print(getName());
    writer.setNeedWhitespace(true);
  }
}

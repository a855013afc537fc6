package io.kurobe.planner.ask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;

/** An expression as text that does not tell a = b from b = a. */
final class CanonicalExpression {
  private CanonicalExpression() {}

  /**
   * The text.
   *
   * @param columns what the expression's input references stand for
   */
  static String of(RexNode node, List<String> columns) {
    if (node instanceof RexInputRef input) {
      return columns.get(input.getIndex());
    }
    if (node instanceof RexOver over) {
      List<String> keys = new ArrayList<>();
      over.getWindow().partitionKeys.forEach(key -> keys.add(of(key, columns)));
      over.getWindow().orderKeys.forEach(key -> keys.add(of(key.left, columns) + key.right));
      return call(over, columns) + " over " + keys + over.getWindow().getLowerBound();
    }
    return node instanceof RexCall call ? call(call, columns) : node.toString();
  }

  private static String call(RexCall call, List<String> columns) {
    List<String> operands = new ArrayList<>();
    call.getOperands().forEach(operand -> operands.add(of(operand, columns)));
    SqlKind kind = call.getKind();
    String name = call.getOperator().getName();
    switch (kind) {
      case AND, OR, EQUALS, NOT_EQUALS, PLUS, TIMES -> Collections.sort(operands);
      case GREATER_THAN, GREATER_THAN_OR_EQUAL -> {
        Collections.reverse(operands);
        name = kind == SqlKind.GREATER_THAN ? "<" : "<=";
      }
      case CAST -> name = "CAST " + call.getType();
      default -> {
        // In the order written.
      }
    }
    return name + operands;
  }
}

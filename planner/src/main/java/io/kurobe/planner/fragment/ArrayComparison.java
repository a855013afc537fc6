package io.kurobe.planner.fragment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Comparisons with ANY or ALL of an array that is a parameter. Once it is bound they are
 * comparisons with each of its elements, which sources run that have no arrays.
 */
public final class ArrayComparison {
  private static final List<SqlOperator> COMPARISONS =
      List.of(
          SqlStdOperatorTable.EQUALS,
          SqlStdOperatorTable.NOT_EQUALS,
          SqlStdOperatorTable.LESS_THAN,
          SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
          SqlStdOperatorTable.GREATER_THAN,
          SqlStdOperatorTable.GREATER_THAN_OR_EQUAL);

  private ArrayComparison() {}

  public static boolean matches(RexCall call) {
    return call.getOperator() instanceof SqlQuantifyOperator
        && call.getOperands().size() == 2
        && call.getOperands().get(1) instanceof RexDynamicParam elements
        && elements.getType().getComponentType() != null;
  }

  /** That of the value and each element. */
  public static SqlOperator operator(RexCall call) {
    SqlKind kind = ((SqlQuantifyOperator) call.getOperator()).comparisonKind;
    return COMPARISONS.stream().filter(each -> each.getKind() == kind).findFirst().orElseThrow();
  }

  public static RelDataType elementType(RexCall call) {
    return requireNonNull(call.getOperands().get(1).getType().getComponentType());
  }
}

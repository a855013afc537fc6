package io.kurobe.planner.bind;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Which parameters are arrays and intervals without being cast: {@code x = ANY (?)} compares with
 * the elements of an array, {@code ? = ANY (a)} seeks one, {@code a || ?} joins two, and what is
 * added to a time or taken from a timestamp is an interval.
 */
final class ComposedParameters {
  private static final SqlIntervalQualifier DAY_TO_SECOND =
      new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO);

  private final RelDataTypeFactory factory;
  private final Function<SqlNode, RelDataType> typeOf;

  /**
   * Types of the parameters within one scope.
   *
   * @param typeOf derives the type of an operand that is none
   */
  ComposedParameters(RelDataTypeFactory factory, Function<SqlNode, RelDataType> typeOf) {
    this.factory = factory;
    this.typeOf = typeOf;
  }

  /** Whether it is a comparison with ANY or ALL of what stands there, which is no query. */
  static boolean isQuantified(SqlCall call) {
    return call.getOperator() instanceof SqlQuantifyOperator
        && call.operandCount() == 2
        && elements(call) != null;
  }

  private static @Nullable SqlNode elements(SqlCall call) {
    SqlNode right = call.operand(1);
    if (right instanceof SqlNodeList list) {
      return list.size() == 1 ? list.get(0) : null;
    }
    return right instanceof SqlDynamicParam ? right : null;
  }

  /** The operands that may hold parameters of their own. */
  static List<SqlNode> others(SqlCall call) {
    List<SqlNode> operands =
        isQuantified(call) ? List.of(call.operand(0), elements(call)) : call.getOperandList();
    return operands.stream().filter(operand -> !(operand instanceof SqlDynamicParam)).toList();
  }

  private static boolean mayTell(SqlCall call) {
    return isQuantified(call)
        || call.getOperator() == SqlStdOperatorTable.CONCAT
        || call.getKind() == SqlKind.PLUS
        || call.getKind() == SqlKind.MINUS;
  }

  /** Tells the type of a parameter of a call; false if it is none of these. */
  boolean tell(SqlCall call, BiConsumer<SqlDynamicParam, RelDataType> told) {
    if (call.operandCount() != 2 || !mayTell(call)) {
      return false;
    }
    SqlNode left = call.operand(0);
    SqlNode right = isQuantified(call) ? elements(call) : call.operand(1);
    if (left instanceof SqlDynamicParam == right instanceof SqlDynamicParam) {
      return false;
    }
    boolean last = right instanceof SqlDynamicParam;
    Optional<RelDataType> type = type(call, typeOf.apply(last ? left : right), last);
    type.ifPresent(
        known ->
            told.accept(
                (SqlDynamicParam) (last ? right : left),
                factory.createTypeWithNullability(known, true)));
    return type.isPresent();
  }

  /**
   * The type of a parameter.
   *
   * @param other that of the other operand
   * @param last whether the parameter stands behind it
   */
  private Optional<RelDataType> type(SqlCall call, RelDataType other, boolean last) {
    if (isQuantified(call)) {
      return last ? Optional.of(arrayOf(other)) : Optional.ofNullable(other.getComponentType());
    }
    if (call.getOperator() == SqlStdOperatorTable.CONCAT) {
      return Optional.of(other).filter(type -> type.getComponentType() != null);
    }
    boolean moves =
        call.getKind() == SqlKind.PLUS && SqlTypeUtil.isDatetime(other)
            || call.getKind() == SqlKind.MINUS
                && last
                && SqlTypeUtil.isDatetime(other)
                && other.getSqlTypeName() != SqlTypeName.DATE;
    return moves ? Optional.of(factory.createSqlIntervalType(DAY_TO_SECOND)) : Optional.empty();
  }

  private RelDataType arrayOf(RelDataType type) {
    return factory.createArrayType(factory.createTypeWithNullability(type, true), -1);
  }
}

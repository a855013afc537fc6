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
 * added to a time or taken from a timestamp is an interval; from a date, where a date is wanted.
 */
final class ComposedParameters {
  private static final SqlIntervalQualifier DAY_TO_SECOND =
      new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO);

  private final RelDataTypeFactory factory;
  private final Function<SqlNode, RelDataType> typeOf;
  private final Function<SqlDynamicParam, Optional<RelDataType>> known;

  /**
   * Types of the parameters within one scope.
   *
   * @param typeOf derives the type of an operand that is none
   * @param known the type that a parameter was told to be
   */
  ComposedParameters(
      RelDataTypeFactory factory,
      Function<SqlNode, RelDataType> typeOf,
      Function<SqlDynamicParam, Optional<RelDataType>> known) {
    this.factory = factory;
    this.typeOf = typeOf;
    this.known = known;
  }

  /** Whether it is a call that may speak of a parameter which is no operand of its own. */
  static boolean mayTell(SqlCall call) {
    return isQuantified(call)
        || isComparison(call)
            && call.getOperandList().stream().anyMatch(ComposedParameters::isLess);
  }

  private static boolean isQuantified(SqlCall call) {
    return call.getOperator() instanceof SqlQuantifyOperator && call.operandCount() == 2;
  }

  private static boolean isComparison(SqlCall call) {
    return SqlKind.COMPARISON.contains(call.getKind()) || call.getKind() == SqlKind.BETWEEN;
  }

  /** Whether it is something less a parameter. */
  private static boolean isLess(@Nullable SqlNode node) {
    return node instanceof SqlCall call
        && call.getKind() == SqlKind.MINUS
        && call.operandCount() == 2
        && call.operand(1) instanceof SqlDynamicParam;
  }

  /** What a value is compared to the elements of, or the first of several values. */
  private static SqlNode compared(SqlCall call) {
    return call.operand(1) instanceof SqlNodeList list && !list.isEmpty()
        ? list.get(0)
        : call.operand(1);
  }

  private static boolean isOneArray(SqlCall call) {
    return !(call.operand(1) instanceof SqlNodeList list) || list.size() == 1;
  }

  /** The operands that may hold parameters of their own. */
  static List<SqlNode> others(SqlCall call) {
    List<SqlNode> operands =
        isQuantified(call) && isOneArray(call)
            ? List.of(call.operand(0), compared(call))
            : call.getOperandList();
    return operands.stream().filter(operand -> !(operand instanceof SqlDynamicParam)).toList();
  }

  /**
   * Tells the type of a parameter of a call; false if it is none of these, or if others are to be
   * told as well.
   */
  boolean tell(SqlCall call, BiConsumer<SqlDynamicParam, RelDataType> told) {
    if (isQuantified(call)) {
      return quantified(call, told);
    }
    if (isComparison(call)) {
      days(call, told);
      return false;
    }
    if (call.operandCount() != 2
        || call.operand(0) instanceof SqlDynamicParam
            == call.operand(1) instanceof SqlDynamicParam) {
      return false;
    }
    boolean last = call.operand(1) instanceof SqlDynamicParam;
    SqlDynamicParam parameter = call.operand(last ? 1 : 0);
    Optional<RelDataType> type = type(call, call.operand(last ? 0 : 1), last, parameter);
    type.ifPresent(one -> told.accept(parameter, nullable(one)));
    return type.isPresent();
  }

  private boolean quantified(SqlCall call, BiConsumer<SqlDynamicParam, RelDataType> told) {
    SqlNode left = call.operand(0);
    SqlNode right = compared(call);
    if (right instanceof SqlDynamicParam elements && isOneArray(call)) {
      RelDataType type =
          left instanceof SqlDynamicParam ? ParameterTypes.text(factory) : typeOf.apply(left);
      if (left instanceof SqlDynamicParam value) {
        told.accept(value, type);
      }
      told.accept(elements, nullable(factory.createArrayType(nullable(type), -1)));
      return true;
    }
    if (!(left instanceof SqlDynamicParam value) || right instanceof SqlDynamicParam) {
      return false;
    }
    RelDataType other = typeOf.apply(right);
    RelDataType type =
        isOneArray(call) && other.getComponentType() != null
            ? other.getComponentType()
            : other.isStruct() && other.getFieldCount() == 1
                ? other.getFieldList().get(0).getType()
                : other;
    boolean constant = type.getSqlTypeName() == SqlTypeName.CHAR && !isOneArray(call);
    told.accept(value, constant ? ParameterTypes.text(factory) : nullable(type));
    return true;
  }

  /** A date less a parameter is a date where it is compared to one, and else days. */
  private void days(SqlCall call, BiConsumer<SqlDynamicParam, RelDataType> told) {
    if (call.getOperandList().stream().noneMatch(ComposedParameters::isLess)) {
      return;
    }
    boolean toTime =
        call.getOperandList().stream()
            .filter(operand -> !(operand instanceof SqlDynamicParam) && !isLess(operand))
            .filter(operand -> !(operand instanceof SqlNodeList) && !operand.isA(SqlKind.QUERY))
            .anyMatch(operand -> SqlTypeUtil.isDatetime(typeOf.apply(operand)));
    for (SqlNode operand : call.getOperandList()) {
      if (isLess(operand)) {
        SqlCall less = (SqlCall) operand;
        if (less.operand(0) instanceof SqlDynamicParam) {
          continue;
        }
        RelDataType from = typeOf.apply(less.operand(0));
        if (isDate(from)) {
          told.accept(less.operand(1), nullable(toTime ? interval() : from));
        }
      }
    }
  }

  /**
   * The type of a parameter.
   *
   * @param last whether it stands behind the other operand
   */
  private Optional<RelDataType> type(
      SqlCall call, SqlNode operand, boolean last, SqlDynamicParam parameter) {
    boolean plus = call.getKind() == SqlKind.PLUS;
    boolean less = call.getKind() == SqlKind.MINUS && last;
    if (!plus
        && !less
        && call.getKind() != SqlKind.TIMES
        && call.getOperator() != SqlStdOperatorTable.CONCAT) {
      return Optional.empty();
    }
    RelDataType other = typeOf.apply(operand);
    if (call.getOperator() == SqlStdOperatorTable.CONCAT) {
      return Optional.of(other).filter(type -> type.getComponentType() != null);
    }
    if (call.getKind() == SqlKind.TIMES) {
      return SqlTypeUtil.isInterval(other)
          ? Optional.of(factory.createSqlType(SqlTypeName.INTEGER))
          : Optional.empty();
    }
    boolean told = known.apply(parameter).filter(SqlTypeUtil::isInterval).isPresent();
    return SqlTypeUtil.isDatetime(other) && (plus || !isDate(other) || told)
        ? Optional.of(interval())
        : Optional.empty();
  }

  private RelDataType interval() {
    return factory.createSqlIntervalType(DAY_TO_SECOND);
  }

  private RelDataType nullable(RelDataType type) {
    return factory.createTypeWithNullability(type, true);
  }

  private static boolean isDate(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DATE;
  }
}

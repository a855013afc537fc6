package io.kurobe.planner.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlInternalOperators;
import org.apache.calcite.sql.type.ImplicitCastOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter is where Calcite does not say: an operand of a function, one of the values of
 * COALESCE, what an interval is taken from, a part of a row. As PostgreSQL has it, what nothing
 * tells the type of is text.
 */
final class ParameterTypes {
  /** Functions whose values are all of one type. */
  private static final Set<String> OF_ONE_TYPE =
      Set.of("COALESCE", "NULLIF", "GREATEST", "LEAST", "IFNULL", "NVL");

  /** Functions of a text and of numbers behind it. */
  private static final Set<String> OF_TEXT_AND_NUMBERS =
      Set.of("SUBSTRING", "SUBSTR", "LEFT", "RIGHT", "REPEAT", "SPLIT_PART");

  private static final Set<String> OF_NUMBERS =
      Set.of("ABS", "ROUND", "TRUNCATE", "CEIL", "FLOOR", "SIGN", "SQRT", "EXP", "LN", "POWER");

  private final RelDataTypeFactory factory;
  private final Function<SqlNode, RelDataType> typeOf;

  /**
   * Types of the parameters within one scope.
   *
   * @param typeOf derives the type of an operand that is none
   */
  ParameterTypes(RelDataTypeFactory factory, Function<SqlNode, RelDataType> typeOf) {
    this.factory = factory;
    this.typeOf = typeOf;
  }

  /** Whether a call may speak of parameters among its operands. */
  static boolean mayTell(SqlCall call) {
    return call instanceof SqlCase
        || call.getOperandList().stream().anyMatch(ParameterTypes::isParameter)
        || ComposedParameters.mayTell(call);
  }

  /** Whether a list is one of rows that are written out. */
  static boolean isRows(SqlNodeList list) {
    return list.stream().allMatch(row -> row != null && row.getKind() == SqlKind.ROW);
  }

  /** That of a parameter of which nothing is known. */
  static RelDataType text(RelDataTypeFactory factory) {
    return factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.VARCHAR), true);
  }

  /**
   * Whether it is a sum or difference of a parameter and an interval, which Calcite takes for two.
   */
  boolean isTimeAndInterval(SqlCall call) {
    return (call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS)
        && call.operandCount() == 2
        && call.getOperandList().stream().anyMatch(SqlDynamicParam.class::isInstance)
        && call.getOperandList().stream()
            .anyMatch(
                operand -> !isParameter(operand) && SqlTypeUtil.isInterval(typeOf.apply(operand)));
  }

  RelDataType timestamp() {
    return nullable(factory.createSqlType(SqlTypeName.TIMESTAMP));
  }

  /**
   * Tells the types of those operands of a call that are parameters and that the call speaks of.
   */
  void tell(SqlCall call, BiConsumer<SqlDynamicParam, RelDataType> told) {
    if (call instanceof SqlCase cases) {
      List<SqlNode> values = new ArrayList<>(cases.getThenOperands());
      values.add(cases.getElseOperand());
      ofOneType(values, told);
    } else if (SqlKind.COMPARISON.contains(call.getKind())) {
      beside(call, told);
    } else {
      operands(call, told);
    }
  }

  /** What is compared to a literal is text of any length. */
  private void beside(SqlCall call, BiConsumer<SqlDynamicParam, RelDataType> told) {
    if (call.getOperandList().stream().anyMatch(ParameterTypes::isText)) {
      for (SqlNode operand : call.getOperandList()) {
        if (operand instanceof SqlDynamicParam parameter) {
          told.accept(parameter, text(factory));
        }
      }
    }
  }

  private static boolean isText(SqlNode operand) {
    return operand instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
        || operand instanceof SqlNodeList list && list.stream().allMatch(ParameterTypes::isText);
  }

  private void operands(SqlCall call, BiConsumer<SqlDynamicParam, RelDataType> told) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (OF_ONE_TYPE.contains(name)) {
      ofOneType(call.getOperandList(), told);
      return;
    }
    for (int i = 0; i < call.operandCount(); i++) {
      if (call.operand(i) instanceof SqlDynamicParam parameter) {
        if (OF_TEXT_AND_NUMBERS.contains(name) && i > 0) {
          told.accept(parameter, nullable(factory.createSqlType(SqlTypeName.INTEGER)));
        } else if (OF_NUMBERS.contains(name) && i == 0) {
          told.accept(parameter, nullable(factory.createSqlType(SqlTypeName.DOUBLE)));
        } else {
          family(call, i).ifPresent(type -> told.accept(parameter, nullable(type)));
        }
      }
    }
  }

  private Optional<RelDataType> family(SqlCall call, int operand) {
    return call.getOperator().getOperandTypeChecker()
            instanceof ImplicitCastOperandTypeChecker types
        ? Optional.ofNullable(types.getOperandSqlTypeFamily(operand))
            .map(family -> family.getDefaultConcreteType(factory))
        : Optional.empty();
  }

  private void ofOneType(
      List<? extends @Nullable SqlNode> values, BiConsumer<SqlDynamicParam, RelDataType> told) {
    values.stream()
        .filter(value -> value != null && !isParameter(bare(value)))
        .map(typeOf)
        .filter(ParameterTypes::isKnown)
        .findFirst()
        .ifPresent(
            type ->
                values.forEach(
                    value -> {
                      if (bare(value) instanceof SqlDynamicParam parameter) {
                        // Of a literal's length, longer values would be cut.
                        boolean fixed = type.getSqlTypeName() == SqlTypeName.CHAR;
                        told.accept(parameter, fixed ? text(factory) : nullable(type));
                      }
                    }));
  }

  /** A value of COALESCE without what tells that it is not null. */
  private static @Nullable SqlNode bare(@Nullable SqlNode value) {
    return value instanceof SqlCall call && call.getOperator() == SqlInternalOperators.CAST_NOT_NULL
        ? call.operand(0)
        : value;
  }

  private RelDataType nullable(RelDataType type) {
    return factory.createTypeWithNullability(type, true);
  }

  private static boolean isParameter(@Nullable SqlNode node) {
    return node instanceof SqlDynamicParam;
  }

  private static boolean isKnown(RelDataType type) {
    return type.getSqlTypeName() != SqlTypeName.NULL
        && type.getSqlTypeName() != SqlTypeName.UNKNOWN
        && type.getSqlTypeName() != SqlTypeName.ANY;
  }
}

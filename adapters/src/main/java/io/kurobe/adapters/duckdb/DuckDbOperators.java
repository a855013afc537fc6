package io.kurobe.adapters.duckdb;

import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** Operators that only DuckDB has; a plan that runs there uses them where it must. */
public final class DuckDbOperators {
  /**
   * Division of integers, toward zero. DuckDB's {@code /} makes a DOUBLE of them; an unparsed tree
   * no longer has types, so the plan says which division it means.
   */
  public static final SqlOperator INTEGER_DIVIDE =
      new SqlBinaryOperator(
          "//",
          SqlKind.OTHER,
          60,
          true,
          ReturnTypes.LEAST_RESTRICTIVE,
          InferTypes.FIRST_KNOWN,
          OperandTypes.NUMERIC_NUMERIC);

  /** A TIMESTAMP, with a zone or without, rounded half up to a number of microseconds. */
  public static final SqlOperator ROUND_TIMESTAMP = function("ROUND_TIMESTAMP");

  /** A TIME rounded half up to a number of microseconds; what reaches 24:00 is 00:00. */
  public static final SqlOperator ROUND_TIME = function("ROUND_TIME");

  /** The text of a DOUBLE, of which DuckDB has another form. */
  public static final SqlOperator DOUBLE_TEXT = function("DOUBLE_TEXT");

  /** The same of a REAL. */
  public static final SqlOperator REAL_TEXT = function("REAL_TEXT");

  /** A cast of a text to an integer, which takes nothing but a sign and digits. */
  public static final SqlOperator TEXT_TO_INTEGER = function("TEXT_TO_INTEGER");

  /** A cast of a text to a decimal: digits with a point and an exponent. */
  public static final SqlOperator TEXT_TO_DECIMAL = function("TEXT_TO_DECIMAL");

  /** A cast of a text to a DOUBLE or REAL: the same, or Infinity or NaN by name. */
  public static final SqlOperator TEXT_TO_DOUBLE = function("TEXT_TO_DOUBLE");

  /** The number of a VARBINARY's bytes; of a text it is asked otherwise. */
  public static final SqlOperator BYTES_LENGTH = function("BYTES_LENGTH");

  private DuckDbOperators() {}

  private static SqlOperator function(String name) {
    return SqlBasicFunction.create(name, ReturnTypes.ARG0, OperandTypes.VARIADIC);
  }
}

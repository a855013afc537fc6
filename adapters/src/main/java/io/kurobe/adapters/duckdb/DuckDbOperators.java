package io.kurobe.adapters.duckdb;

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

  private DuckDbOperators() {}
}

package io.kurobe.adapters.duckdb;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** Operators of DuckDB that standard SQL does not have. */
public final class DuckDbOperators {
  /** Division of whole numbers, toward zero. */
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

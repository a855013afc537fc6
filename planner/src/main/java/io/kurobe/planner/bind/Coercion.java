package io.kurobe.planner.bind;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * The types to which operands are brought where a query says none: Calcite's, but that a REAL and
 * another number are compared as DOUBLEs, where Calcite makes a REAL of a decimal.
 */
final class Coercion extends TypeCoercionImpl {
  Coercion(RelDataTypeFactory factory, SqlValidator validator) {
    super(factory, validator);
  }

  @Override
  public @Nullable RelDataType commonTypeForBinaryComparison(
      @Nullable RelDataType first, @Nullable RelDataType second) {
    if (first == null || second == null || !isMixed(first, second)) {
      return super.commonTypeForBinaryComparison(first, second);
    }
    return factory.createTypeWithNullability(
        factory.createSqlType(SqlTypeName.DOUBLE), first.isNullable() || second.isNullable());
  }

  private static boolean isMixed(RelDataType first, RelDataType second) {
    return SqlTypeUtil.isNumeric(first)
        && SqlTypeUtil.isNumeric(second)
        && (first.getSqlTypeName() == SqlTypeName.REAL)
            != (second.getSqlTypeName() == SqlTypeName.REAL);
  }
}

package io.kurobe.planner.bind;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * The types to which operands are brought where a query says none: Calcite's, but that a REAL and
 * another number are compared as DOUBLEs, where Calcite makes a REAL of a decimal; that CHARs of
 * several lengths and instants are compared as they are, as blanks at the end of a CHAR do not
 * count; and that the text of a UUID is read as one where it is compared with one, however its
 * digits are written.
 */
final class Coercion extends TypeCoercionImpl {
  private static final int UUID_LENGTH = 36;

  Coercion(RelDataTypeFactory factory, SqlValidator validator) {
    super(factory, validator);
  }

  @Override
  public @Nullable RelDataType commonTypeForBinaryComparison(
      @Nullable RelDataType first, @Nullable RelDataType second) {
    if (first != null && second != null) {
      if (isChar(first) && isChar(second) || isInstant(first) && isInstant(second)) {
        return null;
      }
      if (isUuid(first) && isTextOfUuid(second) || isUuid(second) && isTextOfUuid(first)) {
        return ofEither(first, second, SqlTypeName.UUID);
      }
    }
    if (first == null || second == null || !isMixed(first, second)) {
      return super.commonTypeForBinaryComparison(first, second);
    }
    return ofEither(first, second, SqlTypeName.DOUBLE);
  }

  /**
   * A list of texts that a CHAR may hold is searched as it is. A longer one would be cut to its
   * length, and be found.
   */
  @Override
  public boolean inOperationCoercion(SqlCallBinding binding) {
    RelDataType searched = binding.getOperandType(0);
    boolean fits =
        isChar(searched)
            && binding.operand(1) instanceof SqlNodeList list
            && list.stream()
                .map(value -> binding.getValidator().getValidatedNodeTypeIfKnown(value))
                .allMatch(
                    type ->
                        type != null
                            && isChar(type)
                            && type.getPrecision() <= searched.getPrecision());
    return !fits && super.inOperationCoercion(binding);
  }

  private RelDataType ofEither(RelDataType first, RelDataType second, SqlTypeName name) {
    return factory.createTypeWithNullability(
        factory.createSqlType(name), first.isNullable() || second.isNullable());
  }

  private static boolean isChar(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.CHAR;
  }

  private static boolean isInstant(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_TZ
        || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  private static boolean isUuid(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.UUID;
  }

  /** A literal is CHAR; a column of text need not hold UUIDs. */
  private static boolean isTextOfUuid(RelDataType type) {
    return isChar(type) && type.getPrecision() == UUID_LENGTH;
  }

  private static boolean isMixed(RelDataType first, RelDataType second) {
    return SqlTypeUtil.isNumeric(first)
        && SqlTypeUtil.isNumeric(second)
        && (first.getSqlTypeName() == SqlTypeName.REAL)
            != (second.getSqlTypeName() == SqlTypeName.REAL);
  }
}

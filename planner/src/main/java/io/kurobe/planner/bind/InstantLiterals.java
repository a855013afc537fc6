package io.kurobe.planner.bind;

import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * {@code TIMESTAMP WITH TIME ZONE '…+01:00'}: the text read as one of its type is, by CAST. Calcite
 * reads such a literal itself, but with names of zones alone, and to milliseconds.
 */
final class InstantLiterals extends SqlShuttle {
  private InstantLiterals() {}

  static SqlNode read(SqlNode query) {
    SqlNode read = query.accept(new InstantLiterals());
    return read == null ? query : read;
  }

  @Override
  public SqlNode visit(SqlLiteral literal) {
    if (!(literal instanceof SqlUnknownLiteral unknown)) {
      return literal;
    }
    String tag = unknown.tag.toUpperCase(Locale.ROOT);
    if (!tag.startsWith("TIMESTAMP WITH ")) {
      return literal;
    }
    SqlParserPos position = literal.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(
        position,
        SqlLiteral.createCharString(String.valueOf(unknown.getValue()), position),
        new SqlDataTypeSpec(
            new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP_TZ, position), position));
  }
}

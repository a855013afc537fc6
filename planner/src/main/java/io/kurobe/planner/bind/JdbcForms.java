package io.kurobe.planner.bind;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJdbcDataTypeName;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * What JDBC's escapes name that Calcite does not know, or gives another meaning: functions of
 * {@code {fn …}}, and the units {@code SQL_TSI_…}, which it would count as seconds.
 */
final class JdbcForms extends SqlShuttle {
  private static final Map<String, SqlOperator> BY_NAME =
      Map.of(
          "CHAR", SqlLibraryOperators.CHR,
          "CHAR_LENGTH", SqlStdOperatorTable.CHAR_LENGTH,
          "CHARACTER_LENGTH", SqlStdOperatorTable.CHARACTER_LENGTH,
          "CURRENT_DATE", SqlStdOperatorTable.CURRENT_DATE,
          "CURRENT_TIME", SqlStdOperatorTable.LOCALTIME,
          "CURRENT_TIMESTAMP", SqlStdOperatorTable.CURRENT_TIMESTAMP,
          "LOWER", SqlStdOperatorTable.LOWER,
          "OCTET_LENGTH", SqlStdOperatorTable.OCTET_LENGTH,
          "UPPER", SqlStdOperatorTable.UPPER);

  private static final Map<String, TimeUnit> UNITS =
      Map.of(
          "SQL_TSI_FRAC_SECOND", TimeUnit.MICROSECOND,
          "SQL_TSI_MICROSECOND", TimeUnit.MICROSECOND,
          "SQL_TSI_SECOND", TimeUnit.SECOND,
          "SQL_TSI_MINUTE", TimeUnit.MINUTE,
          "SQL_TSI_HOUR", TimeUnit.HOUR,
          "SQL_TSI_DAY", TimeUnit.DAY,
          "SQL_TSI_WEEK", TimeUnit.WEEK,
          "SQL_TSI_MONTH", TimeUnit.MONTH,
          "SQL_TSI_QUARTER", TimeUnit.QUARTER,
          "SQL_TSI_YEAR", TimeUnit.YEAR);

  private JdbcForms() {}

  static SqlNode standard(SqlNode query) {
    SqlNode standard = query.accept(new JdbcForms());
    return standard == null ? query : standard;
  }

  @Override
  public SqlNode visit(SqlIntervalQualifier unit) {
    TimeUnit known =
        unit.timeFrameName == null ? null : UNITS.get(unit.timeFrameName.toUpperCase(Locale.ROOT));
    return known == null ? unit : new SqlIntervalQualifier(known, null, unit.getParserPosition());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall original) {
    SqlNode visited = super.visit(original);
    return visited instanceof SqlCall call && call.getOperator() instanceof SqlJdbcFunctionCall
        ? function(call)
        : visited;
  }

  private static SqlNode function(SqlCall call) {
    String escaped = call.getOperator().getName().toUpperCase(Locale.ROOT);
    String name = escaped.substring(escaped.indexOf(' ') + 1, escaped.length() - 1);
    SqlParserPos position = call.getParserPosition();
    List<SqlNode> operands = call.getOperandList();
    if (name.equals("DAYOFWEEK") && operands.size() == 1) {
      // From Sunday, 1.
      return SqlStdOperatorTable.PLUS.createCall(
          position,
          SqlStdOperatorTable.DAYOFWEEK.createCall(position, operands),
          SqlLiteral.createExactNumeric("1", position));
    }
    if (name.equals("SPACE") && operands.size() == 1) {
      return SqlLibraryOperators.REPEAT.createCall(
          position, SqlLiteral.createCharString(" ", position), operands.get(0));
    }
    if (name.equals("CONVERT")
        && operands.size() == 2
        && operands.get(1) instanceof SqlLiteral literal
        && literal.getValue() instanceof SqlJdbcDataTypeName type) {
      return SqlStdOperatorTable.CAST.createCall(position, operands.get(0), named(type, literal));
    }
    SqlOperator known = BY_NAME.get(name);
    // Calcite finds its functions by names in upper case only.
    return (known == null ? new SqlJdbcFunctionCall(name) : known).createCall(position, operands);
  }

  /** A CHAR has no length here; it is not meant to have that of 1. */
  private static SqlNode named(SqlJdbcDataTypeName type, SqlNode written) {
    SqlJdbcDataTypeName meant =
        type == SqlJdbcDataTypeName.SQL_CHAR ? SqlJdbcDataTypeName.SQL_VARCHAR : type;
    return meant.createDataType(written.getParserPosition());
  }
}

package io.kurobe.nl2sql.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Functions of SQLite and MySQL, and the arithmetic some models spell out, in the standard's. */
final class Functions extends SqlShuttle {
  /** Where a part of an ISO time stands in its text: first character and length. */
  private static final Map<String, int[]> PARTS =
      Map.of(
          "%Y", new int[] {1, 4},
          "%m", new int[] {6, 2},
          "%d", new int[] {9, 2},
          "%Y-%m", new int[] {1, 7},
          "%Y-%m-%d", new int[] {1, 10},
          "%m-%d", new int[] {6, 5},
          "%H", new int[] {12, 2},
          "%M", new int[] {15, 2},
          "%S", new int[] {18, 2},
          "%H:%M", new int[] {12, 5});

  @Override
  public @Nullable SqlNode visit(SqlCall original) {
    if (!(super.visit(original) instanceof SqlCall call)) {
      return original;
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    List<SqlNode> operands = call.getOperandList();
    SqlParserPos at = call.getParserPosition();
    return switch (name + operands.size()) {
      case "IIF3", "IF3" -> choice(operands.get(0), operands.get(1), operands.get(2), at);
      case "IFNULL2", "NVL2", "ISNULL2" -> SqlStdOperatorTable.COALESCE.createCall(at, operands);
      case "INSTR2" ->
          SqlStdOperatorTable.POSITION.createCall(at, operands.get(1), operands.get(0));
      case "SUBSTR2", "SUBSTRING2" -> substring(operands, at);
      case "SUBSTR3", "MID3" -> SqlStdOperatorTable.SUBSTRING.createCall(at, operands);
      case "LENGTH1", "LEN1" -> SqlStdOperatorTable.CHAR_LENGTH.createCall(at, operands);
      case "UCASE1" -> SqlStdOperatorTable.UPPER.createCall(at, operands);
      case "LCASE1" -> SqlStdOperatorTable.LOWER.createCall(at, operands);
      case "TOTAL1" ->
          SqlStdOperatorTable.COALESCE.createCall(
              at, unresolved("SUM", at, operands.get(0)), SqlLiteral.createExactNumeric("0", at));
      case "GROUP_CONCAT1", "GROUP_CONCAT2", "GROUP_CONCAT3" -> Concatenation.of(call);
      case "DATE1" -> date(operands.get(0), at);
      case "DATETIME1" -> time(operands.get(0), at);
      case "DATE2", "DATE3", "DATE4" -> Dates.moved(call, date(operands.get(0), at), true);
      case "DATETIME2", "DATETIME3" -> Dates.moved(call, time(operands.get(0), at), false);
      case "CURDATE0" -> SqlStdOperatorTable.CURRENT_DATE.createCall(at);
      case "GETDATE0" -> SqlStdOperatorTable.CURRENT_TIMESTAMP.createCall(at);
      case "DATE_ADD2", "DATE_SUB2" -> Dates.shifted(call, name.equals("DATE_SUB"));
      case "YEAR1" -> Dates.part(TimeUnit.YEAR, date(operands.get(0), at), at);
      case "QUARTER1" -> Dates.part(TimeUnit.QUARTER, date(operands.get(0), at), at);
      case "MONTH1" -> Dates.part(TimeUnit.MONTH, date(operands.get(0), at), at);
      case "DAY1", "DAYOFMONTH1" -> Dates.part(TimeUnit.DAY, date(operands.get(0), at), at);
      case "HOUR1" -> Dates.part(TimeUnit.HOUR, time(operands.get(0), at), at);
      case "MINUTE1" -> Dates.part(TimeUnit.MINUTE, time(operands.get(0), at), at);
      case "EXTRACT2" -> Dates.extracted(call);
      case "POW2" -> SqlStdOperatorTable.POWER.createCall(at, operands);
      case "MAX2" -> unresolved("GREATEST", at, operands.get(0), operands.get(1));
      case "MIN2" -> unresolved("LEAST", at, operands.get(0), operands.get(1));
      case "JULIANDAY1" -> julian(operands.get(0), at);
      case "STRFTIME3" ->
          formatted(
              call, operands.get(0), Dates.moved(operands.subList(1, 3), call, this::base), at);
      case "STRFTIME2" -> formatted(call, operands.get(0), operands.get(1), at);
      case "DATE_FORMAT2" -> formatted(call, operands.get(1), operands.get(0), at);
      case "DATEDIFF2" ->
          SqlStdOperatorTable.MINUS.createCall(
              at, date(operands.get(0), at), date(operands.get(1), at));
      case "ADD2" -> SqlStdOperatorTable.PLUS.createCall(at, operands);
      case "SUBTRACT2" -> SqlStdOperatorTable.MINUS.createCall(at, operands);
      case "MULTIPLY2" -> SqlStdOperatorTable.MULTIPLY.createCall(at, operands);
      case "DIVIDE2" ->
          call.getOperator() instanceof org.apache.calcite.sql.SqlFunction
              ? SqlStdOperatorTable.DIVIDE.createCall(
                  at, cast(operands.get(0), SqlTypeName.DOUBLE, at), operands.get(1))
              : call;
      default -> call;
    };
  }

  private static SqlNode choice(SqlNode when, SqlNode then, SqlNode otherwise, SqlParserPos at) {
    return new SqlCase(at, null, SqlNodeList.of(when), SqlNodeList.of(then), otherwise);
  }

  /** The end of a text, where its beginning is counted from there; as it is otherwise. */
  private static SqlNode substring(List<SqlNode> operands, SqlParserPos at) {
    String from = operands.get(1).toString().replace(" ", "");
    return from.matches("-[1-9]\\d{0,6}")
        ? unresolved(
            "RIGHT",
            at,
            operands.get(0),
            SqlLiteral.createExactNumeric(from.substring(1), operands.get(1).getParserPosition()))
        : SqlStdOperatorTable.SUBSTRING.createCall(at, operands);
  }

  /** What a format of a moved time is applied to: a time, which dates are read as too. */
  private SqlNode base(SqlNode value) {
    return time(value, value.getParserPosition());
  }

  static SqlNode unresolved(String name, SqlParserPos at, SqlNode... operands) {
    return new SqlBasicCall(
        new SqlUnresolvedFunction(
            new SqlIdentifier(name, at),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION),
        List.of(operands),
        at);
  }

  static SqlNode cast(SqlNode value, SqlTypeName type, SqlParserPos at) {
    return SqlStdOperatorTable.CAST.createCall(
        at, value, new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, at), at));
  }

  private static boolean isNow(SqlNode value) {
    return value instanceof SqlLiteral literal && "now".equalsIgnoreCase(text(literal));
  }

  static @Nullable String text(SqlNode value) {
    return value instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
        ? literal.getValueAs(String.class)
        : null;
  }

  private static SqlNode date(SqlNode value, SqlParserPos at) {
    return isNow(value)
        ? SqlStdOperatorTable.CURRENT_DATE.createCall(at)
        : cast(value, SqlTypeName.DATE, at);
  }

  private static SqlNode time(SqlNode value, SqlParserPos at) {
    return isNow(value)
        ? SqlStdOperatorTable.CURRENT_TIMESTAMP.createCall(at)
        : cast(value, SqlTypeName.TIMESTAMP, at);
  }

  /** Days since noon of the first day of the Julian calendar, of which differences are taken. */
  private static SqlNode julian(SqlNode value, SqlParserPos at) {
    SqlNode seconds =
        SqlStdOperatorTable.EXTRACT.createCall(
            at, new SqlIntervalQualifier(TimeUnit.EPOCH, null, at), time(value, at));
    return SqlStdOperatorTable.PLUS.createCall(
        at,
        SqlStdOperatorTable.DIVIDE.createCall(
            at, seconds, SqlLiteral.createExactNumeric("86400.0", at)),
        SqlLiteral.createExactNumeric("2440587.5", at));
  }

  private static SqlNode formatted(SqlCall call, SqlNode format, SqlNode value, SqlParserPos at) {
    String wanted = String.valueOf(text(format));
    if (wanted.equals("%w")) {
      return cast(Dates.part(TimeUnit.DOW, date(value, at), at), SqlTypeName.VARCHAR, at);
    }
    if (wanted.equals("%s")) {
      SqlNode seconds = Dates.part(TimeUnit.EPOCH, time(value, at), at);
      return cast(cast(seconds, SqlTypeName.BIGINT, at), SqlTypeName.VARCHAR, at);
    }
    int[] part = PARTS.get(wanted);
    if (part == null) {
      return call;
    }
    SqlNode time = part[0] + part[1] > 11 ? time(value, at) : date(value, at);
    return SqlStdOperatorTable.SUBSTRING.createCall(
        at,
        cast(time, SqlTypeName.VARCHAR, at),
        SqlLiteral.createExactNumeric(Integer.toString(part[0]), at),
        SqlLiteral.createExactNumeric(Integer.toString(part[1]), at));
  }
}

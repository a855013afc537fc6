package io.kurobe.nl2sql.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Arithmetic of dates as SQLite and MySQL write it. */
final class Dates {
  private static final Pattern MOVE =
      Pattern.compile("([+-]?)\\s*(\\d{1,5})\\s+(year|month|day|hour|minute|second)s?");
  private static final Pattern START = Pattern.compile("start of (year|month|day)");

  private Dates() {}

  /** A part of a time. */
  static SqlNode part(TimeUnit unit, SqlNode time, SqlParserPos at) {
    return SqlStdOperatorTable.EXTRACT.createCall(
        at, new SqlIntervalQualifier(unit, null, at), time);
  }

  /** The seconds between two times as a difference of seconds. */
  static SqlNode extracted(SqlCall call) {
    boolean between =
        call.getKind() == SqlKind.EXTRACT
            && call.operand(0) instanceof SqlIntervalQualifier unit
            && unit.getStartUnit() == TimeUnit.EPOCH
            && call.operand(1).getKind() == SqlKind.MINUS
            && call.operand(1) instanceof SqlCall minus
            && minus.operandCount() == 2
            && !isInterval(minus.operand(1));
    if (!between) {
      return call;
    }
    SqlParserPos at = call.getParserPosition();
    SqlCall minus = call.operand(1);
    return SqlStdOperatorTable.MINUS.createCall(
        at, part(TimeUnit.EPOCH, minus.operand(0), at), part(TimeUnit.EPOCH, minus.operand(1), at));
  }

  private static boolean isInterval(SqlNode node) {
    return node instanceof SqlIntervalLiteral || node.getKind() == SqlKind.INTERVAL;
  }

  /** {@code DATE_ADD} and {@code DATE_SUB}. */
  static SqlNode shifted(SqlCall call, boolean back) {
    SqlParserPos at = call.getParserPosition();
    SqlNode from = call.operand(0);
    SqlNode date = Functions.text(from) == null ? from : Functions.cast(from, SqlTypeName.DATE, at);
    return (back ? SqlStdOperatorTable.MINUS : SqlStdOperatorTable.PLUS)
        .createCall(at, date, call.operand(1));
  }

  /** SQLite's {@code DATE(x, modifier, …)}; the call as it is if a modifier is none of them. */
  static SqlNode moved(SqlCall call, SqlNode base, boolean isDate) {
    SqlNode moved = base;
    for (SqlNode modifier : call.getOperandList().subList(1, call.operandCount())) {
      Optional<SqlNode> next = moved(moved, modifier);
      if (next.isEmpty()) {
        return call;
      }
      moved = next.get();
    }
    return isDate ? Functions.cast(moved, SqlTypeName.DATE, call.getParserPosition()) : moved;
  }

  /** A value and one modifier; the value alone if it is none. */
  static SqlNode moved(List<SqlNode> operands, SqlCall call, UnaryOperator<SqlNode> base) {
    return moved(base.apply(operands.get(0)), operands.get(1)).orElse(operands.get(0));
  }

  private static Optional<SqlNode> moved(SqlNode time, SqlNode modifier) {
    String text = String.valueOf(Functions.text(modifier)).strip().toLowerCase(Locale.ROOT);
    SqlParserPos at = modifier.getParserPosition();
    if (text.equals("localtime") || text.equals("utc")) {
      return Optional.of(time);
    }
    Matcher move = MOVE.matcher(text);
    if (move.matches()) {
      TimeUnit unit = TimeUnit.valueOf(move.group(3).toUpperCase(Locale.ROOT));
      SqlNode interval =
          SqlLiteral.createInterval(1, move.group(2), new SqlIntervalQualifier(unit, null, at), at);
      return Optional.of(
          (move.group(1).equals("-") ? SqlStdOperatorTable.MINUS : SqlStdOperatorTable.PLUS)
              .createCall(at, time, interval));
    }
    Matcher start = START.matcher(text);
    if (start.matches()) {
      return Optional.of(
          Functions.unresolved(
              "DATE_TRUNC", at, SqlLiteral.createCharString(start.group(1), at), time));
    }
    return Optional.empty();
  }
}

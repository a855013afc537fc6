package io.kurobe.adapters.duckdb;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWriter;
import org.jspecify.annotations.Nullable;

/**
 * Calls that DuckDB writes differently than Calcite, or that mean something else there. A call not
 * named here means the same as it is written.
 */
final class DuckDbCalls {
  /** Functions that only have another name. */
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("CHAR_LENGTH", "length"),
          Map.entry("CHARACTER_LENGTH", "length"),
          Map.entry("TRUNCATE", "trunc"),
          Map.entry("RAND", "random"),
          Map.entry("EVERY", "bool_and"),
          Map.entry("SOME", "bool_or"),
          Map.entry("COLLECT", "list"),
          Map.entry("LOGICAL_AND", "bool_and"),
          Map.entry("LOGICAL_OR", "bool_or"),
          Map.entry("CARDINALITY", "len"),
          Map.entry("ARRAY_LENGTH", "len"),
          Map.entry("STRPOS", "strpos"),
          Map.entry("REGEXP_SUBSTR", "regexp_extract"),
          Map.entry("REGEXP_LIKE", "regexp_matches"),
          Map.entry("REGEXP_CONTAINS", "regexp_matches"),
          Map.entry("FUSION", "flatten"));

  private DuckDbCalls() {}

  /** Writes a call; false leaves it to Calcite. */
  static boolean unparse(SqlWriter writer, SqlCall call) {
    String name = call.getOperator().getName();
    int operands = call.operandCount();
    switch (call.getKind()) {
      case FLOOR, CEIL -> {
        return operands == 2 && truncation(writer, call);
      }
      case LIKE -> {
        return like(writer, call);
      }
      case WITHIN_GROUP -> {
        return listagg(writer, call);
      }
      case LISTAGG -> {
        stringAgg(writer, call, null);
        return true;
      }
      case IGNORE_NULLS, RESPECT_NULLS -> {
        nullTreatment(writer, call);
        return true;
      }
      case COUNT -> {
        return operands > 1 && countRows(writer, call);
      }
      case POSITION -> {
        return position(writer, call);
      }
      case EXTRACT -> {
        return epoch(writer, call);
      }
      case SIMILAR -> {
        return similar(writer, call);
      }
      case CURRENT_VALUE -> {
        return false;
      }
      default -> {}
    }
    switch (name) {
      case "SUBSTRING", "SUBSTR" -> substring(writer, call);
      case "OVERLAY" -> overlay(writer, call);
      case "OCTET_LENGTH" -> write(writer, "octet_length(encode(", uncast(call.operand(0)), "))");
      case "BYTES_LENGTH" -> write(writer, "octet_length(", call.operand(0), ")");
      case "CURRENT_TIMESTAMP" -> writer.keyword("CURRENT_TIMESTAMP");
      case "LOCALTIMESTAMP" -> writer.keyword("CAST(CURRENT_TIMESTAMP AS TIMESTAMP)");
      case "LOCALTIME", "CURRENT_TIME" -> writer.keyword("CAST(CURRENT_TIMESTAMP AS TIME)");
      case "PI" -> writer.keyword("pi()");
      case "LPAD", "RPAD" -> pad(writer, call);
      case "REGEXP_REPLACE" -> {
        return operands == 3 && regexpReplace(writer, call);
      }
      case "TIMESTAMPDIFF" -> {
        return timestampDifference(writer, call);
      }
      case "/INT" -> divideInteger(writer, call);
      case "Reinterpret" -> {
        return reinterpret(writer, call);
      }
      default -> {
        String renamed = RENAMED.get(name);
        if (renamed == null) {
          return DuckDbConversions.unparse(writer, call);
        }
        function(writer, renamed, call);
      }
    }
    return true;
  }

  /** The text that was made bytes to be counted: DuckDB makes none of what is beyond ASCII. */
  private static SqlNode uncast(SqlNode value) {
    return value.getKind() == SqlKind.CAST ? ((SqlCall) value).operand(0) : value;
  }

  private static void function(SqlWriter writer, String name, SqlCall call) {
    writer.print(name);
    SqlWriter.Frame frame = writer.startList("(", ")");
    if (isDistinct(call)) {
      writer.keyword("DISTINCT");
    }
    for (SqlNode operand : call.getOperandList()) {
      writer.sep(",");
      operand.unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }

  private static boolean isDistinct(SqlCall call) {
    SqlLiteral quantifier = call.getFunctionQuantifier();
    return quantifier != null
        && quantifier.getValueAs(SqlSelectKeyword.class) == SqlSelectKeyword.DISTINCT;
  }

  /** Writes texts and nodes one after the other; the texts hold the parentheses. */
  private static void write(SqlWriter writer, Object... parts) {
    for (Object part : parts) {
      if (part instanceof SqlNode node) {
        node.unparse(writer, 0, 0);
      } else {
        writer.print((String) part);
      }
    }
  }

  private static boolean truncation(SqlWriter writer, SqlCall call) {
    TimeUnitRange range = ((SqlLiteral) call.operand(1)).getValueAs(TimeUnitRange.class);
    String unit = range.name().toLowerCase(java.util.Locale.ROOT);
    SqlNode value = call.operand(0);
    if (call.getKind() == SqlKind.FLOOR) {
      write(writer, "date_trunc('" + unit + "', ", value, ")");
      return true;
    }
    String step = unit.equals("quarter") ? "3 month" : "1 " + unit;
    write(writer, "CASE WHEN date_trunc('" + unit + "', ", value, ") = ", value);
    write(writer, " THEN date_trunc('" + unit + "', ", value, ")");
    write(writer, " ELSE date_trunc('" + unit + "', ", value, ") + INTERVAL '" + step + "' END");
    writer.setNeedWhitespace(true);
    return true;
  }

  /**
   * Without ESCAPE nothing escapes in DuckDB, but a backslash does here. It is written only where
   * it matters: with it, DuckDB does not optimize the pattern.
   */
  private static boolean like(SqlWriter writer, SqlCall call) {
    if (call.operandCount() > 2 || isTextWithout(call.operand(1), "\\")) {
      return false;
    }
    write(writer, "(", call.operand(0), " " + call.getOperator().getName() + " ");
    write(writer, call.operand(1), " ESCAPE '\\')");
    return true;
  }

  private static boolean isTextWithout(SqlNode node, String text) {
    String value = text(node);
    return value != null && !value.contains(text);
  }

  private static @Nullable String text(SqlNode node) {
    return node instanceof SqlLiteral literal
            && literal.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.CHAR
        ? literal.getValueAs(String.class)
        : null;
  }

  /** DuckDB's SIMILAR TO wants a regular expression of its own kind. */
  private static boolean similar(SqlWriter writer, SqlCall call) {
    String pattern = text(call.operand(1));
    if (pattern == null || call.operandCount() > 2) {
      return false;
    }
    var regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(
          switch (c) {
            case '%' -> ".*";
            case '_' -> ".";
            case '.', '^', '$' -> "\\" + c;
            default -> String.valueOf(c);
          });
    }
    String not = call.getOperator().getName().startsWith("NOT") ? "NOT " : "";
    String quoted = regex.toString().replace("'", "''");
    write(writer, "(" + not + "regexp_full_match(", call.operand(0), ", '" + quoted + "', 's'))");
    return true;
  }

  private static boolean listagg(SqlWriter writer, SqlCall call) {
    SqlCall aggregate = call.operand(0);
    SqlNodeList order = call.operand(1);
    if (aggregate.getKind() == SqlKind.FILTER) {
      SqlCall filter = aggregate;
      SqlNode ordered =
          call.getOperator().createCall(call.getParserPosition(), filter.operand(0), order);
      write(writer, ordered, " FILTER (WHERE ", filter.operand(1), ")");
      return true;
    }
    switch (aggregate.getKind()) {
      case LISTAGG, STRING_AGG -> stringAgg(writer, aggregate, order);
      case ARRAY_AGG, ARRAY_CONCAT_AGG -> {
        writer.print(aggregate.getOperator().getName() + "(");
        if (isDistinct(aggregate)) {
          writer.keyword("DISTINCT");
        }
        list(writer, aggregate.getOperandList());
        writer.print(" ORDER BY ");
        list(writer, order.getList());
        writer.print(")");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void stringAgg(SqlWriter writer, SqlCall call, @Nullable SqlNodeList order) {
    writer.print("string_agg(");
    if (isDistinct(call)) {
      writer.keyword("DISTINCT");
    }
    call.operand(0).unparse(writer, 0, 0);
    writer.print(", ");
    if (call.operandCount() > 1) {
      call.operand(1).unparse(writer, 0, 0);
    } else {
      writer.print("''");
    }
    if (order != null && !order.isEmpty()) {
      writer.print(" ORDER BY ");
      list(writer, order.getList());
    }
    writer.print(")");
  }

  private static void list(SqlWriter writer, List<? extends SqlNode> nodes) {
    String separator = "";
    for (SqlNode node : nodes) {
      write(writer, separator, node);
      separator = ", ";
    }
  }

  private static void nullTreatment(SqlWriter writer, SqlCall call) {
    SqlCall function = call.operand(0);
    writer.print(function.getOperator().getName() + "(");
    list(writer, function.getOperandList());
    writer.print(call.getKind() == SqlKind.IGNORE_NULLS ? " IGNORE NULLS)" : " RESPECT NULLS)");
  }

  /** COUNT of several columns counts the rows where none is NULL. */
  private static boolean countRows(SqlWriter writer, SqlCall call) {
    writer.print(isDistinct(call) ? "COUNT(DISTINCT CASE WHEN " : "COUNT(CASE WHEN ");
    String and = "";
    for (SqlNode operand : call.getOperandList()) {
      write(writer, and + "(", operand, ") IS NOT NULL");
      and = " AND ";
    }
    writer.print(" THEN row(");
    list(writer, call.getOperandList());
    writer.print(") END)");
    return true;
  }

  private static boolean position(SqlWriter writer, SqlCall call) {
    if (call.operandCount() == 2) {
      write(writer, "strpos(", call.operand(1), ", ", call.operand(0), ")");
      return true;
    }
    if (call.operandCount() != 3) {
      return false;
    }
    SqlNode found = call.operand(0);
    SqlNode text = call.operand(1);
    SqlNode from = call.operand(2);
    write(writer, "CASE WHEN strpos(substring(", text, ", ", from, "), ", found, ") = 0 THEN 0");
    write(writer, " ELSE strpos(substring(", text, ", ", from, "), ", found, ") + ", from);
    write(writer, " - 1 END");
    return true;
  }

  /** A start before the text counts from its end in DuckDB; here it is before the text. */
  private static void substring(SqlWriter writer, SqlCall call) {
    SqlNode text = call.operand(0);
    SqlNode start = call.operand(1);
    @Nullable SqlNode length = call.operandCount() > 2 ? call.operand(2) : null;
    boolean plainStart = isAtLeast(start, 1);
    boolean plain = plainStart && (length == null || isAtLeast(length, 0));
    if (plain) {
      write(writer, "substring(", text, ", ", start);
      if (length != null) {
        write(writer, ", ", length);
      }
      writer.print(")");
      return;
    }
    write(writer, "substring(", text, ", CASE WHEN ", start, " < 1 THEN 1 ELSE ", start, " END");
    if (length != null) {
      write(writer, ", CASE WHEN ", length, " < 0 THEN error('negative length of a substring')");
      write(writer, " WHEN ", start, " >= 1 THEN ", length);
      write(writer, " WHEN ", start, " + ", length, " < 1 THEN 0");
      write(writer, " ELSE ", start, " + ", length, " - 1 END");
    }
    writer.print(")");
  }

  private static boolean isAtLeast(SqlNode node, int minimum) {
    return node instanceof SqlLiteral literal
        && literal.getValue() instanceof BigDecimal number
        && number.compareTo(BigDecimal.valueOf(minimum)) >= 0;
  }

  private static void overlay(SqlWriter writer, SqlCall call) {
    SqlNode text = call.operand(0);
    SqlNode with = call.operand(1);
    SqlNode start = call.operand(2);
    write(writer, "(substring(", text, ", 1, ", start, " - 1) || ", with);
    write(writer, " || substring(", text, ", ", start, " + ");
    if (call.operandCount() > 3) {
      write(writer, call.operand(3));
    } else {
      write(writer, "length(", with, ")");
    }
    writer.print("))");
  }

  private static void pad(SqlWriter writer, SqlCall call) {
    String name = call.getOperator().getName().toLowerCase(java.util.Locale.ROOT);
    write(writer, name + "(", call.operand(0), ", CAST(", call.operand(1), " AS INTEGER), ");
    if (call.operandCount() > 2) {
      write(writer, call.operand(2), ")");
    } else {
      writer.print("' ')");
    }
  }

  private static boolean regexpReplace(SqlWriter writer, SqlCall call) {
    write(writer, "regexp_replace(", call.operand(0), ", ", call.operand(1), ", ");
    write(writer, call.operand(2), ", 'g')");
    return true;
  }

  /** The seconds since 1970 are a DOUBLE there, which a cast would round. */
  private static boolean epoch(SqlWriter writer, SqlCall call) {
    boolean seconds =
        call.operandCount() == 2 && call.operand(0).toString().equalsIgnoreCase("EPOCH");
    if (seconds) {
      write(writer, "CAST(floor(EXTRACT(EPOCH FROM ", call.operand(1), ")) AS BIGINT)");
    }
    return seconds;
  }

  /** Of a unit's name: the whole units between two values of one type. */
  private static boolean timestampDifference(SqlWriter writer, SqlCall call) {
    String unit = text(call.operand(0));
    if (unit == null) {
      return false;
    }
    String factor = unit.equals("NANOSECOND") ? " * 1000)" : ")";
    String known =
        unit.equals("NANOSECOND") ? "microsecond" : unit.toLowerCase(java.util.Locale.ROOT);
    write(writer, "(date_sub('" + known + "', ", call.operand(1), ", ", call.operand(2));
    writer.print(")" + factor);
    return true;
  }

  /** Division of integers; of a difference of times it is what is left of TIMESTAMPDIFF. */
  private static void divideInteger(SqlWriter writer, SqlCall call) {
    SqlNode dividend = call.operand(0);
    SqlNode divisor = call.operand(1);
    if (isDifference(dividend)
        && divisor instanceof SqlLiteral literal
        && literal.getValue() instanceof BigDecimal number) {
      SqlCall difference = ((SqlCall) dividend).operand(0);
      switch (number.intValue()) {
        case 3 -> difference(writer, "quarter", difference);
        case 12 -> difference(writer, "year", difference);
        default -> {
          writer.print("(");
          difference(writer, "millisecond", difference);
          write(writer, " // ", divisor, ")");
        }
      }
      return;
    }
    write(writer, "((", dividend, ") // (", divisor, "))");
  }

  /**
   * A difference of times as a number. Calcite divides all but months (and milliseconds, which
   * nobody asks for), so that an undivided one is of months.
   */
  private static boolean reinterpret(SqlWriter writer, SqlCall call) {
    if (!isDifference(call)) {
      return false;
    }
    difference(writer, "month", call.operand(0));
    return true;
  }

  private static boolean isDifference(SqlNode node) {
    return node instanceof SqlCall call
        && call.getOperator().getName().equals("Reinterpret")
        && call.operand(0) instanceof SqlCall minus
        && minus.getKind() == SqlKind.MINUS
        && minus.operandCount() >= 2;
  }

  private static void difference(SqlWriter writer, String unit, SqlCall minus) {
    write(writer, "date_sub('" + unit + "', CAST(", minus.operand(1), " AS TIMESTAMP), CAST(");
    write(writer, minus.operand(0), " AS TIMESTAMP))");
  }
}

package io.kurobe.adapters.duckdb;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;

/**
 * Conversions in which DuckDB would cut where Kurobe rounds, writes numbers in another form, or
 * takes for a number what is none here. An error begins with its SQLSTATE.
 */
final class DuckDbConversions {
  private static final String INTEGER = "\\s*[+-]?[0-9]+\\s*";
  private static final String DECIMAL =
      "\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*";
  private static final String DOUBLE =
      "\\s*[+-]?(([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?|(?i:inf|infinity|nan))\\s*";

  /** From where on a REAL has an exponent in its text; DuckDB begins at 1e16. */
  private static final String REAL_EXPONENT = "1e6";

  private DuckDbConversions() {}

  /** Writes a call of the operators of conversions; false leaves any other. */
  static boolean unparse(SqlWriter writer, SqlCall call) {
    switch (call.getOperator().getName()) {
      case "ROUND_TIMESTAMP" -> {
        bucket(writer, call);
        return true;
      }
      case "ROUND_TIME" -> {
        writer.print("CAST(");
        bucket(writer, call);
        writer.print(" AS TIME)");
        return true;
      }
      case "DOUBLE_TEXT" -> {
        doubleText(writer, call.operand(0));
        return true;
      }
      case "REAL_TEXT" -> {
        realText(writer, call.operand(0));
        return true;
      }
      case "TEXT_TO_INTEGER" -> {
        return number(writer, call.operand(0), INTEGER, false);
      }
      case "TEXT_TO_DECIMAL" -> {
        return number(writer, call.operand(0), DECIMAL, false);
      }
      case "TEXT_TO_DOUBLE" -> {
        return number(writer, call.operand(0), DOUBLE, true);
      }
      default -> {
        return false;
      }
    }
  }

  /** The beginning of the span of microseconds in which the time half a span later is. */
  private static void bucket(SqlWriter writer, SqlCall call) {
    String span = call.operand(1).toString();
    boolean time = call.getOperator() == DuckDbOperators.ROUND_TIME;
    write(writer, "time_bucket(INTERVAL '" + span + " microseconds', ");
    write(writer, time ? "DATE '2000-01-01' + " : "", call.operand(0), " + INTERVAL '");
    write(writer, Long.parseLong(span) / 2 + " microseconds')");
  }

  private static void doubleText(SqlWriter writer, SqlNode value) {
    write(writer, "regexp_replace(regexp_replace(");
    plainText(writer, value);
    write(writer, ", '^(-?[0-9])([0-9]{15})(?:\\.([0-9]+))?$', '\\1.\\2\\3e+15')");
    write(writer, ", '\\.?0+e\\+', 'e+')");
  }

  private static void realText(SqlWriter writer, SqlNode value) {
    write(writer, "(CASE WHEN abs(", value, ") >= " + REAL_EXPONENT + " AND abs(", value);
    write(writer, ") < 1e16 THEN regexp_replace(regexp_replace(");
    plainText(writer, value);
    write(writer, ", '^(-?[0-9])([0-9]*)(?:\\.([0-9]+))?$', '\\1.\\2\\3e+'), '\\.?0*e\\+', 'e+')");
    write(writer, " || lpad(CAST(length(regexp_extract(");
    plainText(writer, value);
    write(writer, ", '[0-9]+')) - 1 AS VARCHAR), 2, '0') ELSE ");
    plainText(writer, value);
    write(writer, " END)");
  }

  /** DuckDB's text without the fraction that is none, infinities and NaN by their names. */
  private static void plainText(SqlWriter writer, SqlNode value) {
    write(writer, "regexp_replace(regexp_replace(regexp_replace(CAST(", value, " AS VARCHAR)");
    write(writer, ", '\\.0$', ''), '^-?nan$', 'NaN'), 'inf$', 'Infinity')");
  }

  private static boolean number(SqlWriter writer, SqlNode node, String form, boolean floating) {
    if (node.getKind() != SqlKind.CAST) {
      return false;
    }
    SqlNode text = ((SqlCall) node).operand(0);
    SqlNode type = ((SqlCall) node).operand(1);
    String name = type.toSqlString(DuckDbDialect.INSTANCE).getSql();
    String tried = " AS " + name + ")";
    write(writer, "(CASE WHEN (", text, ") IS NULL THEN NULL WHEN NOT regexp_full_match(", text);
    write(writer, ", '" + form + "') THEN ");
    error(writer, "22P02: not a form of " + name, text);
    if (floating) {
      write(writer, " WHEN isinf(TRY_CAST(", text, tried + ") AND regexp_matches(", text);
      write(writer, ", '[0-9]') THEN ");
      error(writer, "22003: out of range of " + name, text);
    }
    write(writer, " ELSE coalesce(TRY_CAST(", text, tried + ", ");
    error(writer, "22003: out of range of " + name, text);
    write(writer, ") END)");
    return true;
  }

  private static void error(SqlWriter writer, String what, SqlNode text) {
    write(writer, "error('" + what + ": ''' || (", text, ") || '''')");
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
}

package io.kurobe.adapters.duckdb;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** Literals of intervals, in the one form DuckDB reads whatever the qualifier. */
final class DuckDbIntervals {
  private DuckDbIntervals() {}

  static String literal(IntervalValue value) {
    String text = value.getIntervalLiteral();
    int sign = value.getSign();
    SqlIntervalQualifier qualifier = value.getIntervalQualifier();
    // A tree made from a plan counts weeks in days and quarters in months.
    if (qualifier.getStartUnit() == TimeUnit.QUARTER) {
      return "INTERVAL '" + sign * Long.parseLong(text) + " months'";
    }
    if (qualifier.getStartUnit() == TimeUnit.WEEK) {
      return "INTERVAL '" + sign * Long.parseLong(text) + " days'";
    }
    if (qualifier.isYearMonth()) {
      long months = SqlParserUtil.intervalToMonths(text, qualifier);
      return "INTERVAL '" + sign * months + " months'";
    }
    long millis = SqlParserUtil.intervalToMillis(text, qualifier);
    long days = millis / 86_400_000;
    long rest = millis % 86_400_000;
    return "INTERVAL '" + sign * days + " days " + sign * rest + " milliseconds'";
  }
}

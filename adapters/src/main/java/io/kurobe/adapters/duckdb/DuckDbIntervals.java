package io.kurobe.adapters.duckdb;

import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** Literals of intervals, in the one form DuckDB reads whatever the qualifier. */
final class DuckDbIntervals {
  private DuckDbIntervals() {}

  static String literal(IntervalValue value) {
    String text = value.getIntervalLiteral();
    int sign = value.getSign();
    if (value.getIntervalQualifier().isYearMonth()) {
      long months = SqlParserUtil.intervalToMonths(text, value.getIntervalQualifier());
      return "INTERVAL '" + sign * months + " months'";
    }
    long millis = SqlParserUtil.intervalToMillis(text, value.getIntervalQualifier());
    long days = millis / 86_400_000;
    long rest = millis % 86_400_000;
    return "INTERVAL '" + sign * days + " days " + sign * rest + " milliseconds'";
  }
}

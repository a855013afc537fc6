package io.kurobe.planner.bind;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Refuses literals of intervals finer than a millisecond, which Calcite would cut without a word.
 */
final class FineIntervals extends SqlBasicVisitor<Void> {
  private static final Pattern FINE = Pattern.compile(".*\\.\\d{3}0*[1-9]\\d*");

  private FineIntervals() {}

  static void refuse(SqlNode query) {
    query.accept(new FineIntervals());
  }

  @Override
  public Void visit(SqlLiteral literal) {
    if (literal instanceof SqlIntervalLiteral interval
        && interval.getValue() instanceof IntervalValue value
        && FINE.matcher(value.getIntervalLiteral()).matches()) {
      throw new KurobeException(
              ErrorCode.NOT_SUPPORTED,
              "an interval is not finer than a millisecond: '" + value.getIntervalLiteral() + "'")
          .at(TableNames.position(literal.getParserPosition()));
    }
    return super.visit(literal);
  }
}

package io.kurobe.nl2sql.validate;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;

/** Whether a question asks for a number, and whether a query gives nothing else. */
final class AskedShape {
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\b(how (many|much|often|old|tall|long|large|big|far|heavy)|number|count|counts|"
              + "percent\\w*|average|mean|median|total|sum|difference|ratio|proportion|calculate|"
              + "rate|times|share|amount|quantity|sums|totals|compute)\\b|%");

  private static final Set<String> MEASURES = Set.of("COUNT", "SUM", "AVG");

  private AskedShape() {}

  /** Whether a question speaks of a number that has to be counted or computed. */
  static boolean asksForNumber(String question) {
    return NUMBER.matcher(question.toLowerCase(Locale.ROOT)).find();
  }

  /** Whether a question begins by asking how many there are. */
  static boolean asksHowMany(String question) {
    return question.toLowerCase(Locale.ROOT).strip().startsWith("how many ");
  }

  /** Whether a query's rows are counts or sums and nothing else, of all rows together. */
  static boolean isMeasure(SqlNode query) {
    SqlNode inner = query instanceof SqlOrderBy order ? order.query : query;
    return inner instanceof SqlSelect select
        && select.getGroup() == null
        && !select.getSelectList().isEmpty()
        && select.getSelectList().stream().allMatch(AskedShape::measures);
  }

  private static boolean measures(SqlNode item) {
    SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    return Aggregates.stands(value, MEASURES);
  }
}

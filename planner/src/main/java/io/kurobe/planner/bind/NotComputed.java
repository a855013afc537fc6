package io.kurobe.planner.bind;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Refuses what the grammar has and nothing here computes, each with what to write instead. */
final class NotComputed extends SqlBasicVisitor<Void> {
  private static final String DOCUMENTS =
      "a document is text here: JSON_VALUE(doc, '$.path') and JSON_EXISTS(doc, '$.path') read it";

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("JSON_ARRAY", DOCUMENTS),
          Map.entry("JSON_ARRAYAGG", DOCUMENTS),
          Map.entry("JSON_OBJECT", DOCUMENTS),
          Map.entry("JSON_OBJECTAGG", DOCUMENTS),
          Map.entry("JSON_QUERY", DOCUMENTS),
          Map.entry("TO_CHAR", "CAST(d AS VARCHAR) gives 2024-02-29, EXTRACT(YEAR FROM d) a part"),
          Map.entry("TO_DATE", "CAST('2024-02-29' AS DATE) reads a date"),
          Map.entry("TO_TIMESTAMP", "CAST('2024-02-29 12:00:00' AS TIMESTAMP) reads one"),
          Map.entry("INITCAP", "UPPER and LOWER are there"),
          Map.entry("GENERATE_SERIES", "FROM UNNEST(ARRAY[1, 2, 3]) AS t(x) gives given numbers"),
          Map.entry("MEDIAN", "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x) is the median"),
          Map.entry("GROUP_CONCAT", "STRING_AGG(x, ',') puts texts together"),
          Map.entry("MAX_BY", "ARG_MAX(x, y) gives x of the greatest y"),
          Map.entry("MIN_BY", "ARG_MIN(x, y) gives x of the least y"),
          Map.entry("IFNULL", "COALESCE(a, b)"),
          Map.entry("NVL", "COALESCE(a, b)"),
          Map.entry("DATEDIFF", "b - a counts the days, TIMESTAMPDIFF(MONTH, a, b) other units"),
          Map.entry("TRY_CAST", "CAST fails where a value has no such form"));

  /** Years that some databases count from 0 and some from 1. */
  private static final Set<TimeUnit> LONG_UNITS = Set.of(TimeUnit.CENTURY, TimeUnit.MILLENNIUM);

  private NotComputed() {}

  static void refuse(SqlNode query) {
    query.accept(new NotComputed());
  }

  @Override
  public Void visit(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    String known = name.startsWith("JSON_ARRAYAGG") ? "JSON_ARRAYAGG" : name;
    known = known.startsWith("JSON_OBJECTAGG") ? "JSON_OBJECTAGG" : known;
    if (HINTS.containsKey(known)) {
      throw error(known + " is not supported", call).withHint(HINTS.get(known));
    }
    if ((name.equals("RAND") || name.equals("{FN RAND}")) && call.operandCount() > 0) {
      throw error("RAND with a seed is not supported", call).withHint("RAND() is there");
    }
    if (name.startsWith("IS JSON") || name.startsWith("IS NOT JSON")) {
      throw error(name + " is not supported", call).withHint(DOCUMENTS);
    }
    if (call.getKind() == SqlKind.TABLESAMPLE) {
      throw error("TABLESAMPLE is not supported", call)
          .withHint("WHERE RAND() < 0.1 keeps about a tenth of the rows");
    }
    if (call.getKind() == SqlKind.ARRAY_QUERY_CONSTRUCTOR
        || call.getKind() == SqlKind.MULTISET_QUERY_CONSTRUCTOR
        || call.getKind() == SqlKind.MULTISET_VALUE_CONSTRUCTOR
        || call.getKind() == SqlKind.MAP_QUERY_CONSTRUCTOR) {
      throw error(name + (name.equals("MULTISET") ? "" : "(SELECT …)") + " is not supported", call)
          .withHint("(SELECT ARRAY_AGG(x ORDER BY x) FROM …) makes an array of rows");
    }
    if (RowComparisons.KINDS.contains(call.getKind())
        && call.operandCount() == 2
        && (isRowAndQuery(call.operand(0), call.operand(1))
            || isRowAndQuery(call.operand(1), call.operand(0)))) {
      throw error("a row is not compared with a query by " + name, call)
          .withHint("(a, b) IN (SELECT …) compares it with each row");
    }
    if ((name.equals("SUBSTRING") || name.equals("SUBSTR"))
        && call.operandCount() == 2
        && call.operand(1) instanceof SqlLiteral pattern
        && pattern.getTypeName() == SqlTypeName.CHAR) {
      throw error("SUBSTRING by a pattern is not supported", call)
          .withHint("REGEXP_REPLACE(x, '.*([0-9]+).*', '\\1') keeps a part");
    }
    if (call.getOperandList().stream()
        .anyMatch(
            operand ->
                operand instanceof SqlIntervalQualifier unit
                    && (call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CEIL)
                    && LONG_UNITS.contains(unit.getUnit()))) {
      throw error("a time is not cut to its century or millennium", call);
    }
    if (call instanceof SqlWithItem item && item.recursive.booleanValue()) {
      refuseRecursion(item);
    }
    return super.visit(call);
  }

  private static boolean isRowAndQuery(SqlNode row, SqlNode query) {
    return row.getKind() == SqlKind.ROW && query.getKind().belongsTo(SqlKind.QUERY);
  }

  /** WITH RECURSIVE may hold queries that are none. */
  private static void refuseRecursion(SqlWithItem item) {
    boolean recursive =
        TableReferences.of(item.query).stream()
            .anyMatch(
                table ->
                    table.isSimple() && table.getSimple().equalsIgnoreCase(item.name.getSimple()));
    if (recursive) {
      throw error(
              "a recursive query is not supported: " + item.name.getSimple() + " reads itself",
              item)
          .withHint("join the table with itself once for each level");
    }
  }

  private static KurobeException error(String message, SqlNode at) {
    return new KurobeException(ErrorCode.NOT_SUPPORTED, message)
        .at(TableNames.position(at.getParserPosition()));
  }
}

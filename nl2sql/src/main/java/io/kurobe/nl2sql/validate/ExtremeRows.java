package io.kurobe.nl2sql.validate;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * {@code SELECT name, MAX(size) FROM t} without GROUP BY as SQLite means it: the row that has the
 * greatest size. Elsewhere it is an error.
 */
final class ExtremeRows extends SqlShuttle {
  private static final Set<String> EXTREMES = Set.of("MAX", "MIN");

  private ExtremeRows() {}

  /** The query with the first row of an order in the place of such a SELECT. */
  static SqlNode in(SqlNode query) {
    SqlNode changed = query.accept(new ExtremeRows());
    return changed == null ? query : changed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlOrderBy order
        && order.offset == null
        && order.query instanceof SqlSelect select) {
      // Of one row any order is the same, and the first ones are it.
      Optional<SqlNode> row = row(select);
      if (row.isPresent()) {
        return row.get();
      }
    }
    SqlNode visited = super.visit(call);
    return visited instanceof SqlSelect select ? row(select).orElse(select) : visited;
  }

  private static Optional<SqlNode> row(SqlSelect select) {
    if (select.getGroup() != null
        || select.getHaving() != null
        || select.isDistinct()
        || select.getFrom() == null
        || select.getFetch() != null
        || select.getOrderList() != null) {
      return Optional.empty();
    }
    int extreme = -1;
    boolean bare = false;
    SqlNodeList items = select.getSelectList();
    for (int i = 0; i < items.size(); i++) {
      SqlNode value = value(items.get(i));
      if (isExtreme(value) && extreme < 0) {
        extreme = i;
      } else if (Aggregates.anywhere(value)) {
        return Optional.empty();
      } else {
        bare |= !(value instanceof SqlLiteral);
      }
    }
    if (extreme < 0 || !bare) {
      return Optional.empty();
    }
    SqlCall call = (SqlCall) value(items.get(extreme));
    SqlNode measure = call.operand(0);
    SqlParserPos at = call.getParserPosition();
    boolean greatest = call.getOperator().getName().equalsIgnoreCase("MAX");
    SqlNode key =
        greatest ? SqlStdOperatorTable.DESC.createCall(at, measure.clone(at)) : measure.clone(at);
    SqlSelect row = (SqlSelect) select.clone(select.getParserPosition());
    SqlNodeList shown = new SqlNodeList(items.getList(), items.getParserPosition());
    SqlNode item = items.get(extreme);
    shown.set(
        extreme,
        item.getKind() == SqlKind.AS
            ? SqlStdOperatorTable.AS.createCall(
                item.getParserPosition(), measure, ((SqlCall) item).operand(1))
            : measure);
    row.setSelectList(shown);
    return Optional.of(
        new SqlOrderBy(
            select.getParserPosition(),
            row,
            SqlNodeList.of(SqlStdOperatorTable.NULLS_LAST.createCall(at, key)),
            null,
            SqlLiteral.createExactNumeric("1", at)));
  }

  private static SqlNode value(SqlNode item) {
    return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
  }

  private static boolean isExtreme(SqlNode node) {
    return node instanceof SqlCall call
        && call.operandCount() == 1
        && call.getFunctionQuantifier() == null
        && EXTREMES.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
  }
}

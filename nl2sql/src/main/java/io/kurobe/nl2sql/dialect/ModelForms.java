package io.kurobe.nl2sql.dialect;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a query as models write it, meaning in Kurobe's SQL what it means where they learnt
 * it: functions of SQLite and MySQL, conditions as numbers, LIKE without regard to case, and NULL
 * last in a descending order, as nobody who asks for the largest means what is not known.
 */
public final class ModelForms {
  private ModelForms() {}

  /** The tree in Kurobe's forms; the one given may be changed. */
  public static SqlNode translate(SqlNode query) {
    SqlNode functions = accept(query, new Functions());
    SqlNode numbers = accept(functions, new BooleanNumbers());
    return accept(numbers, new Meanings());
  }

  private static SqlNode accept(SqlNode tree, SqlShuttle shuttle) {
    SqlNode result = tree.accept(shuttle);
    return result == null ? tree : result;
  }

  private static final class Meanings extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlCall original) {
      if (!(super.visit(original) instanceof SqlCall call)) {
        return original;
      }
      if (call instanceof SqlOrderBy order) {
        return new SqlOrderBy(
            order.getParserPosition(),
            order.query,
            nullsLast(order.orderList),
            order.offset,
            order.fetch);
      }
      if (call instanceof SqlSelect select && select.getOrderList() != null) {
        select.setOrderBy(nullsLast(select.getOrderList()));
        return select;
      }
      if (call instanceof SqlWindow window) {
        window.setOperand(3, nullsLast(window.getOrderList()));
        return window;
      }
      if (call.getOperator() == SqlStdOperatorTable.LIKE) {
        return SqlLibraryOperators.ILIKE.createCall(
            call.getParserPosition(), call.getOperandList());
      }
      if (call.getOperator() == SqlStdOperatorTable.NOT_LIKE) {
        return SqlLibraryOperators.NOT_ILIKE.createCall(
            call.getParserPosition(), call.getOperandList());
      }
      return call;
    }

    private static SqlNodeList nullsLast(SqlNodeList keys) {
      SqlNodeList sorted = new SqlNodeList(keys.getParserPosition());
      for (SqlNode key : keys) {
        sorted.add(
            key.getKind() == SqlKind.DESCENDING
                ? SqlStdOperatorTable.NULLS_LAST.createCall(key.getParserPosition(), key)
                : key);
      }
      return sorted;
    }
  }
}

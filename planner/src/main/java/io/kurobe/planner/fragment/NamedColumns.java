package io.kurobe.planner.fragment;

import org.apache.calcite.rel.rel2sql.SqlImplementor;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Names the columns of a query whose places count, in place of a star over a table: the table may
 * have others by now, or the same in another order, than when its query was planned.
 */
final class NamedColumns {
  private static final SqlParserPos HERE = SqlParserPos.ZERO;

  private NamedColumns() {}

  /** Names them in the query of a result; what gives other columns than a star stays as it is. */
  static SqlNode in(SqlNode query, SqlImplementor.Result result, RelDataType rowType) {
    if (query instanceof SqlSelect select
        && isStar(select)
        && select.getFrom() != null
        && readsTable(select.getFrom())) {
      select.setSelectList(of(result, rowType, select.getFrom().getKind() == SqlKind.JOIN));
    }
    return query;
  }

  private static boolean isStar(SqlSelect select) {
    return select.getSelectList().equals(SqlNodeList.SINGLETON_STAR);
  }

  private static boolean readsTable(SqlNode from) {
    if (from instanceof SqlJoin join) {
      return readsTable(join.getLeft()) || readsTable(join.getRight());
    }
    if (from.getKind() == SqlKind.AS) {
      return readsTable(((SqlCall) from).operand(0));
    }
    return from instanceof SqlIdentifier
        || (from instanceof SqlSelect select
            && isStar(select)
            && select.getFrom() != null
            && readsTable(select.getFrom()));
  }

  /**
   * All columns of a result under the names of a row.
   *
   * @param qualified whether by the names of its tables, without which those of a join may be two
   */
  static SqlNodeList of(SqlImplementor.Result result, RelDataType rowType, boolean qualified) {
    SqlNodeList columns = new SqlNodeList(HERE);
    SqlImplementor.Context context = result.qualifiedContext();
    for (RelDataTypeField field : rowType.getFieldList()) {
      SqlNode column = context.field(field.getIndex());
      String name = column instanceof SqlIdentifier known ? last(known) : "";
      SqlNode written = qualified || name.isEmpty() ? column : new SqlIdentifier(name, HERE);
      columns.add(
          name.equals(field.getName())
              ? written
              : SqlStdOperatorTable.AS.createCall(
                  HERE, written, new SqlIdentifier(field.getName(), HERE)));
    }
    return columns;
  }

  private static String last(SqlIdentifier identifier) {
    return identifier.names.get(identifier.names.size() - 1);
  }
}

package io.kurobe.nl2sql.validate;

import io.kurobe.nl2sql.validate.FromScope.Item;
import io.kurobe.nl2sql.validate.KnownTables.Known;
import io.kurobe.planner.catalog.Relation;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Adds a table to a FROM clause along the one key that joins it. */
final class KeyJoin {
  /** The query with the table in it, and the alias it has there. */
  record Added(SqlNode tree, String alias) {}

  private KeyJoin() {}

  /** The query with a table joined to an item; empty if no key, or more than one, joins them. */
  static Optional<Added> add(
      SqlNode tree, SqlSelect select, Item item, Known table, KnownTables tables) {
    List<Relation> keys = tables.between(item.table().orElseThrow().name(), table.name());
    if (keys.size() != 1) {
      return Optional.empty();
    }
    Relation key = keys.get(0);
    SqlNode from = select.getFrom();
    SqlParserPos at = from.getParserPosition();
    String alias = alias(table.name().table(), select, tables);
    boolean refers = key.from().equals(item.table().get().name());
    SqlNode condition = null;
    for (int i = 0; i < key.fromColumns().size(); i++) {
      SqlNode here =
          column(item.alias(), (refers ? key.fromColumns() : key.toColumns()).get(i), at);
      SqlNode there = column(alias, (refers ? key.toColumns() : key.fromColumns()).get(i), at);
      SqlNode equal = SqlStdOperatorTable.EQUALS.createCall(at, here, there);
      condition =
          condition == null ? equal : SqlStdOperatorTable.AND.createCall(at, condition, equal);
    }
    SqlNode named =
        new SqlBasicCall(
            SqlStdOperatorTable.AS,
            List.of(new SqlIdentifier(table.name().parts(), at), new SqlIdentifier(alias, at)),
            at);
    SqlNode joined =
        new SqlJoin(
            at,
            from,
            SqlLiteral.createBoolean(false, at),
            JoinType.INNER.symbol(at),
            named,
            JoinConditionType.ON.symbol(at),
            condition);
    return Optional.of(new Added(Replacement.in(tree, from, joined), alias));
  }

  private static SqlIdentifier column(String alias, String column, SqlParserPos at) {
    return new SqlIdentifier(List.of(alias, column), at);
  }

  private static String alias(String table, SqlSelect select, KnownTables tables) {
    var scope = new FromScope(select, tables);
    String alias = table;
    for (int i = 2; scope.item(alias).isPresent(); i++) {
      alias = table + i;
    }
    return alias;
  }
}

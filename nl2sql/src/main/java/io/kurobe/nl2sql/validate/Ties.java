package io.kurobe.nl2sql.validate;

import io.kurobe.nl2sql.validate.FromScope.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Which of several equal rows comes first, where only the first are taken, left to no chance: by
 * the groups' keys, or by the key of the table whose column they are ordered by. So the same
 * question has the same answer.
 */
final class Ties extends SqlShuttle {
  private final KnownTables tables;

  private Ties(KnownTables tables) {
    this.tables = tables;
  }

  static SqlNode broken(SqlNode query, KnownTables tables) {
    SqlNode result = query.accept(new Ties(tables));
    return result == null ? query : result;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall original) {
    if (!(super.visit(original) instanceof SqlCall call)) {
      return original;
    }
    if (call instanceof SqlOrderBy order
        && order.fetch != null
        && !order.orderList.isEmpty()
        && order.query instanceof SqlSelect select
        && !select.isDistinct()) {
      List<SqlNode> keys = keys(select, order.orderList.get(0));
      if (!keys.isEmpty()) {
        SqlNodeList all =
            new SqlNodeList(order.orderList.getList(), order.orderList.getParserPosition());
        String known = all.stream().map(SqlNode::toString).collect(Collectors.joining(" "));
        keys.stream().filter(key -> !known.contains(key.toString())).forEach(all::add);
        return new SqlOrderBy(
            order.getParserPosition(), order.query, all, order.offset, order.fetch);
      }
    }
    return call;
  }

  private List<SqlNode> keys(SqlSelect select, SqlNode first) {
    List<SqlNode> keys = new ArrayList<>();
    if (select.getGroup() != null) {
      for (SqlNode key : select.getGroup()) {
        if (key.getKind() == SqlKind.IDENTIFIER) {
          keys.add(key);
        }
      }
      return keys;
    }
    if (aggregates(select)) {
      return List.of();
    }
    Optional<Item> sorted = owner(first, new FromScope(select, tables));
    if (sorted.isPresent() && sorted.get().table().isPresent()) {
      for (String column : sorted.get().table().get().metadata().primaryKey()) {
        keys.add(
            new SqlIdentifier(List.of(sorted.get().alias(), column), select.getParserPosition()));
      }
    }
    return keys;
  }

  /** The table that rows are ordered by a column of. */
  private static Optional<Item> owner(SqlNode key, FromScope scope) {
    if (key instanceof SqlCall call && call.operandCount() > 0 && !(key instanceof SqlSelect)) {
      return call.operand(0) == null ? Optional.empty() : owner(call.operand(0), scope);
    }
    if (!(key instanceof SqlIdentifier name)) {
      return Optional.empty();
    }
    List<Item> having = scope.having(name.names.get(name.names.size() - 1));
    return name.isSimple()
        ? having.stream().findFirst()
        : scope.item(name.names.get(name.names.size() - 2));
  }

  private static boolean aggregates(SqlSelect select) {
    return select.getHaving() != null
        || select.getSelectList().stream().anyMatch(Aggregates::stands);
  }
}

package io.kurobe.nl2sql.validate;

import io.kurobe.nl2sql.validate.KnownTables.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** What the FROM clause of one SELECT offers, as far as the text alone tells. */
final class FromScope {
  /**
   * An item.
   *
   * @param alias what columns are prefixed by
   * @param table the table of the catalog it is; empty for a subquery
   * @param columns its columns' names
   */
  record Item(String alias, Optional<Known> table, List<String> columns) {
    Optional<String> column(String written) {
      return columns.stream().filter(written::equalsIgnoreCase).findFirst();
    }
  }

  private final List<Item> items = new ArrayList<>();
  private final KnownTables tables;

  FromScope(SqlSelect select, KnownTables tables) {
    this.tables = tables;
    add(select.getFrom());
  }

  List<Item> items() {
    return items;
  }

  Optional<Item> item(String alias) {
    return items.stream().filter(item -> item.alias().equalsIgnoreCase(alias)).findFirst();
  }

  /** The items that have a column. */
  List<Item> having(String column) {
    return items.stream().filter(item -> item.column(column).isPresent()).toList();
  }

  private void add(@Nullable SqlNode from) {
    if (from instanceof SqlJoin join) {
      add(join.getLeft());
      add(join.getRight());
    } else if (from instanceof SqlIdentifier name) {
      table(name, name.names.get(name.names.size() - 1));
    } else if (from instanceof SqlCall call && call.getKind() == SqlKind.AS) {
      String alias = ((SqlIdentifier) call.operand(1)).getSimple();
      if (call.operand(0) instanceof SqlIdentifier name) {
        table(name, alias);
      } else {
        items.add(new Item(alias, Optional.empty(), outputs(call.operand(0))));
      }
    }
  }

  private void table(SqlIdentifier name, String alias) {
    List<Known> found = tables.named(name.names);
    Optional<Known> table = found.stream().findFirst();
    items.add(new Item(alias, table, table.map(Known::columns).orElse(List.of())));
  }

  /** The names a subquery gives its columns, where the text tells. */
  private static List<String> outputs(SqlNode query) {
    if (query instanceof SqlBasicCall set && set.getKind().belongsTo(SqlKind.SET_QUERY)) {
      return outputs(set.operand(0));
    }
    if (query instanceof org.apache.calcite.sql.SqlOrderBy order) {
      return outputs(order.query);
    }
    List<String> names = new ArrayList<>();
    if (query instanceof SqlSelect select) {
      for (SqlNode item : select.getSelectList()) {
        if (item instanceof SqlCall as && as.getKind() == SqlKind.AS) {
          names.add(((SqlIdentifier) as.operand(1)).getSimple());
        } else if (item instanceof SqlIdentifier column && !column.isStar()) {
          names.add(column.names.get(column.names.size() - 1));
        }
      }
    }
    return names;
  }
}

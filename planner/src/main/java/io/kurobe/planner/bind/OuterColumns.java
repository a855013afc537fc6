package io.kurobe.planner.bind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Columns of outer queries that stand beside an aggregate, as in {@code (SELECT COUNT(*) + d.id
 * FROM …)}, written as queries of their own, {@code (SELECT d.id)}. They are constants there; the
 * validator takes them for columns that are not grouped.
 */
final class OuterColumns extends SqlShuttle {
  /** The aliases of each query around, the innermost first, in small letters. */
  private final Deque<Set<String>> scopes = new ArrayDeque<>();

  private OuterColumns() {}

  static SqlNode apart(SqlNode query) {
    return query.accept(new OuterColumns());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (!(call instanceof SqlSelect original)) {
      return super.visit(call);
    }
    Set<String> own = new HashSet<>();
    collectAliases(original.getFrom(), own);
    scopes.push(own);
    SqlSelect select = (SqlSelect) super.visit(call);
    scopes.pop();
    if (select == null || !isAggregated(select)) {
      return select;
    }
    Set<String> outer = new HashSet<>();
    scopes.forEach(outer::addAll);
    outer.removeAll(own);
    return outer.isEmpty() ? select : apart(select, outer);
  }

  private static SqlSelect apart(SqlSelect select, Set<String> outer) {
    List<SqlNode> groups = select.getGroup() == null ? List.of() : select.getGroup().getList();
    var apart = new Apart(outer, groups);
    SqlSelect changed = (SqlSelect) select.clone(select.getParserPosition());
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      SqlNode value = item.accept(apart);
      items.add(
          item instanceof SqlIdentifier column && value != item
              ? SqlStdOperatorTable.AS.createCall(
                  column.getParserPosition(), value, column.getComponent(column.names.size() - 1))
              : value);
    }
    changed.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
    if (select.getHaving() != null) {
      changed.setHaving(select.getHaving().accept(apart));
    }
    return changed;
  }

  private static void collectAliases(@Nullable SqlNode from, Set<String> aliases) {
    if (from instanceof SqlJoin join) {
      collectAliases(join.getLeft(), aliases);
      collectAliases(join.getRight(), aliases);
    } else if (from instanceof SqlIdentifier table) {
      aliases.add(small(table.names.get(table.names.size() - 1)));
    } else if (from instanceof SqlCall call && call.getKind() == SqlKind.AS) {
      aliases.add(small(((SqlIdentifier) call.operand(1)).getSimple()));
    } else if (from instanceof SqlCall call && call.operandCount() > 0) {
      // LATERAL, TABLESAMPLE and the like are around what is named.
      SqlNode inner = call.operand(0);
      if (inner instanceof SqlIdentifier || inner instanceof SqlCall) {
        collectAliases(call.getKind() == SqlKind.SELECT ? null : inner, aliases);
      }
    }
  }

  private static boolean isAggregated(SqlSelect select) {
    return select.getGroup() != null
        || select.getHaving() != null
        || select.getSelectList().stream().anyMatch(OuterColumns::holdsAggregate);
  }

  private static boolean holdsAggregate(@Nullable SqlNode node) {
    if (!(node instanceof SqlCall call) || call.isA(SqlKind.QUERY)) {
      return false;
    }
    if (call.getKind() == SqlKind.OVER) {
      return false;
    }
    return isAggregate(call)
        || call.getOperandList().stream().anyMatch(OuterColumns::holdsAggregate);
  }

  /** Whether a call is one of an aggregate function, which the parser only knows by its name. */
  private static boolean isAggregate(SqlCall call) {
    if (call.getOperator().isAggregator()) {
      return true;
    }
    if (!(call.getOperator() instanceof SqlFunction function) || function.getNameAsId() == null) {
      return false;
    }
    List<SqlOperator> found = new ArrayList<>();
    Operators.TABLE.lookupOperatorOverloads(
        function.getNameAsId(),
        null,
        SqlSyntax.FUNCTION,
        found,
        SqlNameMatchers.withCaseSensitive(false));
    return found.stream().anyMatch(SqlOperator::isAggregator);
  }

  private static String small(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Puts outer columns into queries of their own, outside of aggregates and of other queries. */
  private static final class Apart extends SqlShuttle {
    private final Set<String> outer;
    private final List<SqlNode> groups;

    Apart(Set<String> outer, List<SqlNode> groups) {
      this.outer = outer;
      this.groups = groups;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      boolean stays =
          call.isA(SqlKind.QUERY)
              || call.getKind() == SqlKind.OVER
              || isAggregate(call)
              || isGroup(call);
      return stays ? call : super.visit(call);
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier column) {
      return column.isStar()
              || column.names.size() < 2
              || !outer.contains(small(column.names.get(0)))
              || isGroup(column)
          ? column
          : query(column);
    }

    private boolean isGroup(SqlNode node) {
      return groups.stream().anyMatch(group -> group.equalsDeep(node, Litmus.IGNORE));
    }

    private static SqlSelect query(SqlIdentifier column) {
      SqlParserPos position = column.getParserPosition();
      return new SqlSelect(
          position,
          null,
          SqlNodeList.of(column),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }
}

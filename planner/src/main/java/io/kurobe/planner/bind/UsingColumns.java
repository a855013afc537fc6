package io.kurobe.planner.bind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * The columns that {@code JOIN … USING} and {@code NATURAL JOIN} make one of two, where a query
 * speaks of them by their bare names: the left one, the right one of a RIGHT JOIN, or of a FULL
 * JOIN whichever is there. The validator knows them in the SELECT list alone and calls them
 * ambiguous elsewhere.
 */
final class UsingColumns extends SqlShuttle {
  private final SqlValidatorCatalogReader reader;
  private final RelDataTypeFactory types;

  private UsingColumns(SqlValidatorCatalogReader reader, RelDataTypeFactory types) {
    this.reader = reader;
    this.types = types;
  }

  static SqlNode named(SqlNode query, SqlValidatorCatalogReader reader, RelDataTypeFactory types) {
    return query.accept(new UsingColumns(reader, types));
  }

  @Override
  public @Nullable SqlNode visit(SqlCall original) {
    SqlNode visited = super.visit(original);
    if (!(visited instanceof SqlSelect select) || !(select.getFrom() instanceof SqlJoin join)) {
      return visited;
    }
    Map<String, SqlNode> merged = ofJoin(join).merged();
    if (merged.isEmpty()) {
      return visited;
    }
    var naming = new Naming(merged);
    select.setSelectList(naming.items(select.getSelectList()));
    select.setWhere(naming.of(select.getWhere()));
    select.setGroupBy((SqlNodeList) naming.of(select.getGroup()));
    select.setHaving(naming.of(select.getHaving()));
    select.setQualify(naming.of(select.getQualify()));
    return select;
  }

  /**
   * What a part of FROM has.
   *
   * @param merged each column made of two, by its name in small letters
   * @param own the columns of the part's one table, null if it has more or they are not known
   * @param alias the name of that table, null if there are more
   */
  private record Columns(
      Map<String, SqlNode> merged, @Nullable Set<String> own, @Nullable SqlIdentifier alias) {
    /** A column by its name; none if it is not known whose it is. */
    Optional<SqlNode> column(String name) {
      SqlNode column = merged.get(name.toLowerCase(Locale.ROOT));
      return column != null || alias == null
          ? Optional.ofNullable(column)
          : Optional.of(alias.plus(name, alias.getParserPosition()));
    }
  }

  private Columns ofPart(SqlNode from) {
    if (from instanceof SqlJoin join) {
      return ofJoin(join);
    }
    if (from.getKind() == SqlKind.AS) {
      SqlCall as = (SqlCall) from;
      Set<String> own = as.operandCount() == 2 ? ofPart(as.operand(0)).own() : null;
      return new Columns(Map.of(), own, as.operand(1));
    }
    if (from instanceof SqlIdentifier table) {
      var entry = SqlValidatorUtil.getTableEntry(reader, table.names);
      Set<String> own =
          entry == null
              ? null
              : new LinkedHashSet<>(entry.getTable().getRowType(types).getFieldNames());
      String last = table.names.get(table.names.size() - 1);
      return new Columns(Map.of(), own, new SqlIdentifier(last, table.getParserPosition()));
    }
    if (from instanceof SqlSelect select) {
      return new Columns(Map.of(), labels(select), null);
    }
    return from.getKind() == SqlKind.TABLE_REF
        ? ofPart(((SqlCall) from).operand(0))
        : new Columns(Map.of(), null, null);
  }

  /** The columns of a derived table; null if a star or an expression hides one. */
  private static @Nullable Set<String> labels(SqlSelect select) {
    List<String> labels = Labels.of(select);
    return labels.isEmpty() || labels.contains("") ? null : new LinkedHashSet<>(labels);
  }

  private Columns ofJoin(SqlJoin join) {
    Columns left = ofPart(join.getLeft());
    Columns right = ofPart(join.getRight());
    Map<String, SqlNode> merged = new LinkedHashMap<>(left.merged());
    for (String name : shared(join, left, right)) {
      Optional<SqlNode> one = left.column(name);
      Optional<SqlNode> other = right.column(name);
      if (one.isPresent() && other.isPresent()) {
        merged.put(name.toLowerCase(Locale.ROOT), merged(join, one.get(), other.get()));
      }
    }
    return new Columns(merged, null, null);
  }

  private static SqlNode merged(SqlJoin join, SqlNode left, SqlNode right) {
    if (join.getJoinType() == JoinType.FULL) {
      return SqlStdOperatorTable.COALESCE.createCall(join.getParserPosition(), left, right);
    }
    return join.getJoinType() == JoinType.RIGHT ? right : left;
  }

  private static List<String> shared(SqlJoin join, Columns left, Columns right) {
    List<String> names = new ArrayList<>();
    if (join.getConditionType() == JoinConditionType.USING
        && join.getCondition() instanceof SqlNodeList list) {
      list.forEach(name -> names.add(((SqlIdentifier) name).getSimple()));
    } else if (join.isNatural() && left.own() != null && right.own() != null) {
      for (String name : left.own()) {
        right.own().stream().filter(name::equalsIgnoreCase).forEach(names::add);
      }
    }
    return names;
  }

  /** Puts the columns in place of their bare names, but not in queries within. */
  private static final class Naming extends SqlShuttle {
    private final Map<String, SqlNode> columns;

    Naming(Map<String, SqlNode> columns) {
      this.columns = columns;
    }

    <T extends SqlNode> @Nullable SqlNode of(@Nullable T node) {
      return node == null ? null : node.accept(this);
    }

    SqlNodeList items(SqlNodeList items) {
      var named = new SqlNodeList(items.getParserPosition());
      for (SqlNode item : items) {
        boolean bare = item instanceof SqlIdentifier name && columns.containsKey(key(name));
        SqlNode column = of(item);
        named.add(
            bare
                ? SqlStdOperatorTable.AS.createCall(item.getParserPosition(), column, item)
                : column);
      }
      return named;
    }

    private static String key(SqlIdentifier name) {
      return name.isSimple() ? name.getSimple().toLowerCase(Locale.ROOT) : "";
    }

    @Override
    public SqlNode visit(SqlIdentifier name) {
      SqlNode column = columns.get(key(name));
      return column == null ? name : column.clone(name.getParserPosition());
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (call.getKind().belongsTo(SqlKind.QUERY)) {
        return call;
      }
      if (call.getKind() == SqlKind.AS) {
        SqlNode value = of(call.operand(0));
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.set(0, value);
        return SqlStdOperatorTable.AS.createCall(call.getParserPosition(), operands);
      }
      return super.visit(call);
    }
  }
}

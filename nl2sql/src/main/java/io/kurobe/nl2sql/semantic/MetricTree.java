package io.kurobe.nl2sql.semantic;

import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a semantic model means into a query's tree: the expression of a metric where its name
 * stands as a column, and a table's filter where its rows are read.
 */
final class MetricTree {
  private static final Set<String> AGGREGATES =
      Set.of("SUM", "AVG", "MIN", "MAX", "COUNT", "ANY_VALUE");

  private final SemanticModel model;
  private final Function<String, SqlNode> parser;
  private boolean changed;

  /** A join that a metric needs, from a table under a name. */
  private record Joined(String from, MetricJoin join) {}

  /** A table that a query reads, under a name. */
  private record Scope(TableName table, String alias) {}

  /**
   * Makes one for one tree.
   *
   * @param parser parses queries
   */
  MetricTree(SemanticModel model, Function<String, SqlNode> parser) {
    this.model = model;
    this.parser = parser;
  }

  /** Whether the last tree is another than it was. */
  boolean changed() {
    return changed;
  }

  SqlNode expand(SqlNode query) {
    SqlNode expanded =
        query.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                SqlNode inner = super.visit(call);
                if (inner instanceof SqlSelect select) {
                  return select(select);
                }
                return inner instanceof SqlOrderBy order ? ordered(order) : inner;
              }
            });
    return expanded == null ? query : expanded;
  }

  /** What is ordered by stands outside of the query that it is of. */
  private SqlNode ordered(SqlOrderBy order) {
    List<Scope> scopes = new ArrayList<>();
    if (order.query instanceof SqlSelect select) {
      scopes(select.getFrom(), scopes);
    }
    return scopes.isEmpty() ? order : ordered(order, new Columns(scopes));
  }

  private static SqlNode ordered(SqlOrderBy order, Columns columns) {
    SqlNodeList by = list(order.orderList, columns);
    if (order.query instanceof SqlSelect select && select.getFrom() != null) {
      select.setFrom(joined(select.getFrom(), columns.joins));
      if (columns.used) {
        grouped(select);
      }
    }
    return new SqlOrderBy(order.getParserPosition(), order.query, by, order.offset, order.fetch);
  }

  private SqlNode select(SqlSelect select) {
    List<Scope> scopes = new ArrayList<>();
    scopes(select.getFrom(), scopes);
    if (scopes.isEmpty()) {
      return select;
    }
    var columns = new Columns(scopes);
    select.setSelectList(list(select.getSelectList(), columns));
    if (select.getHaving() != null) {
      select.setHaving(select.getHaving().accept(columns));
    }
    if (select.getOrderList() != null) {
      select.setOrderBy(list(select.getOrderList(), columns));
    }
    if (select.getGroup() != null && columns.used) {
      SqlNodeList groups = new SqlNodeList(SqlParserPos.ZERO);
      select.getGroup().stream().filter(group -> !columns.isMetric(group)).forEach(groups::add);
      select.setGroupBy(groups.isEmpty() ? null : groups);
    }
    if (columns.used) {
      grouped(select);
    }
    filters(select, scopes);
    if (select.getFrom() != null) {
      select.setFrom(joined(select.getFrom(), columns.joins));
    }
    return select;
  }

  /** What is read, and the tables that metrics read besides, each once. */
  private static SqlNode joined(SqlNode from, Map<String, Joined> joins) {
    SqlNode all = from;
    for (Map.Entry<String, Joined> each : joins.entrySet()) {
      if (aliases(from).contains(each.getKey())) {
        continue;
      }
      MetricJoin join = each.getValue().join();
      SqlNode condition = null;
      for (int i = 0; i < join.fromColumns().size(); i++) {
        SqlNode equal =
            SqlStdOperatorTable.EQUALS.createCall(
                SqlParserPos.ZERO,
                name(each.getValue().from(), join.fromColumns().get(i)),
                name(each.getKey(), join.toColumns().get(i)));
        condition =
            condition == null
                ? equal
                : SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, condition, equal);
      }
      all =
          new SqlJoin(
              SqlParserPos.ZERO,
              all,
              SqlLiteral.createBoolean(false, SqlParserPos.ZERO),
              JoinType.LEFT.symbol(SqlParserPos.ZERO),
              SqlStdOperatorTable.AS.createCall(
                  SqlParserPos.ZERO,
                  new SqlIdentifier(join.to().parts(), SqlParserPos.ZERO),
                  new SqlIdentifier(each.getKey(), SqlParserPos.ZERO)),
              JoinConditionType.ON.symbol(SqlParserPos.ZERO),
              condition);
    }
    return all;
  }

  private static SqlIdentifier name(String alias, String column) {
    return new SqlIdentifier(List.of(alias, column), SqlParserPos.ZERO);
  }

  private static Set<String> aliases(@Nullable SqlNode from) {
    Set<String> aliases = new HashSet<>();
    if (from instanceof SqlJoin join) {
      aliases.addAll(aliases(join.getLeft()));
      aliases.addAll(aliases(join.getRight()));
    } else if (from instanceof SqlBasicCall as
        && as.getKind() == SqlKind.AS
        && as.operand(1) instanceof SqlIdentifier alias) {
      aliases.add(alias.getSimple());
    }
    return aliases;
  }

  /** What stands beside a metric is what it is computed for, where a query does not say. */
  private static void grouped(SqlSelect select) {
    if (select.getGroup() != null) {
      return;
    }
    SqlNodeList groups = new SqlNodeList(SqlParserPos.ZERO);
    for (SqlNode item : select.getSelectList()) {
      SqlNode shown =
          item instanceof SqlBasicCall as && as.getKind() == SqlKind.AS ? as.operand(0) : item;
      if (shown instanceof SqlIdentifier name && name.isStar()) {
        return;
      }
      if (!(shown instanceof SqlLiteral) && !aggregates(shown)) {
        groups.add(shown);
      }
    }
    select.setGroupBy(groups.isEmpty() ? null : groups);
  }

  private static boolean aggregates(SqlNode node) {
    boolean[] any = {false};
    node.accept(
        new SqlShuttle() {
          @Override
          public @Nullable SqlNode visit(SqlCall call) {
            any[0] |= isAggregate(call);
            return super.visit(call);
          }
        });
    return any[0];
  }

  private static SqlNodeList list(SqlNodeList list, Columns columns) {
    SqlNodeList changed = new SqlNodeList(list.getParserPosition());
    for (SqlNode node : list) {
      changed.add(node.accept(columns));
    }
    return changed;
  }

  private void filters(SqlSelect select, List<Scope> scopes) {
    for (Scope scope : scopes) {
      Optional<String> filter = model.table(scope.table()).flatMap(SemanticTable::filter);
      if (filter.isPresent()) {
        SqlNode condition = qualified(expression(filter.get()), scope.alias());
        SqlNode where = select.getWhere();
        if (where != null && where.toString().contains(condition.toString())) {
          // Whoever wrote it had the tree with it.
          continue;
        }
        changed = true;
        select.setWhere(
            where == null
                ? condition
                : SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, where, condition));
      }
    }
  }

  private void scopes(@Nullable SqlNode from, List<Scope> scopes) {
    if (from instanceof SqlJoin join) {
      scopes(join.getLeft(), scopes);
      scopes(join.getRight(), scopes);
    } else if (from instanceof SqlIdentifier name) {
      table(name).ifPresent(table -> scopes.add(new Scope(table, table.table())));
    } else if (from instanceof SqlBasicCall as
        && as.getKind() == SqlKind.AS
        && as.operand(0) instanceof SqlIdentifier name
        && as.operand(1) instanceof SqlIdentifier alias) {
      table(name).ifPresent(table -> scopes.add(new Scope(table, alias.getSimple())));
    }
  }

  /** The table of a name that is written in full, or of the only one that ends so. */
  private Optional<TableName> table(SqlIdentifier name) {
    List<TableName> all = new ArrayList<>();
    model.tables().forEach(table -> all.add(table.name()));
    model.metrics().forEach(metric -> all.add(metric.table()));
    List<TableName> found =
        all.stream()
            .distinct()
            .filter(
                table -> {
                  List<String> parts = table.parts();
                  int from = parts.size() - name.names.size();
                  return from >= 0
                      && String.join(".", parts.subList(from, parts.size()))
                          .equalsIgnoreCase(String.join(".", name.names));
                })
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** An expression or a condition by itself. */
  private SqlNode expression(String text) {
    SqlNode query = parser.apply("SELECT " + text + " FROM t");
    return ((SqlSelect) query).getSelectList().get(0);
  }

  private static SqlNode qualified(SqlNode expression, String alias) {
    return qualified(expression, alias, Map.of());
  }

  /**
   * An expression with an alias before each column.
   *
   * @param aliases of tables whose names stand before columns, by those names in lower case
   */
  private static SqlNode qualified(SqlNode expression, String alias, Map<String, String> aliases) {
    return expression.accept(
        new SqlShuttle() {
          @Override
          public SqlNode visit(SqlIdentifier name) {
            if (name.isSimple() && !name.isStar()) {
              return name(alias, name.getSimple());
            }
            String known =
                name.names.size() == 2
                    ? aliases.get(name.names.get(0).toLowerCase(Locale.ROOT))
                    : null;
            return known == null || name.isStar() ? name : name(known, name.names.get(1));
          }
        });
  }

  /** The expression of a metric over a table's rows under a name. */
  private SqlNode expression(Metric metric, String alias, Map<String, Joined> joins) {
    SqlNode expression = expression(metric.expression());
    Map<String, String> aliases = new HashMap<>();
    aliases.put(metric.table().table().toLowerCase(Locale.ROOT), alias);
    for (MetricJoin join : metric.joins()) {
      String from = aliases.getOrDefault(join.from().table().toLowerCase(Locale.ROOT), alias);
      String to = join.to().table() + "_of_" + from;
      aliases.put(join.to().table().toLowerCase(Locale.ROOT), to);
      joins.putIfAbsent(to, new Joined(from, join));
    }
    Map<String, Metric> used = new HashMap<>();
    ModelCheck.used(metric, model).forEach(other -> used.put(other.column(), other));
    SqlNode inlined =
        expression.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier name) {
                Metric other =
                    name.isSimple() ? used.get(name.getSimple().toLowerCase(Locale.ROOT)) : null;
                return other == null ? name : expression(other, alias, joins);
              }
            });
    SqlNode filtered =
        metric.filter().isEmpty()
            ? inlined
            : inlined.accept(new Filtered(expression(metric.filter().get())));
    return qualified(filtered, alias, aliases);
  }

  static boolean isAggregate(SqlCall call) {
    return AGGREGATES.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
  }

  /** Aggregates only the rows that satisfy a condition. */
  private static final class Filtered extends SqlShuttle {
    private final SqlNode condition;

    Filtered(SqlNode condition) {
      this.condition = condition;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (!isAggregate(call) || call.getOperandList().size() != 1) {
        return super.visit(call);
      }
      SqlNode operand = call.operand(0);
      boolean star = operand instanceof SqlIdentifier name && name.isStar();
      SqlNode value = star ? SqlLiteral.createExactNumeric("1", SqlParserPos.ZERO) : operand;
      SqlNode when =
          SqlCase.createSwitched(
              SqlParserPos.ZERO,
              null,
              SqlNodeList.of(condition),
              SqlNodeList.of(value),
              SqlLiteral.createNull(SqlParserPos.ZERO));
      return call.getOperator().createCall(call.getFunctionQuantifier(), SqlParserPos.ZERO, when);
    }
  }

  /** Finds the metrics that stand as columns. */
  private final class Columns extends SqlShuttle {
    private final List<Scope> scopes;
    private final Map<String, Joined> joins = new LinkedHashMap<>();
    private boolean used;

    Columns(List<Scope> scopes) {
      this.scopes = scopes;
    }

    private Optional<SqlNode> metric(SqlNode node, Map<String, Joined> joins) {
      if (!(node instanceof SqlIdentifier name) || name.names.size() > 2 || name.isStar()) {
        return Optional.empty();
      }
      String column = name.names.get(name.names.size() - 1);
      for (Scope scope : scopes) {
        if (name.names.size() == 2 && !name.names.get(0).equalsIgnoreCase(scope.alias())) {
          continue;
        }
        for (Metric metric : model.metrics(scope.table())) {
          if (metric.column().equalsIgnoreCase(column)) {
            return Optional.of(expression(metric, scope.alias(), joins));
          }
        }
      }
      return Optional.empty();
    }

    boolean isMetric(SqlNode node) {
      return metric(node, new LinkedHashMap<>()).isPresent();
    }

    private Optional<SqlNode> take(SqlNode node) {
      Optional<SqlNode> found = metric(node, joins);
      used |= found.isPresent();
      changed |= found.isPresent();
      return found;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (call instanceof SqlSelect) {
        return call;
      }
      if (isAggregate(call) && call.getOperandList().size() == 1) {
        // Whatever is done to a metric, it is an aggregate already.
        Optional<SqlNode> found = take(call.operand(0));
        if (found.isPresent()) {
          return found.get();
        }
      }
      return super.visit(call);
    }

    @Override
    public SqlNode visit(SqlIdentifier name) {
      return take(name).orElse(name);
    }
  }
}

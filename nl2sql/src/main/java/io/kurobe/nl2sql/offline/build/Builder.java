package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins the tables of an intent. Tables that are shown, grouped or ordered by are joined; a table
 * that only restricts is joined where that repeats no row, and becomes a semi-join otherwise: so a
 * count counts each thing once, and a sum never adds a row twice.
 */
public final class Builder {
  private Builder() {}

  /** What became of an intent. */
  public sealed interface Result {}

  /** A query. */
  public record Built(Query query) implements Result {}

  /**
   * Why there is none.
   *
   * @param repeats whether it is because joins would repeat what is added up
   */
  public record Failed(String reason, boolean repeats) implements Result {
    Failed(String reason) {
      this(reason, false);
    }
  }

  /** Joins an intent's tables. */
  public static Result build(Intent asked) {
    if (asked.combined().isEmpty()) {
      return single(asked);
    }
    Result own = single(asked);
    Result other = build(asked.combined().get().with());
    if (own instanceof Built left && other instanceof Built right) {
      return new Built(left.query().with(right.query()));
    }
    return own instanceof Failed ? own : other;
  }

  private static Result single(Intent asked) {
    Intent intent = onceInOrder(asked);
    Set<SchemaTable> core = core(intent);
    if (core.isEmpty()) {
      return new Failed("nothing to show");
    }
    var tree = new JoinTree(core.iterator().next(), intent.named());
    for (SchemaTable table : core) {
      SchemaTable owner = intent.through().get(table);
      boolean reached =
          owner == null ? tree.reach(table) : tree.reach(owner) && tree.reach(table, owner);
      if (!reached) {
        return new Failed("no way to join " + tree.root() + " and " + table);
      }
    }
    List<List<Condition>> where = new ArrayList<>();
    Map<Join, List<List<Condition>>> deferred = new LinkedHashMap<>();
    List<Query.SemiJoin> semiJoins = new ArrayList<>();
    List<List<Condition>> conditions = new ArrayList<>(intent.where());
    List<SchemaTable> required = new ArrayList<>(intent.mentioned());
    intent.entity().ifPresent(required::add);
    for (SchemaTable table : required) {
      boolean conditioned =
          conditions.stream().flatMap(List::stream).anyMatch(c -> c.table() == table);
      if (!tree.has(table) && !conditioned && !behindAbsent(intent, tree, table)) {
        conditions.add(List.of(new Condition.Exists(table, false, List.of())));
      }
    }
    for (List<Condition> group : conditions) {
      Condition first = group.get(0);
      Set<SchemaTable> about = new LinkedHashSet<>();
      group.forEach(condition -> condition.tables().forEach(about::add));
      if (about.size() > 1) {
        for (SchemaTable table : about) {
          if (!tree.reach(table)) {
            return new Failed("no way to join " + tree.root() + " and " + table);
          }
        }
        where.add(group);
        continue;
      }
      if (first instanceof Condition.Exists exists
          && tree.has(exists.table())
          && !exists.negated()) {
        exists.inner().forEach(inner -> where.add(List.of(inner)));
        continue;
      }
      Optional<List<Join>> path =
          first instanceof Condition.Exists exists && tree.has(exists.table())
              ? Optional.empty()
              : tree.path(first.table());
      if (path.isEmpty()) {
        return new Failed("no way to join " + tree.root() + " and " + first.table());
      }
      boolean negated = first instanceof Condition.Exists exists && exists.negated();
      boolean bare = first instanceof Condition.Exists && !negated;
      int many = firstToMany(path.get(), negated);
      if (many < 0) {
        boolean always =
            path.get().stream()
                .allMatch(join -> join.fromColumns().stream().allMatch(SchemaColumn::foreign));
        if (!bare || !always || !((Condition.Exists) first).inner().isEmpty()) {
          tree.add(path.get());
        }
        if (first instanceof Condition.Exists exists) {
          exists.inner().forEach(inner -> where.add(List.of(inner)));
        } else {
          where.add(group);
        }
        continue;
      }
      tree.add(path.get().subList(0, many));
      if (first instanceof Condition.Exists exists) {
        List<List<Condition>> inner = exists.inner().stream().map(List::of).toList();
        List<Join> way = new ArrayList<>(path.get().subList(many, path.get().size()));
        var beyond = new JoinTree(way.get(0).to(), intent.named());
        beyond.add(way.subList(1, way.size()));
        for (Condition condition : exists.inner()) {
          if (!beyond.reach(condition.table())) {
            return new Failed("no way to join " + exists.table() + " and " + condition.table());
          }
        }
        List<Join> whole = new ArrayList<>(way.subList(0, 1));
        whole.addAll(beyond.joins());
        semiJoins.add(semiJoin(whole, inner, negated));
      } else if (group.size() == 1
          && first instanceof Condition.Compare compare
          && compare.operator().equals("<>")) {
        // "not with a red one": none of them is red
        var equal = new Condition.Compare(compare.column(), "=", compare.value());
        semiJoins.add(
            semiJoin(path.get().subList(many, path.get().size()), List.of(List.of(equal)), true));
      } else {
        deferred.computeIfAbsent(path.get().get(many), key -> new ArrayList<>()).add(group);
      }
    }
    deferred.forEach((join, groups) -> semiJoins.add(semiJoin(way(join, groups), groups, false)));
    return finish(intent, tree, where, semiJoins);
  }

  /** Whether the way to a table leads over one of which there must be no row. */
  private static boolean behindAbsent(Intent intent, JoinTree tree, SchemaTable table) {
    return intent.where().stream()
        .flatMap(List::stream)
        .filter(condition -> condition instanceof Condition.Exists exists && exists.negated())
        .anyMatch(
            absent ->
                tree.path(table)
                    .filter(path -> path.stream().anyMatch(join -> join.to() == absent.table()))
                    .isPresent());
  }

  /** The tables that what is shown, grouped and ordered by comes from. */
  private static Set<SchemaTable> core(Intent intent) {
    List<Expression> expressions = new ArrayList<>();
    // The rows that are counted or added up come first: everything else hangs on them.
    intent.outputs().stream().filter(Expression::aggregate).forEach(expressions::add);
    intent.order().stream()
        .map(Intent.Order::by)
        .filter(Expression::aggregate)
        .forEach(expressions::add);
    intent.having().forEach(having -> expressions.add(having.aggregate()));
    expressions.addAll(intent.outputs());
    expressions.addAll(intent.groups());
    intent.order().forEach(order -> expressions.add(order.by()));
    intent.within().ifPresent(within -> expressions.addAll(within.by()));
    Set<SchemaTable> core = new LinkedHashSet<>();
    for (Expression expression : expressions) {
      expression.leaves().forEach(leaf -> core.add(leaf.table()));
      expression.conditions().forEach(condition -> core.add(condition.table()));
    }
    return core;
  }

  /** Different rows in the order of what is not shown: that of each row's first or last. */
  private static Intent onceInOrder(Intent intent) {
    boolean hidden =
        intent.order().stream()
            .anyMatch(
                order ->
                    order.by() instanceof Expression.Column
                        && !intent.outputs().contains(order.by()));
    if (!intent.distinct() || !hidden) {
      return intent;
    }
    List<Intent.Order> order = new ArrayList<>();
    for (Intent.Order by : intent.order()) {
      order.add(
          by.by() instanceof Expression.Column column && !intent.outputs().contains(column)
              ? new Intent.Order(
                  new Expression.Aggregate(
                      by.descending() ? Expression.Function.MAX : Expression.Function.MIN,
                      column.column()),
                  by.descending())
              : by);
    }
    return new Intent(
        intent.entity(),
        intent.outputs(),
        false,
        intent.where(),
        intent.groups(),
        intent.having(),
        order,
        intent.limit(),
        intent.mentioned(),
        intent.through(),
        intent.named(),
        intent.combined(),
        intent.within());
  }

  /** Where a way begins to repeat rows; at its last step if it must be a semi-join; else -1. */
  private static int firstToMany(List<Join> path, boolean always) {
    for (int i = 0; i < path.size(); i++) {
      if (!path.get(i).toOne()) {
        return i;
      }
    }
    return always && !path.isEmpty() ? path.size() - 1 : -1;
  }

  private static Query.SemiJoin semiJoin(
      List<Join> path, List<List<Condition>> where, boolean negated) {
    Join first = path.get(0);
    return new Query.SemiJoin(
        first.fromColumns(),
        first.to(),
        first.toColumns(),
        List.copyOf(path.subList(1, path.size())),
        where,
        negated);
  }

  /** One way from a join's far side to all tables that the conditions are about. */
  private static List<Join> way(Join join, List<List<Condition>> groups) {
    var tree = new JoinTree(join.to(), Set.of());
    groups.forEach(group -> tree.reach(group.get(0).table()));
    List<Join> way = new ArrayList<>(List.of(join));
    way.addAll(tree.joins());
    return way;
  }

  private static Result finish(
      Intent intent, JoinTree tree, List<List<Condition>> where, List<Query.SemiJoin> semiJoins) {
    if (contradicts(where)) {
      return new Failed("two of its conditions exclude each other");
    }
    var grouping = new Grouping(intent, tree);
    Optional<String> wrong = grouping.wrong();
    if (wrong.isPresent()) {
      return new Failed(wrong.get(), true);
    }
    intent = once(intent, tree, where);
    List<Expression> groupBy = grouping.keys();
    if (!intent.having().isEmpty() && groupBy.isEmpty()) {
      return new Failed("it is not said what is counted for each of");
    }
    List<Query.Shown> select = new ArrayList<>();
    for (Expression output : intent.outputs()) {
      if (intent.within().isEmpty()
          && select.stream().anyMatch(shown -> joined(shown.expression(), output, tree))) {
        continue;
      }
      select.add(
          new Query.Shown(
              output,
              output
                  .leaves()
                  .anyMatch(
                      leaf ->
                          leaf instanceof Expression.Count && !tree.keepsRowsOf(leaf.table()))));
    }
    return new Built(
        new Query(
            intent,
            tree.root(),
            tree.joins(),
            select,
            where,
            semiJoins,
            groupBy,
            intent.having(),
            intent.order(),
            intent.limit(),
            Optional.empty()));
  }

  /** Whether two columns are a key and what refers to it, and so the same in every row. */
  private static boolean joined(Expression shown, Expression other, JoinTree tree) {
    if (!(shown instanceof Expression.Column a)
        || !(other instanceof Expression.Column b)
        || a.column() == b.column()) {
      return false;
    }
    return tree.joins().stream()
        .anyMatch(
            join ->
                join.fromColumns().size() == 1
                    && join.fromColumns().get(0) != join.toColumns().get(0)
                    && Set.of(join.fromColumns().get(0), join.toColumns().get(0))
                        .equals(Set.of(a.column(), b.column())));
  }

  /** Rows that are joined for one of two alternatives only are shown once. */
  private static Intent once(Intent intent, JoinTree tree, List<List<Condition>> where) {
    boolean plain =
        intent.outputs().stream().allMatch(Expression.Column.class::isInstance)
            && intent.order().isEmpty();
    boolean apart =
        where.stream()
            .anyMatch(
                group -> group.stream().map(Condition::table).distinct().limit(2).count() > 1);
    return plain
            && apart
            && !intent.distinct()
            && intent.outputs().stream().allMatch(shown -> !tree.keepsRowsOf(shown.table()))
        ? intent.different()
        : intent;
  }

  private static boolean contradicts(List<List<Condition>> where) {
    Set<SchemaColumn> fixed = new LinkedHashSet<>();
    for (List<Condition> group : where) {
      if (group.size() == 1
          && group.get(0) instanceof Condition.Compare c
          && c.operator().equals("=")
          && !fixed.add(c.column())) {
        return true;
      }
    }
    return false;
  }

  /** The one-column key of a table, for counting its rows once. */
  static Optional<SchemaColumn> singleKey(SchemaTable table) {
    List<SchemaColumn> key = table.key();
    return key.size() == 1 ? Optional.of(key.get(0)) : Optional.empty();
  }
}

package io.kurobe.planner.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes what follows FROM: tables, subqueries, lists of values, and joins of them. */
final class Relations {
  private static final List<Kind> JOINED =
      List.of(
          Kind.SMALL,
          Kind.TEXT,
          Kind.DATE,
          Kind.CHAR,
          Kind.DECIMAL,
          Kind.UUID,
          Kind.INSTANT,
          Kind.DOUBLE);

  /**
   * Relations.
   *
   * @param keys columns that together are different in each row; empty if none are known
   */
  record From(String sql, Scope scope, List<String> keys) {
    From {
      keys = List.copyOf(keys);
    }

    From as(String changed) {
      return new From(changed, scope, keys);
    }

    From withColumnsOf(From other) {
      boolean known = !keys.isEmpty() && !other.keys.isEmpty();
      List<String> both = new ArrayList<>(keys);
      both.addAll(other.keys);
      return new From(sql, scope.and(other.scope), known ? both : List.of());
    }
  }

  private record Named(String name, List<Kind> columns) {}

  private final Grammar grammar;
  private final List<Named> common = new ArrayList<>();

  Relations(Grammar grammar) {
    this.grammar = grammar;
  }

  /** Makes a query known that WITH names; its columns are c0, c1 and so on. */
  void know(String name, List<Kind> columns) {
    common.add(new Named(name, columns));
  }

  /**
   * What a query reads.
   *
   * @param joins 0 for one table, or more for joins and subqueries
   */
  From from(Choices choices, int joins) {
    From from = relation(choices.part(), joins);
    int more = joins == 0 ? 0 : choices.below(3);
    if (more == 1 && choices.oneIn(5)) {
      return using(choices, from, relation(choices.part(), joins));
    }
    for (; more > 0; more--) {
      from =
          choices.oneIn(8)
              ? lateral(choices, from)
              : joined(choices, from, relation(choices.part(), joins));
    }
    return from;
  }

  private From joined(Choices choices, From from, From next) {
    String join = choices.of(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
    boolean full = join.startsWith("FULL");
    Kind kind = choices.of(JOINED);
    if (from.scope().of(kind).isEmpty() || next.scope().of(kind).isEmpty()) {
      kind = Kind.SMALL;
    }
    From both = from.withColumnsOf(next);
    if (from.scope().of(kind).isEmpty() || next.scope().of(kind).isEmpty()) {
      return both.as(from.sql() + " CROSS JOIN " + next.sql());
    }
    String condition =
        choices.of(from.scope().of(kind)).name()
            + (full || kind == Kind.UUID ? " = " : choices.of(List.of(" = ", " = ", " = ", " < ")))
            + choices.of(next.scope().of(kind)).name();
    if (choices.oneIn(5) && !full) {
      condition += " AND " + grammar.predicates().of(choices.part(), both.scope(), 1);
    }
    return both.as(from.sql() + " " + join + " " + next.sql() + " ON " + condition);
  }

  /** A join whose column is one for both sides; it has no alias. */
  private From using(Choices choices, From from, From next) {
    for (String name : choices.oneIn(2) ? List.of("k", "s") : List.of("s", "k")) {
      List<Scope.Column> left = from.scope().named(name);
      List<Scope.Column> right = next.scope().named(name);
      if (left.size() == 1 && right.size() == 1 && left.get(0).kind() == right.get(0).kind()) {
        List<Scope.Column> columns = new ArrayList<>();
        columns.add(new Scope.Column(name, left.get(0).kind()));
        columns.addAll(from.scope().without(name));
        columns.addAll(next.scope().without(name));
        From both = from.withColumnsOf(next);
        return new From(
            from.sql()
                + choices.of(List.of(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN "))
                + next.sql()
                + " USING ("
                + name
                + ")",
            new Scope(columns),
            both.keys());
      }
    }
    return from;
  }

  /** A subquery that speaks of what stands before it. */
  private From lateral(Choices choices, From from) {
    From inner = table(choices.part());
    List<Scope.Column> smalls = inner.scope().of(Kind.SMALL);
    List<Scope.Column> outer = from.scope().of(Kind.SMALL);
    if (smalls.isEmpty() || outer.isEmpty()) {
      return from;
    }
    String alias = grammar.alias();
    String value = choices.of(smalls).name();
    String where =
        " WHERE "
            + choices.of(smalls).name()
            + choices.of(List.of(" = ", " < "))
            + choices.of(outer).name()
            + (choices.below(3) == 2
                ? " AND "
                    + grammar.predicates().of(choices.part(), inner.scope().and(from.scope()), 1)
                : "");
    String rest =
        switch (choices.below(4)) {
          case 0 -> value + " AS c0 FROM " + inner.sql() + where;
          case 1 -> "MAX(" + value + ") AS c0 FROM " + inner.sql() + where;
          case 2 -> "COUNT(*) AS c0 FROM " + inner.sql() + where;
          default ->
              value + " AS c0 FROM " + inner.sql() + where + " ORDER BY 1 DESC NULLS LAST LIMIT 2";
        };
    String written = "LATERAL (SELECT " + rest + ") " + alias;
    Scope scope = from.scope().and(new Scope(List.of(new Scope.Column(alias + ".c0", Kind.SMALL))));
    String sql =
        choices.below(2) == 0
            ? from.sql() + " CROSS JOIN " + written
            : from.sql() + " LEFT JOIN " + written + " ON TRUE";
    return new From(sql, scope, List.of());
  }

  private From relation(Choices choices, int depth) {
    if (depth > 0 && choices.oneIn(5)) {
      return switch (choices.below(5)) {
        case 0 -> filtered(choices);
        case 1 -> perText(choices);
        case 2 -> selected(choices);
        case 3 -> values(choices);
        default -> common.isEmpty() ? table(choices) : commonTable(choices);
      };
    }
    return !common.isEmpty() && choices.oneIn(2) ? commonTable(choices) : table(choices);
  }

  /** A table. */
  From table(Choices choices) {
    Tables.Table table = choices.of(Tables.ALL.subList(0, choices.oneIn(4) ? 4 : 3));
    String alias = grammar.alias();
    return new From(table.name() + " " + alias, scope(table, alias), List.of(alias + ".id"));
  }

  private From commonTable(Choices choices) {
    Named named = choices.of(common);
    String alias = grammar.alias();
    return new From(named.name() + " " + alias, numbered(alias, named.columns()), List.of());
  }

  /** A table behind a subquery with a condition. */
  private From filtered(Choices choices) {
    Tables.Table table = choices.of(Tables.ALL);
    String inner = grammar.alias();
    String alias = grammar.alias();
    String sql =
        "(SELECT * FROM "
            + table.name()
            + " "
            + inner
            + grammar.selects().where(choices.part(), scope(table, inner))
            + ") "
            + alias;
    return new From(sql, scope(table, alias), List.of(alias + ".id"));
  }

  /** One row for each text of a table. */
  private From perText(Choices choices) {
    Tables.Table table = choices.of(Tables.ALL);
    String inner = grammar.alias();
    String alias = grammar.alias();
    String sql =
        "(SELECT s, COUNT(*) AS n, MIN(k) AS k FROM "
            + table.name()
            + " "
            + inner
            + grammar.selects().where(choices.part(), scope(table, inner))
            + " GROUP BY s) "
            + alias;
    return new From(
        sql,
        new Scope(
            List.of(
                new Scope.Column(alias + ".k", Kind.SMALL),
                new Scope.Column(alias + ".n", Kind.SMALL),
                new Scope.Column(alias + ".s", Kind.TEXT))),
        List.of(alias + ".s"));
  }

  /** Any query. */
  private From selected(Choices choices) {
    List<Kind> kinds = Selects.kinds(choices);
    String sql = "(" + grammar.selects().rows(choices.part(), kinds, 0) + ") ";
    String alias = grammar.alias();
    return new From(sql + alias + names(kinds.size()), numbered(alias, widened(kinds)), List.of());
  }

  private From values(Choices choices) {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(Kind.SMALL);
    kinds.add(choices.of(Kind.ORDERED));
    String alias = grammar.alias();
    String sql = "(VALUES " + valueRows(choices, kinds) + ") " + alias;
    return new From(sql + names(kinds.size()), numbered(alias, kinds), List.of());
  }

  /** Rows after VALUES; the first has no NULL, so that every column has a type. */
  static String valueRows(Choices choices, List<Kind> kinds) {
    List<String> rows = new ArrayList<>();
    for (int row = choices.below(3); row >= 0; row--) {
      List<String> values = new ArrayList<>();
      Choices own = choices.part();
      for (Kind kind : kinds) {
        boolean unknown = !rows.isEmpty() && own.oneIn(4);
        values.add(unknown ? "NULL" : Literals.of(kind, own));
      }
      rows.add("(" + String.join(", ", values) + ")");
    }
    return String.join(", ", rows);
  }

  /** Names of columns, as not every query names its own. */
  static String names(int columns) {
    return IntStream.range(0, columns)
        .mapToObj(column -> "c" + column)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  static List<Kind> widened(List<Kind> kinds) {
    return kinds.stream().map(Kind::widened).toList();
  }

  private static Scope numbered(String alias, List<Kind> kinds) {
    List<Scope.Column> columns = new ArrayList<>();
    for (Kind kind : kinds) {
      columns.add(new Scope.Column(alias + ".c" + columns.size(), kind));
    }
    return new Scope(columns);
  }

  private static Scope scope(Tables.Table table, String alias) {
    List<Scope.Column> columns = new ArrayList<>();
    table
        .columns()
        .forEach((name, kind) -> columns.add(new Scope.Column(alias + "." + name, kind)));
    return new Scope(columns);
  }
}

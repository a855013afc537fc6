package io.kurobe.planner.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Writes random queries over {@link Tables}. The same choices give the same query. */
final class QueryGenerator {
  /**
   * A query.
   *
   * @param ordered whether its rows come in one order only
   * @param approximate whether DECIMAL columns may come from averages or divisions
   */
  record Query(String sql, boolean ordered, boolean approximate) {}

  private static final List<Kind> OUTPUT =
      List.of(
          Kind.SMALL,
          Kind.TEXT,
          Kind.DECIMAL,
          Kind.DATE,
          Kind.INT,
          Kind.BIG,
          Kind.DOUBLE,
          Kind.TIMESTAMP,
          Kind.BOOLEAN,
          Kind.CHAR);
  private static final int DEPTH = 3;

  private final Expressions expressions = new Expressions(this::subqueryPredicate, this::scalar);
  private int aliases;
  private boolean approximate;

  private QueryGenerator() {}

  static Query query(Choices choices) {
    return new QueryGenerator().whole(choices);
  }

  /**
   * A query without a condition, and one that parts the same rows by whether a condition is true,
   * false or unknown.
   */
  static List<Query> partition(Choices choices) {
    return new QueryGenerator().parted(choices);
  }

  private List<Query> parted(Choices choices) {
    From from = from(choices.part(), 1);
    String items = String.join(", ", items(choices.part(), kinds(choices), from.scope()));
    String predicate = expressions.predicate(choices.part(), from.scope(), DEPTH);
    String all = "SELECT " + items + " FROM " + from.sql();
    String parts =
        String.join(
            " UNION ALL ",
            all + " WHERE " + predicate,
            all + " WHERE NOT (" + predicate + ")",
            all + " WHERE (" + predicate + ") IS NULL");
    return List.of(new Query(all, false, approximate()), new Query(parts, false, approximate()));
  }

  private Query whole(Choices choices) {
    Body body = body(choices);
    if (choices.below(3) == 0) {
      return new Query(body.sql(), false, approximate());
    }
    List<String> keys = new ArrayList<>();
    for (int column = 1; column <= body.columns(); column++) {
      keys.add(
          column
              + choices.of(List.of("", " DESC"))
              + choices.of(List.of("", " NULLS FIRST", " NULLS LAST")));
    }
    StringBuilder sql = new StringBuilder(body.sql()).append(" ORDER BY ");
    sql.append(String.join(", ", keys));
    if (choices.below(2) == 1) {
      sql.append(" LIMIT ").append(1 + choices.below(8));
      if (choices.below(3) == 2) {
        sql.append(" OFFSET ").append(1 + choices.below(4));
      }
    }
    return new Query(sql.toString(), true, approximate());
  }

  private boolean approximate() {
    return approximate || expressions.approximate();
  }

  private record Body(String sql, int columns) {}

  private Body body(Choices choices) {
    int form = choices.below(8);
    Choices first = choices.part();
    Choices second = choices.part();
    if (form == 5) {
      List<Kind> kinds = kinds(choices);
      String operator =
          choices.of(
              List.of(" UNION ALL ", " UNION ", " INTERSECT ", " EXCEPT ", " INTERSECT ALL "));
      return new Body(select(first, kinds) + operator + select(second, kinds), kinds.size());
    }
    if (form == 6 || form == 7 || form == 4) {
      return grouped(first);
    }
    if (form == 3) {
      return windowed(first);
    }
    List<Kind> kinds = kinds(choices);
    return new Body(select(first, kinds), kinds.size());
  }

  private static List<Kind> kinds(Choices choices) {
    List<Kind> kinds = new ArrayList<>();
    for (int columns = choices.below(4); columns >= 0; columns--) {
      kinds.add(choices.of(OUTPUT));
    }
    return kinds;
  }

  private String select(Choices choices, List<Kind> kinds) {
    From from = from(choices.part(), 1);
    String distinct = choices.below(4) == 3 ? "DISTINCT " : "";
    return "SELECT "
        + distinct
        + String.join(", ", items(choices.part(), kinds, from.scope()))
        + " FROM "
        + from.sql()
        + where(choices.part(), from.scope());
  }

  private List<String> items(Choices choices, List<Kind> kinds, Scope scope) {
    List<String> items = new ArrayList<>();
    for (Kind kind : kinds) {
      Kind written = kind == Kind.CHAR && scope.of(Kind.CHAR).isEmpty() ? Kind.TEXT : kind;
      String item =
          written == Kind.CHAR
              ? choices.of(scope.of(Kind.CHAR)).name()
              : expressions.of(written, choices.part(), scope, DEPTH - 1);
      items.add(item + " AS c" + items.size());
    }
    return items;
  }

  private String where(Choices choices, Scope scope) {
    return choices.below(3) == 0
        ? ""
        : " WHERE " + expressions.predicate(choices.part(), scope, DEPTH);
  }

  private Body grouped(Choices choices) {
    From from = from(choices.part(), 1);
    List<String> keys = new ArrayList<>();
    Choices keyChoices = choices.part();
    for (int more = choices.below(3); more > 0; more--) {
      Kind kind =
          choices.of(
              List.of(
                  Kind.SMALL,
                  Kind.TEXT,
                  Kind.DATE,
                  Kind.DECIMAL,
                  Kind.DOUBLE,
                  Kind.CHAR,
                  Kind.TIMESTAMP,
                  Kind.BOOLEAN));
      List<Scope.Column> columns = from.scope().of(kind);
      // A constant alone would be read as the position of a column.
      if (!columns.isEmpty()) {
        String key = choices.of(columns).name();
        keys.add(
            choices.below(4) == 3
                ? "COALESCE(" + key + ", " + Expressions.literal(kind, keyChoices) + ")"
                : key);
      }
    }
    List<String> items = new ArrayList<>(keys);
    Choices aggregates = choices.part();
    for (int more = choices.below(3); more >= 0; more--) {
      items.add(aggregate(aggregates.part(), from.scope()));
    }
    String having =
        choices.below(4) == 3
            ? " HAVING "
                + choices.of(
                    List.of(
                        "COUNT(*) > 1",
                        "MIN(" + from.scope().of(Kind.SMALL).get(0).name() + ") < 5"))
            : "";
    for (int i = 0; i < items.size(); i++) {
      items.set(i, items.get(i) + " AS c" + i);
    }
    String sql =
        "SELECT "
            + String.join(", ", items)
            + " FROM "
            + from.sql()
            + where(choices.part(), from.scope())
            + (keys.isEmpty() ? "" : " GROUP BY " + grouping(choices, keys))
            + having;
    return new Body(sql, items.size());
  }

  private static String grouping(Choices choices, List<String> keys) {
    String list = String.join(", ", keys);
    return switch (choices.below(6)) {
      case 4 -> "ROLLUP(" + list + ")";
      case 5 -> "GROUPING SETS ((" + list + "), ())";
      default -> list;
    };
  }

  private String aggregate(Choices choices, Scope scope) {
    String aggregate = plainAggregate(choices, scope);
    return choices.below(6) == 5
        ? aggregate + " FILTER (WHERE " + expressions.predicate(choices.part(), scope, 1) + ")"
        : aggregate;
  }

  private String plainAggregate(Choices choices, Scope scope) {
    int form = choices.below(8);
    Choices argument = choices.part();
    Kind numeric = choices.of(List.of(Kind.SMALL, Kind.DECIMAL, Kind.BIG, Kind.INT, Kind.DOUBLE));
    Kind any =
        choices.of(
            List.of(
                Kind.SMALL,
                Kind.TEXT,
                Kind.DATE,
                Kind.TIMESTAMP,
                Kind.DECIMAL,
                Kind.DOUBLE,
                Kind.BIG));
    return switch (form) {
      case 0 -> "COUNT(*)";
      case 1 -> "COUNT(" + expressions.of(any, argument, scope, 1) + ")";
      case 2 -> "SUM(" + expressions.of(numeric, argument, scope, 1) + ")";
      case 3 -> "MIN(" + expressions.of(any, argument, scope, 1) + ")";
      case 4 -> "MAX(" + expressions.of(any, argument, scope, 1) + ")";
      case 5 -> {
        approximate = true;
        yield "AVG(" + expressions.of(numeric, argument, scope, 1) + ")";
      }
      case 6 -> "SUM(DISTINCT " + expressions.of(numeric, argument, scope, 1) + ")";
      default -> "COUNT(DISTINCT " + expressions.of(any, argument, scope, 1) + ")";
    };
  }

  private Body windowed(Choices choices) {
    From from = from(choices.part(), 0);
    String alias = "a" + aliases;
    Kind kind = choices.of(List.of(Kind.SMALL, Kind.TEXT));
    String partition = choices.of(from.scope().of(kind)).name();
    String function =
        choices.of(
            List.of(
                "ROW_NUMBER()",
                "RANK()",
                "COUNT(*)",
                "SUM(" + alias + ".k)",
                "MIN(" + alias + ".k)"));
    String sql =
        "SELECT "
            + alias
            + ".id, "
            + function
            + " OVER (PARTITION BY "
            + partition
            + " ORDER BY "
            + choices.of(List.of("", alias + ".s, ", alias + ".k DESC, "))
            + alias
            + ".id) AS w FROM "
            + from.sql()
            + where(choices.part(), from.scope());
    return new Body(sql, 2);
  }

  private record From(String sql, Scope scope) {}

  private From from(Choices choices, int joins) {
    From first = relation(choices.part(), joins);
    String sql = first.sql();
    Scope scope = first.scope();
    for (int more = joins == 0 ? 0 : choices.below(3); more > 0; more--) {
      From next = relation(choices.part(), joins);
      String join = choices.of(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
      Kind kind = choices.of(List.of(Kind.SMALL, Kind.TEXT, Kind.DATE, Kind.CHAR, Kind.DECIMAL));
      if (scope.of(kind).isEmpty() || next.scope().of(kind).isEmpty()) {
        kind = Kind.SMALL;
      }
      String condition =
          choices.of(scope.of(kind)).name()
              + (join.startsWith("FULL") ? " = " : choices.of(List.of(" = ", " = ", " = ", " < ")))
              + choices.of(next.scope().of(kind)).name();
      Scope both = scope.and(next.scope());
      if (choices.below(5) == 4 && !join.startsWith("FULL")) {
        condition += " AND " + expressions.predicate(choices.part(), both, 1);
      }
      sql = sql + " " + join + " " + next.sql() + " ON " + condition;
      scope = both;
    }
    return new From(sql, scope);
  }

  private From relation(Choices choices, int depth) {
    Tables.Table table = choices.of(Tables.ALL.subList(0, choices.oneIn(4) ? 4 : 3));
    if (depth > 0 && choices.oneIn(6)) {
      return derived(choices, table);
    }
    String alias = "a" + ++aliases;
    return new From(table.name() + " " + alias, scope(table, alias));
  }

  /** A table behind a subquery with a condition, or one row for each of its keys. */
  private From derived(Choices choices, Tables.Table table) {
    String inner = "a" + ++aliases;
    String alias = "a" + ++aliases;
    Scope scope = scope(table, inner);
    if (choices.below(2) == 0) {
      String sql =
          "(SELECT * FROM "
              + table.name()
              + " "
              + inner
              + where(choices.part(), scope)
              + ") "
              + alias;
      return new From(sql, scope(table, alias));
    }
    String sql =
        "(SELECT s, COUNT(*) AS n, MIN(k) AS k FROM "
            + table.name()
            + " "
            + inner
            + where(choices.part(), scope)
            + " GROUP BY s) "
            + alias;
    return new From(
        sql,
        new Scope(
            List.of(
                new Scope.Column(alias + ".k", Kind.SMALL),
                new Scope.Column(alias + ".n", Kind.SMALL),
                new Scope.Column(alias + ".s", Kind.TEXT))));
  }

  private static Scope scope(Tables.Table table, String alias) {
    List<Scope.Column> columns = new ArrayList<>();
    table
        .columns()
        .forEach((name, kind) -> columns.add(new Scope.Column(alias + "." + name, kind)));
    return new Scope(columns);
  }

  private String subqueryPredicate(Choices choices, Scope outer) {
    Tables.Table table = choices.of(Tables.ALL.subList(0, choices.oneIn(4) ? 4 : 3));
    String alias = "a" + ++aliases;
    Scope inner = scope(table, alias);
    Kind kind = choices.of(List.of(Kind.SMALL, Kind.TEXT));
    List<Scope.Column> keys = outer.of(kind);
    String key = keys.isEmpty() ? "1" : choices.of(keys).name();
    String column = choices.of(inner.of(keys.isEmpty() ? Kind.SMALL : kind)).name();
    String from = " FROM " + table.name() + " " + alias;
    String condition = choices.below(2) == 0 ? "" : expressions.predicate(choices.part(), inner, 1);
    return switch (choices.below(4)) {
      case 0 -> "(" + key + " IN (SELECT " + column + from + and(" WHERE ", condition) + "))";
      case 1 ->
          "EXISTS (SELECT 1"
              + from
              + " WHERE "
              + column
              + " = "
              + key
              + and(" AND ", condition)
              + ")";
      case 2 -> "(" + key + " NOT IN (SELECT " + column + from + and(" WHERE ", condition) + "))";
      default ->
          "NOT EXISTS (SELECT 1"
              + from
              + " WHERE "
              + column
              + " = "
              + key
              + and(" AND ", condition)
              + ")";
    };
  }

  private static String and(String keyword, String condition) {
    return condition.isEmpty() ? "" : keyword + condition;
  }

  private String scalar(Choices choices, Scope outer) {
    Tables.Table table = choices.of(Tables.ALL.subList(0, 3));
    String alias = "a" + ++aliases;
    List<Scope.Column> keys = outer.of(Kind.TEXT);
    String correlation =
        keys.isEmpty() || choices.below(2) == 0
            ? ""
            : " WHERE " + alias + ".s = " + choices.of(keys).name();
    String function = choices.of(List.of("MAX(" + alias + ".k)", "COUNT(*)"));
    return "(SELECT " + function + " FROM " + table.name() + " " + alias + correlation + ")";
  }
}

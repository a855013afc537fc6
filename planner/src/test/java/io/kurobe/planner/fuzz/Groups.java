package io.kurobe.planner.fuzz;

import io.kurobe.planner.fuzz.Relations.From;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes queries that group: keys, grouping sets, aggregates and HAVING. */
final class Groups {
  private static final List<Kind> KEYS =
      List.of(
          Kind.SMALL,
          Kind.TEXT,
          Kind.DATE,
          Kind.DECIMAL,
          Kind.DOUBLE,
          Kind.CHAR,
          Kind.TIMESTAMP,
          Kind.BOOLEAN,
          Kind.UUID,
          Kind.INSTANT,
          Kind.REAL);
  private static final Pattern COLUMN = Pattern.compile("\\ba\\d+\\.\\w");

  private final Grammar grammar;

  Groups(Grammar grammar) {
    this.grammar = grammar;
  }

  /** A query that groups, and how many columns it gives. */
  Body query(Choices choices) {
    From from = grammar.relations().from(choices.part(), 1);
    List<String> keys = keys(choices, choices.part(), from.scope());
    List<String> items = new ArrayList<>(keys);
    Choices aggregates = choices.part();
    for (int more = choices.below(3); more >= 0; more--) {
      items.add(aggregate(aggregates.part(), from.scope()));
    }
    if (!keys.isEmpty() && choices.oneIn(4)) {
      items.add(
          "GROUPING(" + String.join(", ", keys.subList(0, 1 + choices.below(keys.size()))) + ")");
    }
    String having = choices.oneIn(4) ? " HAVING " + having(choices.part(), from.scope(), 1) : "";
    for (int i = 0; i < items.size(); i++) {
      items.set(i, items.get(i) + " AS c" + i);
    }
    String sql =
        "SELECT "
            + String.join(", ", items)
            + " FROM "
            + from.sql()
            + grammar.selects().where(choices.part(), from.scope())
            + (keys.isEmpty() ? "" : " GROUP BY " + grouping(choices, keys))
            + having;
    return new Body(sql, items.size());
  }

  /** Up to three keys. */
  List<String> keys(Choices choices, Choices expressions, Scope scope) {
    List<String> keys = new ArrayList<>();
    for (int more = choices.below(4); more > 0; more--) {
      Kind kind = choices.of(KEYS);
      List<Scope.Column> columns = scope.of(kind);
      if (columns.isEmpty()) {
        continue;
      }
      String column = choices.of(columns).name();
      String key =
          switch (choices.below(6)) {
            case 4 -> "COALESCE(" + column + ", " + Literals.of(kind, expressions) + ")";
            case 5 -> expression(kind, expressions.part(), scope, column);
            default -> column;
          };
      if (!keys.contains(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** A constant alone would be read as the position of a column. */
  private String expression(Kind kind, Choices choices, Scope scope, String otherwise) {
    if (kind == Kind.CHAR) {
      return otherwise;
    }
    String written = grammar.expressions().of(kind, choices, scope, 1);
    return COLUMN.matcher(written).find() && !written.contains("SELECT") ? written : otherwise;
  }

  private static String grouping(Choices choices, List<String> keys) {
    String list = String.join(", ", keys);
    return switch (choices.below(9)) {
      case 4 -> "ROLLUP(" + list + ")";
      case 5 -> "GROUPING SETS ((" + list + "), ())";
      case 6 -> "CUBE(" + list + ")";
      case 7 -> "GROUPING SETS (" + String.join(", ", sets(choices.part(), keys)) + ")";
      case 8 ->
          keys.size() == 1
              ? list
              : keys.get(0) + ", ROLLUP(" + String.join(", ", keys.subList(1, keys.size())) + ")";
      default -> list;
    };
  }

  /** Sets of keys; one may come twice. */
  private static List<String> sets(Choices choices, List<String> keys) {
    List<String> sets = new ArrayList<>();
    // Every key is in one set at least, as each is selected.
    sets.add("(" + String.join(", ", keys) + ")");
    for (int more = choices.below(3); more >= 0; more--) {
      sets.add(
          "("
              + String.join(", ", keys.stream().filter(key -> choices.below(2) == 1).toList())
              + ")");
    }
    return sets;
  }

  /** A condition on groups. */
  String having(Choices choices, Scope scope, int depth) {
    Choices first = choices.part();
    Choices second = choices.part();
    int form = choices.below(depth > 0 ? 7 : 4);
    List<Scope.Column> smalls = scope.of(Kind.SMALL);
    String small = smalls.isEmpty() ? "1" : choices.of(smalls).name();
    Kind kind = choices.of(List.of(Kind.TEXT, Kind.DATE, Kind.DECIMAL, Kind.TIMESTAMP));
    String comparison = " " + choices.of(Predicates.COMPARISONS) + " ";
    return switch (form) {
      case 0 -> "COUNT(*) > " + (1 + choices.below(2));
      case 1 -> "MIN(" + small + ")" + comparison + Literals.of(Kind.SMALL, choices);
      case 2 -> "SUM(" + small + ")" + comparison + Literals.of(Kind.SMALL, choices);
      case 3 ->
          "MAX("
              + grammar.expressions().of(kind, first, scope, depth)
              + ")"
              + comparison
              + Literals.of(kind, choices);
      case 4 -> "(" + having(first, scope, 0) + " AND " + having(second, scope, 0) + ")";
      case 5 -> "(" + having(first, scope, 0) + " OR " + having(second, scope, 0) + ")";
      default -> "NOT (" + having(first, scope, 0) + ")";
    };
  }

  /** An aggregate, perhaps of some rows alone. */
  String aggregate(Choices choices, Scope scope) {
    String aggregate = plainAggregate(choices, scope);
    return choices.oneIn(6)
        ? aggregate + " FILTER (WHERE " + grammar.predicates().of(choices.part(), scope, 1) + ")"
        : aggregate;
  }

  private String plainAggregate(Choices choices, Scope scope) {
    int form = choices.below(10);
    Choices argument = choices.part();
    Kind numeric = choices.of(Kind.NUMBERS);
    Kind any = choices.of(Kind.ORDERED);
    return switch (form) {
      case 0 -> "COUNT(*)";
      case 1 -> "COUNT(" + argument(any, argument, scope) + ")";
      case 2 -> "SUM(" + argument(numeric, argument, scope) + ")";
      case 3 -> "MIN(" + argument(any, argument, scope) + ")";
      case 4 -> "MAX(" + argument(any, argument, scope) + ")";
      case 5 -> average("AVG(", numeric, argument, scope);
      case 6 -> "SUM(DISTINCT " + argument(numeric, argument, scope) + ")";
      case 7 -> average("AVG(DISTINCT ", numeric, argument, scope);
      case 8 -> "MAX(DISTINCT " + argument(any, argument, scope) + ")";
      default -> "COUNT(DISTINCT " + argument(any, argument, scope) + ")";
    };
  }

  private String average(String function, Kind kind, Choices choices, Scope scope) {
    grammar.approximates();
    return function + argument(kind, choices, scope) + ")";
  }

  private String argument(Kind kind, Choices choices, Scope scope) {
    return grammar.expressions().of(kind, choices, scope, 1);
  }
}

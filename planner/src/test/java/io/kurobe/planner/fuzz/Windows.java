package io.kurobe.planner.fuzz;

import io.kurobe.planner.fuzz.Relations.From;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes queries with windows. Where the result depends on the order of rows, the order is one that
 * has no ties; where an order has ties, functions and frames are such that it does not matter.
 */
final class Windows {
  private static final List<Kind> PARTITIONS =
      List.of(Kind.SMALL, Kind.TEXT, Kind.DOUBLE, Kind.CHAR, Kind.BOOLEAN, Kind.UUID);
  private static final List<Kind> ORDERS =
      List.of(Kind.SMALL, Kind.TEXT, Kind.DATE, Kind.DECIMAL, Kind.DOUBLE, Kind.INSTANT);
  private static final List<String> BOUNDS =
      List.of(
          "UNBOUNDED PRECEDING",
          "2 PRECEDING",
          "1 PRECEDING",
          "CURRENT ROW",
          "1 FOLLOWING",
          "2 FOLLOWING",
          "UNBOUNDED FOLLOWING");

  private final Grammar grammar;

  Windows(Grammar grammar) {
    this.grammar = grammar;
  }

  /** A query with one to three windows, perhaps behind a condition on the first. */
  Body query(Choices choices) {
    From from = grammar.relations().from(choices.part(), choices.oneIn(3) ? 1 : 0);
    List<String> items = new ArrayList<>();
    from.keys().forEach(key -> items.add(key + " AS c" + items.size()));
    int first = items.size();
    for (int more = choices.below(3); more >= 0; more--) {
      Choices own = choices.part();
      boolean total = !from.keys().isEmpty() && own.below(3) < 2;
      String window = total ? ordered(own, from) : tied(own, from.scope());
      items.add(window + " AS c" + items.size());
    }
    String sql =
        "SELECT "
            + String.join(", ", items)
            + " FROM "
            + from.sql()
            + grammar.selects().where(choices.part(), from.scope());
    return choices.oneIn(5)
        ? new Body(
            "SELECT * FROM (" + sql + ") w WHERE c" + first + " IS NOT NULL AND c0 IS NOT NULL",
            items.size())
        : new Body(sql, items.size());
  }

  /** A window whose rows have one order. */
  private String ordered(Choices choices, From from) {
    Scope scope = from.scope();
    int form = choices.below(12);
    Choices argument = choices.part();
    List<String> order = new ArrayList<>(orders(choices, scope, choices.below(2)));
    from.keys().forEach(key -> order.add(key + choices.of(List.of("", " DESC"))));
    String window = partition(choices, scope) + "ORDER BY " + String.join(", ", order);
    Kind any = choices.of(Kind.ORDERED);
    String value = grammar.expressions().of(any, argument, scope, 1);
    return switch (form) {
      case 0 -> over("ROW_NUMBER()", window);
      case 1 -> over("NTILE(" + (1 + choices.below(4)) + ")", window);
      case 2, 3 -> {
        String offset = choices.of(List.of("", ", 1", ", 2", ", 0"));
        boolean otherwise = !offset.isEmpty() && choices.oneIn(3);
        yield over(
            choices.of(List.of("LAG(", "LEAD("))
                + value
                + offset
                + (otherwise ? ", " + Literals.of(any, choices) : "")
                + ")",
            window);
      }
      case 4 -> over("FIRST_VALUE(" + value + ")", window + rows(choices));
      case 5 -> over("LAST_VALUE(" + value + ")", window + rows(choices));
      case 6 -> over("NTH_VALUE(" + value + ", 2)", window + rows(choices));
      case 7 -> over("RANK()", window);
      default -> over(aggregate(choices, argument, scope), window + rows(choices));
    };
  }

  /** A window whose rows may be tied, or have no order at all. */
  private String tied(Choices choices, Scope scope) {
    int form = choices.below(8);
    Choices argument = choices.part();
    String partition = partition(choices, scope);
    List<String> keys = orders(choices, scope, 1 + choices.below(2));
    String order = keys.isEmpty() ? "" : "ORDER BY " + String.join(", ", keys);
    if (form < 3 && !order.isEmpty()) {
      return over(
          choices.of(List.of("RANK()", "DENSE_RANK()", "PERCENT_RANK()", "CUME_DIST()")),
          partition + order);
    }
    String aggregate = aggregate(choices, argument, scope);
    if (form == 3 || order.isEmpty()) {
      return over(aggregate, partition);
    }
    return over(aggregate, partition + range(choices, scope, order));
  }

  private String range(Choices choices, Scope scope, String order) {
    List<Scope.Column> smalls = scope.of(Kind.SMALL);
    return switch (choices.below(6)) {
      case 0 -> order;
      case 1 -> order + " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING";
      case 2 -> order + " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";
      case 3 -> order + " RANGE BETWEEN CURRENT ROW AND CURRENT ROW";
      default -> smalls.isEmpty() ? order : offsets(choices, choices.of(smalls).name());
    };
  }

  private static String offsets(Choices choices, String column) {
    List<String> frame = bounds(choices);
    return "ORDER BY "
        + column
        + choices.of(List.of("", " DESC"))
        + choices.of(List.of("", " NULLS FIRST", " NULLS LAST"))
        + " RANGE BETWEEN "
        + String.join(" AND ", frame);
  }

  private static String rows(Choices choices) {
    return choices.below(3) == 0 ? "" : " ROWS BETWEEN " + String.join(" AND ", bounds(choices));
  }

  /** Where a frame begins and ends, in this order. */
  private static List<String> bounds(Choices choices) {
    int start = choices.below(BOUNDS.size() - 1);
    int end = Math.max(1, start + choices.below(BOUNDS.size() - start));
    return List.of(BOUNDS.get(start), BOUNDS.get(end));
  }

  private String aggregate(Choices choices, Choices argument, Scope scope) {
    int form = choices.below(6);
    Kind numeric = choices.of(Kind.NUMBERS);
    Kind any = choices.of(Kind.ORDERED);
    return switch (form) {
      case 0 -> "COUNT(*)";
      case 1 -> "SUM(" + grammar.expressions().of(numeric, argument, scope, 1) + ")";
      case 2 -> "MIN(" + grammar.expressions().of(any, argument, scope, 1) + ")";
      case 3 -> "MAX(" + grammar.expressions().of(any, argument, scope, 1) + ")";
      case 4 -> "COUNT(" + grammar.expressions().of(any, argument, scope, 1) + ")";
      default -> {
        grammar.approximates();
        yield "AVG(" + grammar.expressions().of(numeric, argument, scope, 1) + ")";
      }
    };
  }

  private static String partition(Choices choices, Scope scope) {
    List<Scope.Column> columns = scope.of(choices.of(PARTITIONS));
    return choices.below(4) == 0 || columns.isEmpty()
        ? ""
        : "PARTITION BY " + choices.of(columns).name() + " ";
  }

  private static List<String> orders(Choices choices, Scope scope, int count) {
    List<String> orders = new ArrayList<>();
    for (int more = count; more > 0; more--) {
      List<Scope.Column> columns = scope.of(choices.of(ORDERS));
      if (!columns.isEmpty()) {
        orders.add(
            choices.of(columns).name()
                + choices.of(List.of("", " DESC"))
                + choices.of(List.of("", " NULLS FIRST", " NULLS LAST")));
      }
    }
    return orders;
  }

  private static String over(String function, String window) {
    return function + " OVER (" + window.strip() + ")";
  }
}

package io.kurobe.planner.fuzz;

import io.kurobe.planner.fuzz.Relations.From;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes pairs of queries that must give the same rows, as a condition is either true, false or
 * unknown: ternary logic partitioning of rows, of DISTINCT, of aggregates and of HAVING (Rigger and
 * Su, "Finding Bugs in Database Systems via Query Partitioning", 2020), and a condition that is
 * counted instead of filtered by (the same, "Detecting Optimization Bugs in Database Engines via
 * Non-Optimizing Reference Engine Construction", 2020).
 */
final class Partitions {
  private final Grammar grammar = new Grammar();

  private Partitions() {}

  /** Two queries of the same rows. */
  static List<Query> pair(Choices choices) {
    return new Partitions().pairOf(choices);
  }

  private List<Query> pairOf(Choices choices) {
    int form = choices.below(6);
    From from = grammar.relations().from(choices.part(), 1);
    if (form == 4) {
      return having(choices, from);
    }
    String condition = grammar.predicates().of(choices.part(), from.scope(), Selects.DEPTH);
    return switch (form) {
      case 2 -> aggregates(choices, from, condition);
      case 3 -> rows(choices, from, condition, "DISTINCT ", " UNION ");
      case 5 -> counted(from, condition);
      default -> rows(choices, from, condition, "", " UNION ALL ");
    };
  }

  private List<Query> rows(
      Choices choices, From from, String condition, String distinct, String union) {
    List<Kind> kinds = Selects.kinds(choices);
    String items = String.join(", ", grammar.selects().items(choices.part(), kinds, from.scope()));
    String all = "SELECT " + distinct + items + " FROM " + from.sql();
    return same(all, parts(all + " WHERE ", condition, union), true);
  }

  private List<Query> aggregates(Choices choices, From from, String condition) {
    List<String> parts = new ArrayList<>();
    List<String> wholes = new ArrayList<>();
    for (int more = choices.below(3); more >= 0; more--) {
      String name = "c" + parts.size();
      Choices argument = choices.part();
      String function = choices.of(List.of("SUM", "MIN", "MAX", "COUNT"));
      Kind kind = choices.of(function.equals("SUM") ? Kind.NUMBERS : Kind.ORDERED);
      String value = grammar.expressions().of(kind, argument, from.scope(), 1);
      parts.add(function + "(" + value + ") AS " + name);
      wholes.add((function.equals("COUNT") ? "SUM" : function) + "(" + name + ") AS " + name);
    }
    String all = "SELECT " + String.join(", ", parts) + " FROM " + from.sql();
    return same(
        all,
        "SELECT "
            + String.join(", ", wholes)
            + " FROM ("
            + parts(all + " WHERE ", condition, " UNION ALL ")
            + ") p",
        false);
  }

  private List<Query> having(Choices choices, From from) {
    List<String> keys = grammar.groups().keys(choices, choices.part(), from.scope());
    List<String> items = new ArrayList<>(keys);
    items.add(grammar.groups().aggregate(choices.part(), from.scope()));
    for (int i = 0; i < items.size(); i++) {
      items.set(i, items.get(i) + " AS c" + i);
    }
    String all =
        "SELECT "
            + String.join(", ", items)
            + " FROM "
            + from.sql()
            + (keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys));
    String condition = grammar.groups().having(choices.part(), from.scope(), 1);
    return same(all, parts(all + " HAVING ", condition, " UNION ALL "), true);
  }

  private List<Query> counted(From from, String condition) {
    return same(
        "SELECT COUNT(*) AS c0 FROM " + from.sql() + " WHERE " + condition,
        "SELECT COALESCE(SUM(CASE WHEN "
            + condition
            + " THEN 1 ELSE 0 END), 0) AS c0 FROM "
            + from.sql(),
        false);
  }

  private static String parts(String all, String condition, String union) {
    return String.join(
        union,
        all + condition,
        all + "NOT (" + condition + ")",
        all + "(" + condition + ") IS NULL");
  }

  private List<Query> same(String one, String other, boolean typed) {
    return List.of(
        new Query(one, false, grammar.approximate(), typed),
        new Query(other, false, grammar.approximate(), typed));
  }
}

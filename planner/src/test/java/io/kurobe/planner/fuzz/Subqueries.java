package io.kurobe.planner.fuzz;

import io.kurobe.planner.fuzz.Relations.From;
import java.util.List;

/** Writes subqueries in conditions and values; they may speak of every query around them. */
final class Subqueries {
  private final Grammar grammar;

  Subqueries(Grammar grammar) {
    this.grammar = grammar;
  }

  /**
   * A condition with a subquery.
   *
   * @param outer what the queries around it have
   * @param depth how deep its own condition is
   */
  String predicate(Choices choices, Scope outer, int depth) {
    From from = grammar.relations().table(choices.part());
    Kind kind = choices.of(List.of(Kind.SMALL, Kind.TEXT, Kind.DATE, Kind.DECIMAL));
    if (outer.of(kind).isEmpty() || from.scope().of(kind).isEmpty()) {
      kind = Kind.SMALL;
    }
    if (from.scope().of(kind).isEmpty()) {
      return "EXISTS (SELECT 1 FROM " + from.sql() + ")";
    }
    String key = column(choices, outer, kind);
    String column = choices.of(from.scope().of(kind)).name();
    String condition = condition(choices, from.scope(), outer, depth);
    String rows = " FROM " + from.sql() + and(" WHERE ", condition);
    String matched =
        " FROM " + from.sql() + " WHERE " + column + " = " + key + and(" AND ", condition);
    return switch (choices.below(10)) {
      case 0 -> "(" + key + " IN (SELECT " + column + rows + "))";
      case 1, 6 -> "EXISTS (SELECT 1" + matched + ")";
      case 2 -> "(" + key + " NOT IN (SELECT " + column + rows + "))";
      case 3, 7 -> "NOT EXISTS (SELECT 1" + matched + ")";
      case 4 ->
          "("
              + key
              + " "
              + choices.of(Predicates.COMPARISONS)
              + choices.of(List.of(" ANY", " ALL"))
              + " (SELECT "
              + column
              + rows
              + "))";
      case 5 ->
          "("
              + key
              + " "
              + choices.of(Predicates.COMPARISONS)
              + " (SELECT "
              + choices.of(List.of("MAX(", "MIN("))
              + column
              + ")"
              + rows
              + "))";
      case 8 -> pairs(choices, from, outer, key, column, rows);
      default -> "EXISTS (SELECT " + column + rows + ")";
    };
  }

  /** Two values at once, of which either may be unknown. */
  private static String pairs(
      Choices choices, From from, Scope outer, String key, String column, String rows) {
    Kind kind = choices.of(List.of(Kind.SMALL, Kind.TEXT));
    if (outer.of(kind).isEmpty() || from.scope().of(kind).isEmpty()) {
      return "(" + key + " IN (SELECT " + column + rows + "))";
    }
    return "(("
        + key
        + ", "
        + choices.of(outer.of(kind)).name()
        + ")"
        + choices.of(List.of(" IN", " NOT IN"))
        + " (SELECT "
        + column
        + ", "
        + choices.of(from.scope().of(kind)).name()
        + rows
        + "))";
  }

  /** A SMALL value of a subquery that gives one row. */
  String scalar(Choices choices, Scope outer, int depth) {
    From from = grammar.relations().table(choices.part());
    if (from.scope().of(Kind.SMALL).isEmpty()) {
      return "(SELECT COUNT(*) FROM " + from.sql() + ")";
    }
    String value = choices.of(from.scope().of(Kind.SMALL)).name();
    Kind kind = choices.of(List.of(Kind.TEXT, Kind.SMALL));
    String correlation = "";
    if (choices.below(2) == 1 && !outer.of(kind).isEmpty() && !from.scope().of(kind).isEmpty()) {
      correlation =
          choices.of(from.scope().of(kind)).name() + " = " + choices.of(outer.of(kind)).name();
    }
    String condition = condition(choices, from.scope(), outer, depth);
    String where =
        correlation.isEmpty()
            ? and(" WHERE ", condition)
            : " WHERE " + correlation + and(" AND ", condition);
    int form = choices.below(6);
    if (form == 5 && !from.keys().isEmpty() && !outer.of(Kind.SMALL).isEmpty()) {
      // No two rows have the same key, so that there is one at most.
      String key = from.keys().get(0) + " = " + choices.of(outer.of(Kind.SMALL)).name();
      return "(SELECT "
          + value
          + " FROM "
          + from.sql()
          + " WHERE "
          + key
          + and(" AND ", condition)
          + ")";
    }
    String function =
        switch (form) {
          case 0, 4 -> "MAX(" + value + ")";
          case 1 -> "COUNT(*)";
          case 2 -> "MIN(" + value + ")";
          case 3 -> "COUNT(DISTINCT " + value + ")";
          default -> "SUM(" + value + ")";
        };
    return "(SELECT " + function + " FROM " + from.sql() + where + ")";
  }

  private String condition(Choices choices, Scope inner, Scope outer, int depth) {
    return switch (choices.below(4)) {
      case 0, 1 -> "";
      case 2 -> grammar.predicates().of(choices.part(), inner, Math.min(depth, 1));
      default -> grammar.predicates().of(choices.part(), inner.and(outer), depth);
    };
  }

  private static String column(Choices choices, Scope scope, Kind kind) {
    List<Scope.Column> columns = scope.of(kind);
    return columns.isEmpty() ? Literals.of(kind, choices) : choices.of(columns).name();
  }

  private static String and(String keyword, String condition) {
    return condition.isEmpty() ? "" : keyword + condition;
  }
}

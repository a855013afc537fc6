package io.kurobe.planner.fuzz;

import io.kurobe.planner.fuzz.Relations.From;
import java.util.ArrayList;
import java.util.List;

/** Writes queries that give columns of given kinds, called c0, c1 and so on. */
final class Selects {
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
          Kind.CHAR,
          Kind.TIME,
          Kind.INSTANT,
          Kind.REAL,
          Kind.WIDE,
          Kind.UUID,
          Kind.BINARY);
  private static final List<String> SET_OPERATORS =
      List.of(
          " UNION ALL ", " UNION ", " INTERSECT ", " EXCEPT ", " INTERSECT ALL ", " EXCEPT ALL ");

  /** How deep expressions and conditions are. */
  static final int DEPTH = 3;

  private final Grammar grammar;

  Selects(Grammar grammar) {
    this.grammar = grammar;
  }

  /** One to four kinds. */
  static List<Kind> kinds(Choices choices) {
    List<Kind> kinds = new ArrayList<>();
    for (int columns = choices.below(4); columns >= 0; columns--) {
      kinds.add(choices.of(OUTPUT));
    }
    return kinds;
  }

  /**
   * A query, or set operations on queries.
   *
   * @param nesting how deep set operations may stand in each other
   */
  String rows(Choices choices, List<Kind> kinds, int nesting) {
    if (nesting > 0 && choices.below(3) > 0) {
      String left = rows(choices.part(), kinds, nesting - 1);
      String right = rows(choices.part(), kinds, nesting - 1);
      return "(" + left + ")" + choices.of(SET_OPERATORS) + "(" + right + ")";
    }
    return switch (choices.below(8)) {
      case 6 ->
          select(choices.part(), kinds)
              + " ORDER BY "
              + keys(choices, kinds.size())
              + " LIMIT "
              + (1 + choices.below(5));
      case 7 ->
          kinds.contains(Kind.CHAR)
              ? select(choices.part(), kinds)
              : "VALUES " + Relations.valueRows(choices.part(), kinds);
      default -> select(choices.part(), kinds);
    };
  }

  /** Two queries and an operation on their rows. */
  String operation(Choices choices, List<Kind> kinds) {
    String operator = choices.of(SET_OPERATORS);
    if (choices.oneIn(3)) {
      String left = rows(choices.part(), kinds, 1);
      return "(" + left + ")" + operator + "(" + rows(choices.part(), kinds, 1) + ")";
    }
    return select(choices.part(), kinds) + operator + select(choices.part(), kinds);
  }

  String select(Choices choices, List<Kind> kinds) {
    From from = grammar.relations().from(choices.part(), 1);
    String distinct = choices.oneIn(4) ? "DISTINCT " : "";
    return "SELECT "
        + distinct
        + String.join(", ", items(choices.part(), kinds, from.scope()))
        + " FROM "
        + from.sql()
        + where(choices.part(), from.scope());
  }

  List<String> items(Choices choices, List<Kind> kinds, Scope scope) {
    List<String> items = new ArrayList<>();
    for (Kind kind : kinds) {
      items.add(item(choices, kind, scope) + " AS c" + items.size());
    }
    return items;
  }

  private String item(Choices choices, Kind kind, Scope scope) {
    if (kind != Kind.CHAR) {
      return grammar.expressions().of(kind, choices.part(), scope, DEPTH - 1);
    }
    List<Scope.Column> columns = scope.of(Kind.CHAR);
    return columns.isEmpty()
        ? grammar.expressions().of(Kind.TEXT, choices.part(), scope, DEPTH - 1)
        : choices.of(columns).name();
  }

  String where(Choices choices, Scope scope) {
    return choices.below(3) == 0
        ? ""
        : " WHERE " + grammar.predicates().of(choices.part(), scope, DEPTH);
  }

  /** Every column by its position, in some direction. */
  static String keys(Choices choices, int columns) {
    List<String> keys = new ArrayList<>();
    for (int column = 1; column <= columns; column++) {
      keys.add(
          column
              + choices.of(List.of("", " DESC"))
              + choices.of(List.of("", " NULLS FIRST", " NULLS LAST")));
    }
    return String.join(", ", keys);
  }
}

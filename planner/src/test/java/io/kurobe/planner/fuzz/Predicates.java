package io.kurobe.planner.fuzz;

import java.util.List;

/** Writes random conditions. Like expressions, none fails on any row. */
final class Predicates {
  static final List<String> COMPARISONS = List.of("=", "<", ">", "<>", "<=", ">=");

  private static final List<String> PATTERNS =
      List.of("%", "a%", "%b", "_", "%a%b%", "a\\_b", "a\\%b", "%\\\\%", "", "ä", "_b", "%e%");

  private static final List<Kind> FOR_EQUALITY = List.of(Kind.UUID, Kind.BINARY);

  private final Grammar grammar;

  Predicates(Grammar grammar) {
    this.grammar = grammar;
  }

  /** A condition. */
  String of(Choices choices, Scope scope, int depth) {
    Choices first = choices.part();
    Choices second = choices.part();
    int deeper = Math.max(depth - 1, 0);
    int form = choices.below(depth > 0 ? 15 : 6);
    boolean equality = choices.oneIn(12);
    Kind kind = choices.of(equality ? FOR_EQUALITY : Kind.ORDERED);
    String left = expression(kind, first, scope, deeper);
    return switch (form) {
      case 0 ->
          "("
              + left
              + " "
              + choices.of(equality ? List.of("=", "<>") : COMPARISONS)
              + " "
              + expression(kind, second, scope, deeper)
              + ")";
      case 1 -> "(" + left + ") IS " + (choices.below(2) == 0 ? "" : "NOT ") + "NULL";
      case 2 -> {
        List<Scope.Column> columns = scope.of(Kind.BOOLEAN);
        yield columns.isEmpty() ? "TRUE" : choices.of(columns).name();
      }
      case 3 -> "(" + left + not(choices) + " IN (" + Literals.some(kind, choices, second) + "))";
      case 4 ->
          "("
              + expression(Kind.TEXT, first, scope, deeper)
              + not(choices)
              + " LIKE '"
              + choices.of(PATTERNS)
              + "')";
      case 5 -> padded(choices, scope);
      case 6, 7 -> "(" + of(first, scope, deeper) + " AND " + of(second, scope, deeper) + ")";
      case 8 -> "(" + of(first, scope, deeper) + " OR " + of(second, scope, deeper) + ")";
      case 9 -> "NOT (" + of(first, scope, deeper) + ")";
      case 10 -> {
        Kind ordered = equality ? Kind.SMALL : kind;
        yield "("
            + (equality ? expression(ordered, second, scope, deeper) : left)
            + not(choices)
            + " BETWEEN "
            + Literals.of(ordered, choices)
            + " AND "
            + expression(ordered, second, scope, deeper)
            + ")";
      }
      case 11 ->
          "("
              + left
              + " IS"
              + not(choices)
              + " DISTINCT FROM "
              + expression(kind, second, scope, deeper)
              + ")";
      case 12 ->
          "("
              + of(first, scope, deeper)
              + ") IS "
              + choices.of(List.of("TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "NULL", "NOT NULL"));
      default -> grammar.subqueries().predicate(second, scope, deeper);
    };
  }

  /** A comparison of text that is padded. */
  private static String padded(Choices choices, Scope scope) {
    List<Scope.Column> columns = scope.of(Kind.CHAR);
    if (columns.isEmpty()) {
      return "FALSE";
    }
    return "("
        + choices.of(columns).name()
        + " "
        + choices.of(COMPARISONS)
        + " "
        + (choices.below(2) == 0 ? Literals.of(Kind.CHAR, choices) : choices.of(columns).name())
        + ")";
  }

  private String expression(Kind kind, Choices choices, Scope scope, int depth) {
    return grammar.expressions().of(kind, choices, scope, depth);
  }

  private static String not(Choices choices) {
    return choices.below(3) == 2 ? " NOT" : "";
  }
}

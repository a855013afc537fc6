package io.kurobe.planner.fuzz;

import java.util.List;

/**
 * Writes random expressions of a kind. None fails on any row: engines may compute an expression for
 * rows that a filter would have removed, or not at all, and both are right.
 */
final class Expressions {
  private final Grammar grammar;

  Expressions(Grammar grammar) {
    this.grammar = grammar;
  }

  /** An expression of a kind. */
  String of(Kind kind, Choices choices, Scope scope, int depth) {
    if (kind == Kind.BOOLEAN) {
      return grammar.predicates().of(choices, scope, depth);
    }
    int form = choices.below(depth > 0 && kind != Kind.CHAR ? (kind.isPlain() ? 6 : 10) : 3);
    List<Scope.Column> columns = scope.of(kind);
    if (form < 2 && !columns.isEmpty()) {
      return choices.of(columns).name();
    }
    if (form < 3) {
      return Literals.of(kind, choices);
    }
    Choices first = choices.part();
    Choices second = choices.part();
    Choices third = choices.part();
    int deeper = depth - 1;
    return switch (form) {
      case 3 ->
          "CASE WHEN "
              + grammar.predicates().of(first, scope, deeper)
              + " THEN "
              + of(kind, second, scope, deeper)
              + (choices.below(2) == 0 ? "" : " ELSE " + of(kind, third, scope, deeper))
              + " END";
      case 4 ->
          "COALESCE("
              + of(kind, first, scope, deeper)
              + ", "
              + of(kind, second, scope, deeper)
              + ")";
      case 5 ->
          "NULLIF(" + of(kind, first, scope, deeper) + ", " + of(kind, second, scope, deeper) + ")";
      default -> operation(kind, choices, first, second, scope, deeper);
    };
  }

  private String operation(
      Kind kind, Choices choices, Choices first, Choices second, Scope scope, int depth) {
    return switch (kind) {
      case SMALL -> small(choices, first, second, scope, depth);
      case DECIMAL -> decimal(choices, first, second, scope, depth);
      case DOUBLE -> doubled(choices, first, second, scope, depth);
      case TEXT -> text(choices, first, second, scope, depth);
      case INT -> "CAST(" + of(Kind.SMALL, first, scope, depth) + " AS INTEGER)";
      case BIG -> {
        Kind narrower = choices.of(List.of(Kind.SMALL, Kind.INT));
        yield "CAST(" + of(narrower, first, scope, depth) + " AS BIGINT)";
      }
      case DATE ->
          switch (choices.below(4)) {
            case 0 ->
                "CAST("
                    + of(choices.of(List.of(Kind.TIMESTAMP, Kind.INSTANT)), first, scope, depth)
                    + " AS DATE)";
            case 1 ->
                of(Kind.DATE, first, scope, depth)
                    + " + INTERVAL '1' "
                    + choices.of(List.of("DAY", "MONTH", "YEAR"));
            // An interval before TO would be read as one of YEAR TO MONTH.
            default ->
                "FLOOR(("
                    + of(Kind.DATE, first, scope, depth)
                    + ") TO "
                    + choices.of(List.of("MONTH", "YEAR", "QUARTER", "WEEK"))
                    + ")";
          };
      case TIMESTAMP ->
          choices.below(3) == 0
              ? "CAST("
                  + of(choices.of(List.of(Kind.DATE, Kind.INSTANT)), first, scope, depth)
                  + " AS TIMESTAMP)"
              : choices.below(2) == 0
                  ? of(Kind.TIMESTAMP, first, scope, depth)
                      + " - INTERVAL '1' "
                      + choices.of(List.of("SECOND", "HOUR", "MONTH"))
                  : "FLOOR(("
                      + of(Kind.TIMESTAMP, first, scope, depth)
                      + ") TO "
                      + choices.of(List.of("DAY", "MONTH", "YEAR", "HOUR"))
                      + ")";
      case TIME -> "CAST(" + of(Kind.TIMESTAMP, first, scope, depth) + " AS TIME)";
      case INSTANT ->
          choices.below(2) == 0
              ? "CAST("
                  + of(Kind.TIMESTAMP, first, scope, depth)
                  + " AS TIMESTAMP WITH LOCAL TIME ZONE)"
              : of(Kind.INSTANT, first, scope, depth)
                  + " + INTERVAL '1' "
                  + choices.of(List.of("SECOND", "HOUR"));
      case REAL ->
          switch (choices.below(3)) {
            case 0 -> "CAST(" + of(Kind.SMALL, first, scope, 0) + " AS REAL)";
            case 1 -> "- (" + of(Kind.REAL, first, scope, depth) + ")";
            default -> "ABS(" + of(Kind.REAL, first, scope, depth) + ")";
          };
      case WIDE ->
          switch (choices.below(3)) {
            case 0 -> "CAST(" + of(Kind.DECIMAL, first, scope, 0) + " AS DECIMAL(38, 10))";
            case 1 -> "- (" + of(Kind.WIDE, first, scope, depth) + ")";
            default -> "ABS(" + of(Kind.WIDE, first, scope, depth) + ")";
          };
      case CHAR, BOOLEAN, UUID, BINARY ->
          throw new IllegalArgumentException("no operation gives " + kind);
    };
  }

  private String small(Choices choices, Choices first, Choices second, Scope scope, int depth) {
    String left = "(" + of(Kind.SMALL, first, scope, Math.min(depth, 1)) + ")";
    String right = "(" + of(Kind.SMALL, second, scope, Math.min(depth, 1)) + ")";
    return switch (choices.below(17)) {
      case 0 -> left + " + " + right;
      case 1 -> left + " - " + right;
      case 2 -> left + " * " + right;
      case 3 -> left + " / NULLIF(" + right + ", 0)";
      case 4 -> "MOD(" + left + ", NULLIF(" + right + ", 0))";
      case 5 -> "ABS(" + left + ")";
      case 6 -> "- " + left;
      case 7 -> "CHAR_LENGTH(" + of(Kind.TEXT, first, scope, depth) + ")";
      case 8 ->
          "EXTRACT("
              + choices.of(List.of("YEAR", "MONTH", "DAY", "QUARTER", "DOW", "DOY", "WEEK"))
              + " FROM "
              + of(Kind.DATE, first, scope, depth)
              + ")";
      case 9 -> "CAST(" + of(Kind.DOUBLE, first, Scope.EMPTY, 0) + " AS INTEGER)";
      case 10 -> "CAST(" + of(Kind.DECIMAL, first, scope, 0) + " AS INTEGER)";
      case 11 ->
          "EXTRACT("
              + choices.of(List.of("HOUR", "MINUTE", "SECOND"))
              + " FROM "
              + of(Kind.TIMESTAMP, first, scope, depth)
              + ")";
      case 12 -> "POSITION('b' IN " + of(Kind.TEXT, first, scope, depth) + ")";
      case 13 ->
          "EXTRACT("
              + choices.of(List.of("HOUR", "MINUTE"))
              + " FROM "
              + of(choices.of(List.of(Kind.TIME, Kind.INSTANT)), first, scope, depth)
              + ")";
      case 14 -> choices.of(List.of("GREATEST(", "LEAST(")) + left + ", " + right + ")";
      default -> grammar.subqueries().scalar(first, scope, depth);
    };
  }

  private String decimal(Choices choices, Choices first, Choices second, Scope scope, int depth) {
    String left = "(" + of(Kind.DECIMAL, first, scope, 0) + ")";
    String right = "(" + of(Kind.DECIMAL, second, scope, 0) + ")";
    return switch (choices.below(11)) {
      case 0 -> left + " + " + right;
      case 1 -> left + " - " + right;
      case 2 -> left + " * " + right;
      case 3 -> left + " * (" + of(Kind.SMALL, second, scope, Math.min(depth, 1)) + ")";
      case 4 -> "CAST(" + of(Kind.SMALL, first, scope, Math.min(depth, 1)) + " AS DECIMAL(10, 2))";
      case 5 -> "ABS(" + left + ")";
      case 6 -> "ROUND(" + left + ", " + choices.below(3) + ")";
      case 7 -> "CAST(" + left + " AS DECIMAL(12, 1))";
      case 8 -> choices.of(List.of("FLOOR(", "CEIL(")) + left + ")";
      case 9 -> {
        grammar.approximates();
        yield left + " / NULLIF(" + right + ", 0)";
      }
      default -> "- " + left;
    };
  }

  private String doubled(Choices choices, Choices first, Choices second, Scope scope, int depth) {
    String left = "(" + of(Kind.DOUBLE, first, scope, 0) + ")";
    String right = "(" + of(Kind.DOUBLE, second, scope, 0) + ")";
    return switch (choices.below(8)) {
      case 6 -> "CAST(" + of(Kind.REAL, first, scope, depth) + " AS DOUBLE)";
      case 5 -> left + " / NULLIF(" + right + ", 0E0)";
      case 0 -> left + " + " + right;
      case 1 -> left + " - " + right;
      case 2 -> left + " * " + right;
      case 3 -> "CAST(" + of(Kind.SMALL, first, scope, depth) + " AS DOUBLE)";
      case 4 -> "CAST(" + of(Kind.DECIMAL, first, scope, depth) + " AS DOUBLE)";
      default -> "ABS(" + left + ")";
    };
  }

  private String text(Choices choices, Choices first, Choices second, Scope scope, int depth) {
    String left = of(Kind.TEXT, first, scope, depth);
    return switch (choices.below(18)) {
      case 15 -> "CAST(" + of(Kind.UUID, first, scope, 0) + " AS VARCHAR)";
      case 16 -> "CAST(" + of(Kind.TIME, first, scope, depth) + " AS VARCHAR)";
      case 17 -> "CAST(" + of(Kind.WIDE, first, scope, depth) + " AS VARCHAR)";
      case 7 -> "LOWER(" + left + ")";
      case 8 -> "UPPER(" + left + ")";
      case 9 ->
          "TRIM(" + choices.of(List.of("LEADING", "TRAILING", "BOTH")) + " 'a' FROM " + left + ")";
      case 10 -> "CAST(" + of(Kind.DECIMAL, first, scope, depth) + " AS VARCHAR)";
      case 11 -> "CAST(" + of(Kind.TIMESTAMP, first, scope, depth) + " AS VARCHAR)";
      case 12 -> "REPLACE(" + left + ", 'a', " + Literals.of(Kind.TEXT, choices) + ")";
      case 13 -> "OVERLAY(" + left + " PLACING 'xy' FROM " + (1 + choices.below(3)) + ")";
      case 14 -> {
        List<Scope.Column> columns = scope.of(Kind.CHAR);
        yield columns.isEmpty()
            ? "''"
            : choices.below(2) == 0
                ? "TRIM(" + choices.of(columns).name() + ")"
                : "CAST(" + choices.of(columns).name() + " AS VARCHAR) || '|'";
      }
      case 0 -> "(" + left + ") || (" + of(Kind.TEXT, second, scope, depth) + ")";
      case 1 -> "SUBSTRING(" + left + " FROM " + (1 + choices.below(3)) + ")";
      case 2 -> "SUBSTRING(" + left + " FROM " + (1 + choices.below(3)) + " FOR 2)";
      case 3 -> "TRIM(" + left + ")";
      case 4 -> "CAST(" + of(Kind.SMALL, first, scope, depth) + " AS VARCHAR)";
      case 5 -> "SUBSTRING(" + left + " FROM " + choices.below(3) + " FOR 1)";
      default -> "CAST(" + of(Kind.DATE, first, scope, depth) + " AS VARCHAR)";
    };
  }
}

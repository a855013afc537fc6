package io.kurobe.planner.fuzz;

import java.util.List;
import java.util.function.BiFunction;

/**
 * Writes random expressions of a kind. None fails on any row: engines may compute an expression for
 * rows that a filter would have removed, or not at all, and both are right.
 */
final class Expressions {
  private static final List<String> COMPARISONS = List.of("=", "<", ">", "<>", "<=", ">=");
  private static final List<Kind> COMPARED =
      List.of(
          Kind.SMALL,
          Kind.TEXT,
          Kind.INT,
          Kind.DECIMAL,
          Kind.DATE,
          Kind.BIG,
          Kind.DOUBLE,
          Kind.TIMESTAMP);
  private static final List<String> PATTERNS =
      List.of("%", "a%", "%b", "_", "%a%b%", "a\\_b", "a\\%b", "%\\\\%", "", "ä", "_b", "%e%");

  private static final Scope FINITE = Scope.EMPTY;

  private final BiFunction<Choices, Scope, String> subqueryPredicate;
  private final BiFunction<Choices, Scope, String> scalarSubquery;

  private boolean approximate;

  /**
   * Makes a writer.
   *
   * @param subqueryPredicate writes a predicate with a subquery
   * @param scalarSubquery writes a SMALL subquery of one row
   */
  Expressions(
      BiFunction<Choices, Scope, String> subqueryPredicate,
      BiFunction<Choices, Scope, String> scalarSubquery) {
    this.subqueryPredicate = subqueryPredicate;
    this.scalarSubquery = scalarSubquery;
  }

  /** An expression of a kind. */
  String of(Kind kind, Choices choices, Scope scope, int depth) {
    if (kind == Kind.BOOLEAN) {
      return predicate(choices, scope, depth);
    }
    int form = choices.below(depth > 0 && kind != Kind.CHAR ? 10 : 3);
    List<Scope.Column> columns = scope.of(kind);
    if (form < 2 && !columns.isEmpty()) {
      return choices.of(columns).name();
    }
    if (form < 3) {
      return literal(kind, choices);
    }
    Choices first = choices.part();
    Choices second = choices.part();
    Choices third = choices.part();
    int deeper = depth - 1;
    return switch (form) {
      case 3 ->
          "CASE WHEN "
              + predicate(first, scope, deeper)
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
          switch (choices.below(3)) {
            case 0 -> "CAST(" + of(Kind.TIMESTAMP, first, scope, depth) + " AS DATE)";
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
              ? "CAST(" + of(Kind.DATE, first, scope, depth) + " AS TIMESTAMP)"
              : choices.below(2) == 0
                  ? of(Kind.TIMESTAMP, first, scope, depth)
                      + " - INTERVAL '1' "
                      + choices.of(List.of("SECOND", "HOUR", "MONTH"))
                  : "FLOOR(("
                      + of(Kind.TIMESTAMP, first, scope, depth)
                      + ") TO "
                      + choices.of(List.of("DAY", "MONTH", "YEAR", "HOUR"))
                      + ")";
      case CHAR, BOOLEAN -> throw new IllegalArgumentException("no operation gives " + kind);
    };
  }

  private String small(Choices choices, Choices first, Choices second, Scope scope, int depth) {
    String left = "(" + of(Kind.SMALL, first, scope, Math.min(depth, 1)) + ")";
    String right = "(" + of(Kind.SMALL, second, scope, Math.min(depth, 1)) + ")";
    return switch (choices.below(14)) {
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
      case 9 -> "CAST(" + of(Kind.DOUBLE, first, FINITE, 0) + " AS INTEGER)";
      case 10 -> "CAST(" + of(Kind.DECIMAL, first, scope, 0) + " AS INTEGER)";
      case 11 ->
          "EXTRACT("
              + choices.of(List.of("HOUR", "MINUTE", "SECOND"))
              + " FROM "
              + of(Kind.TIMESTAMP, first, scope, depth)
              + ")";
      case 12 -> "POSITION('b' IN " + of(Kind.TEXT, first, scope, depth) + ")";
      default -> scalarSubquery.apply(first, scope);
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
        approximate = true;
        yield left + " / NULLIF(" + right + ", 0)";
      }
      default -> "- " + left;
    };
  }

  /** Whether a decimal was divided, which some engines do in DOUBLE. */
  boolean approximate() {
    return approximate;
  }

  private String doubled(Choices choices, Choices first, Choices second, Scope scope, int depth) {
    String left = "(" + of(Kind.DOUBLE, first, scope, 0) + ")";
    String right = "(" + of(Kind.DOUBLE, second, scope, 0) + ")";
    return switch (choices.below(7)) {
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
    return switch (choices.below(15)) {
      case 7 -> "LOWER(" + left + ")";
      case 8 -> "UPPER(" + left + ")";
      case 9 ->
          "TRIM(" + choices.of(List.of("LEADING", "TRAILING", "BOTH")) + " 'a' FROM " + left + ")";
      case 10 -> "CAST(" + of(Kind.DECIMAL, first, scope, depth) + " AS VARCHAR)";
      case 11 -> "CAST(" + of(Kind.TIMESTAMP, first, scope, depth) + " AS VARCHAR)";
      case 12 -> "REPLACE(" + left + ", 'a', " + literal(Kind.TEXT, choices) + ")";
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

  /** A condition. */
  String predicate(Choices choices, Scope scope, int depth) {
    Choices first = choices.part();
    Choices second = choices.part();
    int deeper = Math.max(depth - 1, 0);
    int form = choices.below(depth > 0 ? 14 : 6);
    Kind kind = choices.of(COMPARED);
    String left = of(kind, first, scope, deeper);
    return switch (form) {
      case 0 ->
          "(" + left + " " + choices.of(COMPARISONS) + " " + of(kind, second, scope, deeper) + ")";
      case 1 -> "(" + left + ") IS " + (choices.below(2) == 0 ? "" : "NOT ") + "NULL";
      case 2 -> {
        List<Scope.Column> columns = scope.of(Kind.BOOLEAN);
        yield columns.isEmpty() ? "TRUE" : choices.of(columns).name();
      }
      case 3 -> "(" + left + not(choices) + " IN (" + literals(kind, choices, second) + "))";
      case 4 ->
          "("
              + of(Kind.TEXT, first, scope, deeper)
              + not(choices)
              + " LIKE '"
              + choices.of(PATTERNS)
              + "')";
      case 5 -> {
        List<Scope.Column> columns = scope.of(Kind.CHAR);
        yield columns.isEmpty()
            ? "FALSE"
            : "("
                + choices.of(columns).name()
                + " "
                + choices.of(COMPARISONS)
                + " "
                + (choices.below(2) == 0 ? literal(Kind.CHAR, choices) : choices.of(columns).name())
                + ")";
      }
      case 6, 7 ->
          "(" + predicate(first, scope, deeper) + " AND " + predicate(second, scope, deeper) + ")";
      case 8 ->
          "(" + predicate(first, scope, deeper) + " OR " + predicate(second, scope, deeper) + ")";
      case 9 -> "NOT (" + predicate(first, scope, deeper) + ")";
      case 10 ->
          "("
              + left
              + not(choices)
              + " BETWEEN "
              + literal(kind, choices)
              + " AND "
              + of(kind, second, scope, deeper)
              + ")";
      case 11 ->
          "("
              + left
              + " IS"
              + not(choices)
              + " DISTINCT FROM "
              + of(kind, second, scope, deeper)
              + ")";
      case 12 ->
          "("
              + predicate(first, scope, deeper)
              + ") IS "
              + choices.of(List.of("TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "NULL", "NOT NULL"));
      default -> subqueryPredicate.apply(second, scope);
    };
  }

  private static String not(Choices choices) {
    return choices.below(3) == 2 ? " NOT" : "";
  }

  private static String literals(Kind kind, Choices choices, Choices list) {
    StringBuilder literals = new StringBuilder(literal(kind, choices));
    for (int more = choices.below(3); more > 0; more--) {
      literals.append(", ").append(literal(kind, list));
    }
    return literals.toString();
  }

  /** A value written out. */
  static String literal(Kind kind, Choices choices) {
    return switch (kind) {
      case SMALL -> choices.of(List.of("0", "1", "2", "-1", "3"));
      case INT -> choices.of(List.of("0", "1", "2147483647", "-2147483647"));
      case BIG -> choices.of(List.of("0", "9223372036854775807", "-7"));
      case DECIMAL -> choices.of(List.of("0.00", "1.50", "-1.50", "99999999.99", "1.5"));
      case DOUBLE -> choices.of(List.of("0E0", "1.5E0", "-2.25E0", "1.048576E6"));
      case TEXT, CHAR ->
          "'"
              + (kind == Kind.CHAR
                  ? choices.of(List.of("a", "A", "ab", "", "b"))
                  : choices.of(Tables.TEXTS).replace("'", "''"))
              + "'";
      case DATE -> "DATE '" + choices.of(List.of("2024-02-29", "1970-01-01", "0001-01-01")) + "'";
      case TIMESTAMP ->
          "TIMESTAMP '"
              + choices.of(
                  List.of(
                      "2024-02-29 10:00:00.123456",
                      "1970-01-01 00:00:00",
                      "1969-12-31 23:59:59.999999"))
              + "'";
      case BOOLEAN -> choices.of(List.of("TRUE", "FALSE"));
    };
  }
}

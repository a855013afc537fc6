package io.kurobe.adapters.source;

import java.util.Optional;
import java.util.Set;

/**
 * What a source may be asked to do because it means there what it means here (docs/semantics.md).
 * The planner asks before it pushes; what is not named here runs in the engine.
 *
 * @param operations the relational operations it runs
 * @param functions the operators and functions it runs with our meaning, by Calcite's operator name
 *     in upper case, such as {@code "+"}, {@code "UPPER"}, {@code "COUNT"}
 * @param textOrder how text is ordered by UTF-8 bytes: empty if it cannot, {@code ""} if it does so
 *     by itself, else the collation to name
 */
public record Capabilities(
    Set<Operation> operations, Set<String> functions, Optional<String> textOrder) {

  /** A relational operation, or a form of one. */
  public enum Operation {
    PROJECT,
    FILTER,
    INNER_JOIN,
    OUTER_JOIN,
    /** EXISTS, IN and their negations. */
    SEMI_JOIN,
    AGGREGATE,
    GROUPING_SETS,
    AGGREGATE_FILTER,
    AGGREGATE_DISTINCT,
    SORT,
    LIMIT,
    WINDOW,
    UNION,
    INTERSECT,
    EXCEPT,
    VALUES
  }

  public Capabilities {
    operations = Set.copyOf(operations);
    functions = Set.copyOf(functions);
  }

  /** A source that only scans. */
  public static final Capabilities NONE = new Capabilities(Set.of(), Set.of(), Optional.empty());
}

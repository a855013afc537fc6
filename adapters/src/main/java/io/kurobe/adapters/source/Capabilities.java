package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * What a source may be asked to do because it means there what it means here (docs/semantics.md).
 * The planner asks before it pushes; what is not named here runs in the engine. What only has to be
 * written otherwise to mean the same is the dialect's to write.
 *
 * @param operations the relational operations it runs
 * @param functions the operators, functions and aggregates it runs, by Calcite's operator name in
 *     upper case, such as {@code "+"}, {@code "UPPER"}, {@code "COUNT"}, each with the rule under
 *     which it means the same ({@link FunctionTable})
 * @param textOrder how it orders text by UTF-8 bytes
 */
public record Capabilities(
    Set<Operation> operations, Map<String, FunctionRule> functions, TextOrder textOrder) {
  private static final FunctionRule UNKNOWN =
      FunctionRule.never("is not known to mean the same there");

  /** A relational operation, or a form of one. */
  public enum Operation {
    PROJECT,
    FILTER,
    /** A hundred thousand integers that a column may be one of, read as quickly as it is sent. */
    LONG_LIST_OF_INTEGERS,
    INNER_JOIN,
    OUTER_JOIN,
    /** A FULL JOIN whose condition is more than equalities. */
    UNEQUAL_FULL_JOIN,
    /** EXISTS, IN and their negations. */
    SEMI_JOIN,
    AGGREGATE,
    GROUPING_SETS,
    AGGREGATE_FILTER,
    AGGREGATE_DISTINCT,
    SORT,
    /** A sort, or the order of a window, by REAL or DOUBLE, whose NaN is greatest. */
    FLOATING_SORT,
    /** The same by arrays and rows, whose NULLs are greatest. */
    COMPOSED_SORT,
    LIMIT,
    /** Conditions above {@code OFFSET 0} are computed of the rows below it and of no others. */
    FENCE,
    WINDOW,
    UNION,
    INTERSECT,
    EXCEPT,
    VALUES
  }

  public Capabilities {
    operations = Set.copyOf(operations);
    functions = Map.copyOf(functions);
    requireNonNull(textOrder, "textOrder is null");
  }

  /** A source that only scans. */
  public static final Capabilities NONE = new Capabilities(Set.of(), Map.of(), TextOrder.NONE);

  /** Whether an operation is one of its own. */
  public boolean has(Operation operation) {
    return operations.contains(operation);
  }

  /** Whether a use of a function means the same there; a reason begins with the function. */
  public Verdict check(FunctionUse use) {
    Verdict verdict = functions.getOrDefault(use.name(), UNKNOWN).check(use);
    return verdict instanceof Verdict.Refused refused
        ? Verdict.refused(use.name() + " " + refused.reason())
        : verdict;
  }
}

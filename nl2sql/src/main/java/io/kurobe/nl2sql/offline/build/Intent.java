package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a question asks for, before it is known how its tables are joined.
 *
 * @param entity the table whose rows the question is about
 * @param outputs what is shown, in order
 * @param distinct whether the same row is shown once
 * @param where conditions that all hold; of each list at least one
 * @param groups what aggregates are computed for each of
 * @param having conditions on aggregates
 * @param order by what rows are ordered
 * @param limit how many rows are shown
 * @param mentioned tables that the question names without saying more
 * @param through for a table, the one over which it is reached: whose it is
 * @param named columns that the question names: of several keys to a table the one it means
 * @param combined another intent whose rows are taken as well, or away
 * @param within if the limit is one within groups, those
 */
public record Intent(
    Optional<SchemaTable> entity,
    List<Expression> outputs,
    boolean distinct,
    List<List<Condition>> where,
    List<Expression> groups,
    List<Having> having,
    List<Order> order,
    Optional<Integer> limit,
    List<SchemaTable> mentioned,
    Map<SchemaTable, SchemaTable> through,
    Set<SchemaColumn> named,
    Optional<Combined> combined,
    Optional<Within> within) {

  /** How the rows, or the only values, of two intents are combined. */
  public enum Combination {
    INTERSECT,
    EXCEPT,
    UNION,
    PERCENTAGE,
    RATIO,
    /** One value beside the other. */
    BESIDE;

    /** Whether each side is one value. */
    public boolean ofValues() {
      return this == PERCENTAGE || this == RATIO || this == BESIDE;
    }
  }

  /**
   * Groups within which rows are ordered and limited.
   *
   * @param by what rows of a group share
   * @param ties whether rows that are as good as the last one are shown as well
   */
  public record Within(List<Expression> by, boolean ties) {
    public Within {
      by = List.copyOf(by);
    }
  }

  /** Another intent, which shows as many columns, and what becomes of both. */
  public record Combined(Combination by, Intent with) {}

  /**
   * A condition on an aggregate.
   *
   * @param overall an aggregate over all rows that it is compared with, if not with a value
   */
  public record Having(
      Expression aggregate, String operator, String value, Optional<Expression> overall) {
    public Having(Expression aggregate, String operator, String value) {
      this(aggregate, operator, value, Optional.empty());
    }
  }

  /** A key of the order. */
  public record Order(Expression by, boolean descending) {}

  /** The same with each row shown once. */
  Intent different() {
    return new Intent(
        entity, outputs, true, where, groups, having, order, limit, mentioned, through, named,
        combined, within);
  }

  public Intent {
    outputs = List.copyOf(outputs);
    where = where.stream().map(List::copyOf).toList();
    groups = List.copyOf(groups);
    having = List.copyOf(having);
    order = List.copyOf(order);
    mentioned = List.copyOf(mentioned);
    through = Collections.unmodifiableMap(new LinkedHashMap<>(through));
    named = Collections.unmodifiableSet(new LinkedHashSet<>(named));
  }
}

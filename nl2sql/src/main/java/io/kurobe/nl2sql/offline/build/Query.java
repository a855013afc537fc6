package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.List;
import java.util.Optional;

/**
 * A query: an {@link Intent} whose tables are joined. {@link SqlWriter} writes it as SQL.
 *
 * @param root the first table of FROM
 * @param joins the others, in an order in which each joins one that is there
 * @param other what the rows are combined with, if the intent says so
 * @param semiJoins what must exist, or must not, beside it
 */
public record Query(
    Intent intent,
    SchemaTable root,
    List<Join> joins,
    List<Shown> select,
    List<List<Condition>> where,
    List<SemiJoin> semiJoins,
    List<Expression> groupBy,
    List<Intent.Having> having,
    List<Intent.Order> orderBy,
    Optional<Integer> limit,
    Optional<Query> other) {

  /** This query combined with another as its intent says. */
  Query with(Query combined) {
    return new Query(
        intent,
        root,
        joins,
        select,
        where,
        semiJoins,
        groupBy,
        having,
        orderBy,
        limit,
        Optional.of(combined));
  }

  /**
   * A shown expression.
   *
   * @param distinct whether a count counts each row of its table once, because joins repeat it
   */
  public record Shown(Expression expression, boolean distinct) {}

  /**
   * A condition that rows of other tables decide.
   *
   * @param outer the columns here
   * @param inner the columns there that equal them
   * @param joins ways on from there
   */
  public record SemiJoin(
      List<SchemaColumn> outer,
      SchemaTable table,
      List<SchemaColumn> inner,
      List<Join> joins,
      List<List<Condition>> where,
      boolean negated) {}

  public Query {
    joins = List.copyOf(joins);
    select = List.copyOf(select);
    where = List.copyOf(where);
    semiJoins = List.copyOf(semiJoins);
    groupBy = List.copyOf(groupBy);
    having = List.copyOf(having);
    orderBy = List.copyOf(orderBy);
  }
}

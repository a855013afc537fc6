package io.kurobe.nl2sql.validate;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.generate.Proposal;
import io.kurobe.planner.question.BoundQuestion;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * A proposal the planner accepts: a query, bound and inside the asking user's rights.
 *
 * @param proposal what it came from
 * @param tree the query, unvalidated; whoever validates it copies it first
 * @param sql its text in Kurobe's SQL
 * @param bound what the planner knows of it
 * @param repairs what was changed, a sentence each
 * @param signals what makes it doubtful
 */
public record Candidate(
    Proposal proposal,
    SqlNode tree,
    String sql,
    BoundQuestion bound,
    List<String> repairs,
    List<Signal> signals) {
  public Candidate {
    requireNonNull(proposal, "proposal is null");
    requireNonNull(tree, "tree is null");
    requireNonNull(sql, "sql is null");
    requireNonNull(bound, "bound is null");
    repairs = List.copyOf(repairs);
    signals = List.copyOf(signals);
  }

  /** The columns of its result. */
  public List<SqlType.Field> columns() {
    return bound.columns();
  }
}

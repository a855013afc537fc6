package io.kurobe.nl2sql.validate;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.generate.Proposal;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * A proposal the planner accepts: a query, bound and inside the asking user's rights.
 *
 * @param proposal what it came from
 * @param tree the query, unvalidated; whoever validates it copies it first
 * @param sql its text in Kurobe's SQL
 * @param columns of its result
 * @param repairs what was changed, a sentence each
 * @param signals what makes it doubtful, a sentence each
 */
public record Candidate(
    Proposal proposal,
    SqlNode tree,
    String sql,
    List<SqlType.Field> columns,
    List<String> repairs,
    List<String> signals) {
  public Candidate {
    requireNonNull(proposal, "proposal is null");
    requireNonNull(tree, "tree is null");
    requireNonNull(sql, "sql is null");
    columns = List.copyOf(columns);
    repairs = List.copyOf(repairs);
    signals = List.copyOf(signals);
  }
}

package io.kurobe.nl2sql.evaluation;

import static java.util.Objects.requireNonNull;

/**
 * What became of one question whose rows are known.
 *
 * @param id of the question
 * @param answered whether there was a query that ran
 * @param right whether its rows are the known ones
 * @param confidence 0 to 1; 0 where there was no answer
 * @param ms until the last row
 * @param tokens of models
 * @param repaired whether the query was mended on the way
 */
public record ScoredAnswer(
    String id,
    boolean answered,
    boolean right,
    double confidence,
    double ms,
    long tokens,
    boolean repaired) {
  public ScoredAnswer {
    requireNonNull(id, "id is null");
  }
}

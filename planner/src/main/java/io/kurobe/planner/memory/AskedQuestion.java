package io.kurobe.planner.memory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question that was asked, and what became of it.
 *
 * @param id unique among all
 * @param queryId of the statement that ran the answer; empty if there was none to run
 * @param principal who asked
 * @param session the id of the connection
 * @param question as it was asked
 * @param whole as it was answered: rewritten where it was elliptical
 * @param sql the chosen query; empty if the question was refused
 * @param confidence 0 to 1
 * @param outcome {@code answered}, or the SQLSTATE of the refusal
 * @param candidates what was proposed, in order
 * @param accepted what the asker said of the answer, if anything
 * @param comment what the asker said besides
 */
public record AskedQuestion(
    String id,
    Optional<String> queryId,
    String principal,
    String session,
    Instant asked,
    String question,
    String whole,
    Optional<String> sql,
    double confidence,
    String outcome,
    List<AskedCandidate> candidates,
    Optional<Boolean> accepted,
    Optional<String> comment) {
  /** The outcome of a question that has an answer. */
  public static final String ANSWERED = "answered";

  /**
   * A query that was proposed for a question.
   *
   * @param generator who proposed it
   * @param verdict what became of it
   */
  public record AskedCandidate(
      int number, String generator, String sql, String verdict, Optional<Double> confidence) {
    public AskedCandidate {
      requireNonNull(generator, "generator is null");
      requireNonNull(sql, "sql is null");
      requireNonNull(verdict, "verdict is null");
      requireNonNull(confidence, "confidence is null");
    }
  }

  public AskedQuestion {
    requireNonNull(id, "id is null");
    requireNonNull(queryId, "queryId is null");
    requireNonNull(principal, "principal is null");
    requireNonNull(session, "session is null");
    requireNonNull(asked, "asked is null");
    requireNonNull(question, "question is null");
    requireNonNull(whole, "whole is null");
    requireNonNull(sql, "sql is null");
    requireNonNull(outcome, "outcome is null");
    candidates = List.copyOf(candidates);
    requireNonNull(accepted, "accepted is null");
    requireNonNull(comment, "comment is null");
  }
}

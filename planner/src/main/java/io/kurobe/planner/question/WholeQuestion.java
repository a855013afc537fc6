package io.kurobe.planner.question;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.question.AskOutcome.AskStep;
import java.util.List;

/**
 * A question that stands alone.
 *
 * @param asked as it was asked
 * @param question as it is answered
 * @param steps how it came to be another than was asked
 */
public record WholeQuestion(Question asked, Question question, List<AskStep> steps) {
  public WholeQuestion {
    requireNonNull(asked, "asked is null");
    requireNonNull(question, "question is null");
    steps = List.copyOf(steps);
  }

  /** One that stands alone as it is. */
  public static WholeQuestion of(Question question) {
    return new WholeQuestion(question, question, List.of());
  }

  /** Whether it says something that was not asked in these words. */
  public boolean isRewritten() {
    return !asked.text().equals(question.text());
  }
}

package io.kurobe.planner.question;

import io.kurobe.adapters.error.KurobeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a question, with the steps that led there. */
public sealed interface AskOutcome {
  /** The steps, in order, as EXPLAIN ASK shows them. */
  List<AskStep> steps();

  /** The same, with what was done before it. */
  default AskOutcome after(List<AskStep> before) {
    if (before.isEmpty()) {
      return this;
    }
    List<AskStep> all = new ArrayList<>(before);
    all.addAll(steps());
    return this instanceof Answered answered
        ? new Answered(answered.query(), all)
        : new Refused(((Refused) this).reason(), all);
  }

  /** A query was chosen. */
  record Answered(GeneratedQuery query, List<AskStep> steps) implements AskOutcome {
    public Answered {
      steps = List.copyOf(steps);
    }
  }

  /** No query: the error says what was not understood, in class KA. */
  record Refused(KurobeException reason, List<AskStep> steps) implements AskOutcome {
    public Refused {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One step.
   *
   * @param agent who did it, such as {@code link} or {@code rank}
   * @param subject what it is about, such as a word or a candidate
   * @param detail what was found
   * @param verdict the outcome in a word
   * @param confidence 0 to 1, where there is one
   * @param ms how long it took, where measured
   * @param tokens a model's tokens, where one was asked
   */
  record AskStep(
      String agent,
      String subject,
      String detail,
      String verdict,
      @Nullable Double confidence,
      @Nullable Double ms,
      @Nullable Long tokens) {}
}

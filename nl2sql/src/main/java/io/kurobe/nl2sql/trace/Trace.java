package io.kurobe.nl2sql.trace;

import io.kurobe.planner.question.AskOutcome.AskStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one question in the order they ended, as EXPLAIN ASK shows them. Bounded: what comes
 * after {@value #MOST_STEPS} steps is counted, not kept. Threads share it.
 */
public final class Trace {
  private static final int MOST_STEPS = 2_000;

  private final List<AskStep> steps = new ArrayList<>();
  private long left;

  /** A step that is over. */
  public synchronized void add(AskStep step) {
    if (steps.size() < MOST_STEPS) {
      steps.add(step);
    } else {
      left++;
    }
  }

  /**
   * A step that is over.
   *
   * @param agent who did it
   * @param subject what it is about
   * @param detail what was found
   * @param verdict the outcome in a word
   * @param confidence 0 to 1, where there is one
   * @param since {@link System#nanoTime} when it began
   * @param tokens of a model, where one was asked
   */
  public void add(
      String agent,
      String subject,
      String detail,
      String verdict,
      @Nullable Double confidence,
      long since,
      @Nullable Long tokens) {
    double ms = (System.nanoTime() - since) / 1e6;
    add(new AskStep(agent, subject, detail, verdict, confidence, ms, tokens));
  }

  /** All steps so far. */
  public synchronized List<AskStep> steps() {
    List<AskStep> all = new ArrayList<>(steps);
    if (left > 0) {
      all.add(new AskStep("trace", left + " steps", "not kept", "cut off", null, null, null));
    }
    return List.copyOf(all);
  }
}

package io.kurobe.nl2sql.conversation;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.ForwardingQuestions;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Session;
import java.util.Optional;

/**
 * Asks back where a word of a question may mean several things that give different answers; leaves
 * answering to others. {@code WITH (clarify = false)} never asks back, {@code WITH (clarify =
 * true)} does even where the answers are the same today. Threads share it.
 */
public final class ClarifyingQuestions extends ForwardingQuestions {
  /** The option that says when to ask back. */
  static final String OPTION = "clarify";

  private static final String AGENT = "clarify";

  private final Clarification clarification;

  /**
   * Makes it.
   *
   * @param next answers what is clear
   */
  public ClarifyingQuestions(Questions next, Clarification clarification) {
    super(next);
    this.clarification = requireNonNull(clarification, "clarification is null");
  }

  @Override
  public AskOutcome ask(Question question, Session session, QuestionSupport support) {
    String option = question.options().getOrDefault(OPTION, "");
    // Who names generators wants to hear what they propose.
    if (option.equals("false") || !question.generators().isEmpty()) {
      return next.ask(question, session, support);
    }
    long since = System.nanoTime();
    Optional<KurobeException> ambiguity =
        clarification.of(question, option.equals("true"), support);
    if (ambiguity.isEmpty()) {
      return next.ask(question, session, support);
    }
    var trace = new Trace();
    trace.add(
        AGENT, question.text(), ambiguity.get().getMessage(), "asked back", null, since, null);
    return new AskOutcome.Refused(ambiguity.get(), trace.steps());
  }
}

package io.kurobe.planner.question;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves everything to another; whoever does one thing more extends it and says only that. Threads
 * share it.
 */
public abstract class ForwardingQuestions implements Questions {
  /** Who answers what is not answered here. */
  protected final Questions next;

  protected ForwardingQuestions(Questions next) {
    this.next = requireNonNull(next, "next is null");
  }

  @Override
  public AskOutcome ask(Question question, Session session, QuestionSupport support) {
    return next.ask(question, session, support);
  }

  @Override
  public WholeQuestion whole(Question question, Session session, QuestionSupport support) {
    return next.whole(question, session, support);
  }

  @Override
  public void ended(WholeQuestion question, AskOutcome outcome, Session session) {
    next.ended(question, outcome, session);
  }

  @Override
  public long version() {
    return next.version();
  }

  @Override
  public void join(String conversation, Session session) {
    next.join(conversation, session);
  }

  @Override
  public void reset(Session session) {
    next.reset(session);
  }

  @Override
  public List<List<@Nullable Object>> metrics(Session session, QuestionSupport support) {
    return next.metrics(session, support);
  }

  @Override
  public String schemaForModels(
      List<List<String>> scope, Session session, QuestionSupport support) {
    return next.schemaForModels(scope, session, support);
  }
}

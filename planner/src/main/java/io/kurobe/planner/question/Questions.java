package io.kurobe.planner.question;

import io.kurobe.planner.session.Session;

/**
 * Turns a question into a query: the one call that goes up, from the planner to whoever understands
 * questions. Threads share it.
 */
public interface Questions {
  /**
   * Answers with a query, or with the reason why there is none; never throws for a question it does
   * not understand.
   *
   * @param question what is asked
   * @param session who asks
   * @param support what the planner offers while the question is being understood
   */
  AskOutcome ask(Question question, Session session, QuestionSupport support);
}

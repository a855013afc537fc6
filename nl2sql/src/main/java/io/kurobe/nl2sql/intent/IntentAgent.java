package io.kurobe.nl2sql.intent;

import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Session;
import java.util.Optional;

/** Tells what a question wants, before any query is looked for. Threads share it. */
public interface IntentAgent {
  /**
   * What it wants; empty if this one cannot tell.
   *
   * @param trace told what failed on the way
   * @throws io.kurobe.adapters.error.KurobeException CANCELLED if the calling thread is
   *     interrupted, NOT_ANSWERABLE if the question is about what is not there
   */
  Optional<Intent> of(Question question, Session session, QuestionSupport support, Trace trace);
}

package io.kurobe.nl2sql.retrieve;

import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Session;

/** Links a question to a schema. Threads share it. */
public interface SchemaLinker {
  /**
   * The part of the catalog the question is about, inside its scope and the session's rights.
   *
   * @param trace told what was found
   */
  LinkedSchema link(Question question, Session session, QuestionSupport support, Trace trace);
}

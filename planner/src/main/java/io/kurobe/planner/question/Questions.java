package io.kurobe.planner.question;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.session.Session;
import java.util.List;

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

  /**
   * The catalog as a model would be told of it, for SHOW MSCHEMA.
   *
   * @param scope names of sources, schemas or tables in their parts; none means all
   * @throws KurobeException NOT_SUPPORTED if no model is ever told of it
   */
  default String schemaForModels(
      List<List<String>> scope, Session session, QuestionSupport support) {
    throw new KurobeException(ErrorCode.NOT_SUPPORTED, "SHOW MSCHEMA is not supported here");
  }
}

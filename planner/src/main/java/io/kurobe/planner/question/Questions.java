package io.kurobe.planner.question;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * The question as one that stands alone: itself, or rewritten from what the session asked before.
   *
   * @throws KurobeException in class KA if it refers to what is not there
   */
  default WholeQuestion whole(Question question, Session session, QuestionSupport support) {
    return WholeQuestion.of(question);
  }

  /** Told what became of a question that a statement asked; what comes next may refer to it. */
  default void ended(WholeQuestion question, AskOutcome outcome, Session session) {}

  /** Grows whenever the same question may be answered otherwise. */
  default long version() {
    return 0;
  }

  /**
   * Checks that a session may go on with a conversation, which begins if nobody has it.
   *
   * @throws KurobeException UNKNOWN_OBJECT if it is another's
   */
  default void join(String conversation, Session session) {}

  /**
   * The metrics over what the session may see, for SHOW METRICS: name, table, expression, filter,
   * unit, description and synonyms.
   */
  default List<List<@Nullable Object>> metrics(Session session, QuestionSupport support) {
    return List.of();
  }

  /** Forgets what the session's conversation was about. */
  default void reset(Session session) {}

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

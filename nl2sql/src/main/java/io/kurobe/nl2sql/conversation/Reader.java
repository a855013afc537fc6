package io.kurobe.nl2sql.conversation;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import java.util.List;
import java.util.Optional;

/** What a conversation needs of whoever reads questions. Threads share it. */
public interface Reader {
  /** The spans of a question, each with what it may name; empty if there is nothing to read. */
  List<Item> spans(Question question, QuestionSupport support);

  /** How a question would be answered; empty if it would be refused. */
  Optional<Reading> reading(Question question, QuestionSupport support);

  /**
   * How a question would be answered.
   *
   * @param confidence 0 to 1
   */
  record Reading(String sql, double confidence) {}
}

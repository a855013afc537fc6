package io.kurobe.nl2sql.intent;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.memory.TaughtPair;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.ForwardingQuestions;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Session;
import java.util.List;
import java.util.Optional;

/**
 * Answers what is asked about the catalog from the catalog, as rows like any others; refuses kindly
 * what is no question; leaves the rest to others. Threads share it.
 */
public final class IntentQuestions extends ForwardingQuestions {
  private static final String AGENT = "intent";

  /** What is said of a catalog is as sure as the catalog. */
  private static final double SURE = 1.0;

  private static final int LONGEST = 200;

  public IntentQuestions(Questions next) {
    super(next);
  }

  @Override
  public AskOutcome ask(Question question, Session session, QuestionSupport support) {
    if (question.text().length() > LONGEST || !question.generators().isEmpty()) {
      return next.ask(question, session, support);
    }
    long since = System.nanoTime();
    var trace = new Trace();
    String normalised = TaughtPair.normalised(question.text());
    try {
      if (SmallTalk.is(normalised)) {
        trace.add(AGENT, question.text(), "small talk", "refused", null, since, null);
        return new AskOutcome.Refused(SmallTalk.answer(support.catalog()), trace.steps());
      }
      Optional<CatalogQuestion.Answer> answer = CatalogQuestion.of(normalised, support.catalog());
      if (answer.isPresent()) {
        String sql = answer.get().sql();
        support.validate(support.parse(sql));
        trace.add(AGENT, question.text(), sql, "about the catalog", SURE, since, null);
        return new AskOutcome.Answered(
            new GeneratedQuery(
                support.parse(sql), sql, SURE, List.of(), answer.get().explanation()),
            trace.steps());
      }
    } catch (KurobeException e) {
      return new AskOutcome.Refused(e, trace.steps());
    }
    return next.ask(question, session, support);
  }
}

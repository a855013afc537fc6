package io.kurobe.nl2sql;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the engine, for tests. */
final class Ask {
  static final Session SESSION =
      new Session(
          "test",
          new Principal("tester", Set.of()),
          ZoneId.of("UTC"),
          List.of(),
          Limits.DEFAULT,
          Map.of());

  static final OfflineQuestions ENGINE = new OfflineQuestions();

  private Ask() {}

  static AskOutcome outcome(QuestionSupport support, String question) {
    return ENGINE.ask(new Question(question, List.of(), List.of(), Map.of()), SESSION, support);
  }

  static GeneratedQuery answer(QuestionSupport support, String question) {
    AskOutcome outcome = outcome(support, question);
    if (outcome instanceof AskOutcome.Answered answered) {
      return answered.query();
    }
    throw ((AskOutcome.Refused) outcome).reason();
  }

  /** The chosen SQL on one line. */
  static String sql(QuestionSupport support, String question) {
    return answer(support, question).sql().replaceAll("\\s+", " ");
  }

  static KurobeException refusal(QuestionSupport support, String question) {
    return ((AskOutcome.Refused) outcome(support, question)).reason();
  }
}

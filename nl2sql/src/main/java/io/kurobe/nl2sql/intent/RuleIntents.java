package io.kurobe.nl2sql.intent;

import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.memory.TaughtPair;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Session;
import java.util.Optional;

/** Rules that know how people ask about a catalog and what they say without asking. */
public final class RuleIntents implements IntentAgent {
  private static final int LONGEST = 200;

  @Override
  public Optional<Intent> of(
      Question question, Session session, QuestionSupport support, Trace trace) {
    if (question.text().length() > LONGEST) {
      return Optional.empty();
    }
    String normalised = TaughtPair.normalised(question.text());
    if (SmallTalk.is(normalised)) {
      return Optional.of(new Intent.Talk());
    }
    return CatalogQuestion.of(normalised, support.catalog()).map(Intent.class::cast);
  }
}

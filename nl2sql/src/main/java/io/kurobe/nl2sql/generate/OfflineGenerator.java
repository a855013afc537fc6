package io.kurobe.nl2sql.generate;

import io.kurobe.nl2sql.OfflineQuestions;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.GeneratedQuery;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The offline engine as a generator among others. */
public final class OfflineGenerator implements Generator {
  private final OfflineQuestions engine;

  public OfflineGenerator(OfflineQuestions engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "offline";
  }

  @Override
  public boolean writesOurSql() {
    return true;
  }

  @Override
  public List<Proposal> propose(GenerationTask task) {
    AskOutcome outcome = engine.ask(task.question(), task.session(), task.support());
    outcome.steps().forEach(task.trace()::add);
    if (outcome instanceof AskOutcome.Refused refused) {
      throw refused.reason();
    }
    GeneratedQuery query = ((AskOutcome.Answered) outcome).query();
    return List.of(
        new Proposal(
            name(),
            query.sql(),
            OptionalDouble.of(query.confidence()),
            query.warnings(),
            Optional.of(query.explanation()),
            0));
  }
}

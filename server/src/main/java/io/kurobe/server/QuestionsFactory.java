package io.kurobe.server;

import io.kurobe.nl2sql.OfflineQuestions;
import io.kurobe.nl2sql.generate.OfflineGenerator;
import io.kurobe.nl2sql.pipeline.AgentQuestions;
import io.kurobe.nl2sql.retrieve.WholeScope;
import io.kurobe.nl2sql.select.FirstValid;
import io.kurobe.nl2sql.validate.CandidateValidator;
import io.kurobe.planner.question.Questions;
import java.util.List;

/** Puts what understands questions together. */
final class QuestionsFactory {
  /**
   * What understands questions, with what it keeps running.
   *
   * @param stopping ends what runs in the background
   */
  record Built(Questions questions, Runnable stopping) implements AutoCloseable {
    @Override
    public void close() {
      stopping.run();
    }
  }

  private QuestionsFactory() {}

  static Built create(PlannerFactory.Parts parts) {
    var offline = new OfflineQuestions();
    Questions questions =
        new AgentQuestions(
            List.of(new OfflineGenerator(offline)),
            new WholeScope(),
            new CandidateValidator(),
            new FirstValid(),
            offline);
    return new Built(questions, () -> {});
  }
}

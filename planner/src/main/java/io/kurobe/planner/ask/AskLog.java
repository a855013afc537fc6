package io.kurobe.planner.ask;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.ask.AskExpander.Answer;
import io.kurobe.planner.memory.AskedQuestion;
import io.kurobe.planner.memory.AskedQuestion.AskedCandidate;
import io.kurobe.planner.memory.Memory;
import io.kurobe.planner.question.AskOutcome.AskStep;
import io.kurobe.planner.question.WholeQuestion;
import io.kurobe.planner.session.Session;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes down what was asked. Threads share it. */
public final class AskLog {
  private static final String CANDIDATES = "validate";
  private static final int MOST_CANDIDATES = 50;

  private final Memory memory;
  private final Clock clock;

  public AskLog(Memory memory, Clock clock) {
    this.memory = memory;
    this.clock = clock;
  }

  void refused(
      Session session, WholeQuestion question, List<AskStep> steps, KurobeException reason) {
    memory.asked(
        new AskedQuestion(
            UUID.randomUUID().toString(),
            Optional.empty(),
            session.principal().name(),
            session.id(),
            clock.instant(),
            question.asked().text(),
            question.question().text(),
            Optional.empty(),
            0,
            reason.code().sqlState(),
            candidates(steps),
            Optional.empty(),
            Optional.empty()));
  }

  /** Notes answers that a statement runs. */
  public void answered(Session session, String queryId, List<Answer> answers) {
    for (Answer answer : answers) {
      memory.asked(
          new AskedQuestion(
              UUID.randomUUID().toString(),
              Optional.of(queryId),
              session.principal().name(),
              session.id(),
              clock.instant(),
              answer.question().asked().text(),
              answer.question().question().text(),
              Optional.of(answer.query().sql()),
              answer.query().confidence(),
              AskedQuestion.ANSWERED,
              candidates(answer.steps()),
              Optional.empty(),
              Optional.empty()));
    }
  }

  private static List<AskedCandidate> candidates(List<AskStep> steps) {
    List<AskedCandidate> candidates = new ArrayList<>();
    for (AskStep step : steps) {
      if (step.agent().equals(CANDIDATES) && candidates.size() < MOST_CANDIDATES) {
        candidates.add(
            new AskedCandidate(
                candidates.size() + 1,
                step.subject(),
                step.detail(),
                step.verdict(),
                Optional.ofNullable(step.confidence())));
      }
    }
    return candidates;
  }
}

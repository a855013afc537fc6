package io.kurobe.nl2sql.intent;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.conversation.Choices;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.AskOutcome.AskStep;
import io.kurobe.planner.question.ForwardingQuestions;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what a question wants. What is asked about the catalog is answered from the catalog, as
 * rows like any others; what is no question, has no answer here or has several is refused, kindly,
 * the last with the choices; the rest is for others. Threads share it.
 */
public final class IntentQuestions extends ForwardingQuestions {
  private static final String AGENT = "intent";

  /** What is said of a catalog is as sure as the catalog. */
  private static final double SURE = 1.0;

  private final List<IntentAgent> agents;

  /** Makes it with rules alone. */
  public IntentQuestions(Questions next) {
    this(List.of(new RuleIntents()), next);
  }

  /**
   * Makes it.
   *
   * @param agents the first that can tell is believed
   */
  public IntentQuestions(List<IntentAgent> agents, Questions next) {
    super(next);
    this.agents = List.copyOf(agents);
  }

  @Override
  public AskOutcome ask(Question question, Session session, QuestionSupport support) {
    if (!question.generators().isEmpty()) {
      // Who names a generator wants its query.
      return next.ask(question, session, support);
    }
    long since = System.nanoTime();
    var trace = new Trace();
    try {
      Intent intent = intent(question, session, support, trace);
      if (intent instanceof Intent.Catalog catalog) {
        return answered(catalog, question, support, trace, since);
      }
      Optional<KurobeException> refusal = refusal(intent, question, support);
      if (refusal.isPresent()) {
        trace.add(AGENT, question.text(), word(intent), "refused", null, since, null);
        return new AskOutcome.Refused(refusal.get(), trace.steps());
      }
      trace.add(AGENT, question.text(), word(intent), "passed on", null, since, null);
    } catch (KurobeException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      return new AskOutcome.Refused(e, trace.steps());
    }
    return behind(trace.steps(), next.ask(question, session, support));
  }

  private Intent intent(Question question, Session session, QuestionSupport support, Trace trace) {
    for (IntentAgent agent : agents) {
      Optional<Intent> intent = agent.of(question, session, support, trace);
      if (intent.isPresent()) {
        return intent.get();
      }
    }
    return new Intent.Data();
  }

  private static AskOutcome answered(
      Intent.Catalog catalog, Question question, QuestionSupport support, Trace trace, long since) {
    String sql = catalog.sql();
    support.validate(support.parse(sql));
    trace.add(AGENT, question.text(), sql, "about the catalog", SURE, since, null);
    return new AskOutcome.Answered(
        new GeneratedQuery(support.parse(sql), sql, SURE, List.of(), catalog.explanation()),
        trace.steps());
  }

  private static Optional<KurobeException> refusal(
      Intent intent, Question question, QuestionSupport support) {
    if (intent instanceof Intent.Talk) {
      return Optional.of(SmallTalk.answer(support.catalog()));
    }
    if (intent instanceof Intent.Unanswerable unanswerable) {
      return Optional.of(
          new KurobeException(ErrorCode.NOT_ANSWERABLE, unanswerable.reason())
              .withHint("ASK 'which tables are there?' lists what there is."));
    }
    boolean asksBack = !question.options().getOrDefault("clarify", "true").equals("false");
    return intent instanceof Intent.Ambiguous ambiguous && asksBack
        ? Optional.of(Choices.ask(question.text(), ambiguous.meanings()))
        : Optional.empty();
  }

  private static String word(Intent intent) {
    if (intent instanceof Intent.Talk) {
      return "small talk";
    }
    if (intent instanceof Intent.Unanswerable) {
      return "not answerable here";
    }
    return intent instanceof Intent.Ambiguous ? "ambiguous" : "a question about data";
  }

  private static AskOutcome behind(List<AskStep> before, AskOutcome outcome) {
    List<AskStep> steps = new ArrayList<>(before);
    steps.addAll(outcome.steps());
    return outcome instanceof AskOutcome.Answered answered
        ? new AskOutcome.Answered(answered.query(), steps)
        : new AskOutcome.Refused(((AskOutcome.Refused) outcome).reason(), steps);
  }
}

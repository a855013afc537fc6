package io.kurobe.nl2sql.pipeline;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Suppliers;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.OfflineQuestions;
import io.kurobe.nl2sql.agent.Agents;
import io.kurobe.nl2sql.agent.QueryInWords;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Generator;
import io.kurobe.nl2sql.retrieve.SchemaLinker;
import io.kurobe.nl2sql.select.Choice;
import io.kurobe.nl2sql.select.Selector;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.nl2sql.validate.CandidateValidator;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Questions answered by several generators: each proposes queries, the planner validates them, a
 * selector chooses (Gao et al., "XiYan-SQL", arXiv 2411.08599 and 2507.04701). No source is touched
 * by what was not validated. Threads share it.
 */
public final class AgentQuestions implements Questions {
  private final List<Generator> generators;
  private final SchemaLinker linker;
  private final Selector selector;
  private final Agents agents;
  private final OfflineQuestions offline;
  private final Generations generations = new Generations();
  private final Validation validation;

  /** Makes it without agents that ask models of their own. */
  public AgentQuestions(
      List<Generator> generators,
      SchemaLinker linker,
      CandidateValidator validator,
      Selector selector,
      OfflineQuestions offline) {
    this(generators, linker, validator, selector, Agents.NONE, offline);
  }

  /**
   * Makes it.
   *
   * @param generators at least one, the most trusted first
   * @param agents what else models do
   * @param offline answers what needs no generator
   */
  public AgentQuestions(
      List<Generator> generators,
      SchemaLinker linker,
      CandidateValidator validator,
      Selector selector,
      Agents agents,
      OfflineQuestions offline) {
    if (generators.isEmpty()) {
      throw new IllegalArgumentException("there is no generator");
    }
    this.generators = List.copyOf(generators);
    this.linker = requireNonNull(linker, "linker is null");
    this.selector = requireNonNull(selector, "selector is null");
    this.agents = requireNonNull(agents, "agents is null");
    this.offline = requireNonNull(offline, "offline is null");
    this.validation = new Validation(validator, agents.mender(), generations);
  }

  @Override
  public AskOutcome ask(Question question, Session session, QuestionSupport support) {
    Trace trace = new Trace();
    try {
      var task =
          new GenerationTask(
              question,
              session,
              support,
              Suppliers.memoize(() -> linker.link(question, session, support, trace)),
              trace);
      return new AskOutcome.Answered(answer(task), trace.steps());
    } catch (KurobeException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        // Nobody waits for what it would have come to.
        throw e;
      }
      return new AskOutcome.Refused(e, trace.steps());
    }
  }

  @Override
  public String schemaForModels(
      List<List<String>> scope, Session session, QuestionSupport support) {
    return offline.schemaForModels(scope, session, support);
  }

  private GeneratedQuery answer(GenerationTask task) {
    Generations.Outcome generated = generations.run(chosen(task.question()), task);
    Validation.Outcome validated = validation.of(generated.proposals(), task);
    List<KurobeException> failures = new ArrayList<>(generated.failures());
    failures.addAll(validated.failures());
    List<Candidate> candidates = validated.candidates();
    if (candidates.isEmpty()) {
      throw failures.isEmpty() ? none() : failures.get(0);
    }
    Choice choice = selector.select(candidates, candidates.size() + failures.size(), task);
    Candidate best = choice.candidate();
    return new GeneratedQuery(
        best.tree(), best.sql(), choice.confidence(), choice.warnings(), explanation(best, task));
  }

  private String explanation(Candidate best, GenerationTask task) {
    return agents
        .explainer()
        .flatMap(explainer -> explainer.explain(best, task))
        .or(() -> best.proposal().explanation())
        .or(() -> new QueryInWords().explain(best, task))
        .orElse(best.sql());
  }

  private List<Generator> chosen(Question question) {
    if (question.generators().isEmpty()) {
      return generators;
    }
    List<Generator> chosen =
        generators.stream()
            .filter(
                generator ->
                    question.generators().stream()
                        .anyMatch(name -> name.equalsIgnoreCase(generator.name())))
            .toList();
    if (chosen.isEmpty()) {
      throw new KurobeException(
              ErrorCode.UNKNOWN_OBJECT,
              "no generator is called " + String.join(", ", question.generators()))
          .withHint(
              "There are: "
                  + String.join(", ", generators.stream().map(Generator::name).toList())
                      .toLowerCase(Locale.ROOT)
                  + ".");
    }
    return chosen;
  }

  private static KurobeException none() {
    return new KurobeException(ErrorCode.NOT_UNDERSTOOD, "no query was proposed for the question");
  }
}

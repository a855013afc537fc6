package io.kurobe.nl2sql.pipeline;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Suppliers;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.OfflineQuestions;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Generator;
import io.kurobe.nl2sql.generate.Proposal;
import io.kurobe.nl2sql.retrieve.SchemaLinker;
import io.kurobe.nl2sql.select.Choice;
import io.kurobe.nl2sql.select.Selector;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.nl2sql.validate.CandidateValidator;
import io.kurobe.nl2sql.validate.KnownTables;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Questions answered by several generators: each proposes queries, the planner validates them, a
 * selector chooses (Gao et al., "XiYan-SQL", arXiv 2411.08599 and 2507.04701). No source is touched
 * by what was not validated. Threads share it.
 */
public final class AgentQuestions implements Questions {
  private final List<Generator> generators;
  private final SchemaLinker linker;
  private final CandidateValidator validator;
  private final Selector selector;
  private final OfflineQuestions offline;
  private final Generations generations = new Generations();

  /**
   * Makes it.
   *
   * @param generators at least one, the most trusted first
   * @param offline answers what needs no generator
   */
  public AgentQuestions(
      List<Generator> generators,
      SchemaLinker linker,
      CandidateValidator validator,
      Selector selector,
      OfflineQuestions offline) {
    if (generators.isEmpty()) {
      throw new IllegalArgumentException("there is no generator");
    }
    this.generators = List.copyOf(generators);
    this.linker = requireNonNull(linker, "linker is null");
    this.validator = requireNonNull(validator, "validator is null");
    this.selector = requireNonNull(selector, "selector is null");
    this.offline = requireNonNull(offline, "offline is null");
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
    List<KurobeException> failures = new ArrayList<>(generated.failures());
    List<Candidate> candidates = new ArrayList<>();
    Supplier<KnownTables> tables = Suppliers.memoize(() -> validator.tables(task));
    for (Generations.Proposed proposed : generated.proposals()) {
      Proposal proposal = proposed.proposal();
      long since = System.nanoTime();
      try {
        Candidate candidate =
            proposed.ours()
                ? validator.asWritten(proposal, task)
                : validator.translated(proposal, task, tables.get());
        candidates.add(candidate);
        trace(candidate, task, since);
      } catch (KurobeException e) {
        failures.add(e);
        task.trace()
            .add("validate", proposal.generator(), e.getMessage(), "dropped", null, since, null);
      }
    }
    if (candidates.isEmpty()) {
      throw failures.isEmpty() ? none() : failures.get(0);
    }
    Choice choice = selector.select(candidates, candidates.size() + failures.size(), task);
    Candidate best = choice.candidate();
    return new GeneratedQuery(
        best.tree(),
        best.sql(),
        choice.confidence(),
        choice.warnings(),
        best.proposal().explanation().orElse(best.sql()));
  }

  private static void trace(Candidate candidate, GenerationTask task, long since) {
    String name = candidate.proposal().generator();
    task.trace()
        .add(
            "validate",
            name,
            candidate.sql(),
            candidate.repairs().isEmpty() ? "valid" : "repaired",
            null,
            since,
            null);
    long now = System.nanoTime();
    candidate
        .repairs()
        .forEach(repair -> task.trace().add("repair", name, repair, "kept", null, now, null));
    candidate
        .signals()
        .forEach(
            signal ->
                task.trace()
                    .add(
                        "signal",
                        name,
                        signal.sentence(),
                        signal.kind().name().toLowerCase(Locale.ROOT),
                        null,
                        now,
                        null));
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

package io.kurobe.nl2sql.pipeline;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Suppliers;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.agent.Mender;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Proposal;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.nl2sql.validate.CandidateValidator;
import io.kurobe.nl2sql.validate.KnownTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes candidates of proposals: each is validated and mended by rules; what is wrong or doubtful
 * then is shown to a model once, where one is configured. What that one writes is taken only if
 * what it answered is gone and nothing else is wrong: repairing without such a condition breaks
 * right answers. Threads share it.
 */
final class Validation {
  /** Models are asked no more often for one question. */
  private static final int MOST_MENDED = 16;

  /**
   * What came of proposals.
   *
   * @param candidates in the order of the proposals
   * @param failures of those that are none
   */
  record Outcome(List<Candidate> candidates, List<KurobeException> failures) {}

  /** A proposal with what became of it: a candidate, or an error. */
  private record Checked(
      Proposal proposal, @Nullable Candidate candidate, @Nullable KurobeException failure) {}

  private final CandidateValidator validator;
  private final Optional<Mender> mender;
  private final Generations threads;

  Validation(CandidateValidator validator, Optional<Mender> mender, Generations threads) {
    this.validator = requireNonNull(validator, "validator is null");
    this.mender = requireNonNull(mender, "mender is null");
    this.threads = requireNonNull(threads, "threads is null");
  }

  Outcome of(List<Generations.Proposed> proposals, GenerationTask task) {
    Supplier<KnownTables> tables = Suppliers.memoize(() -> validator.tables(task));
    List<Checked> checked = new ArrayList<>();
    Map<String, Doubt> doubts = new LinkedHashMap<>();
    for (Generations.Proposed proposed : proposals) {
      Checked one = checked(proposed.proposal(), proposed.ours(), task, tables);
      checked.add(one);
      if (mender.isPresent() && !proposed.ours() && doubts.size() < MOST_MENDED) {
        doubt(one, task).ifPresent(doubt -> doubts.putIfAbsent(one.proposal().sql(), doubt));
      }
    }
    Map<String, Optional<Proposal>> mended = mended(proposals, doubts, task);
    List<Candidate> candidates = new ArrayList<>();
    List<KurobeException> failures = new ArrayList<>();
    for (int i = 0; i < checked.size(); i++) {
      Checked one = checked.get(i);
      String sql = one.proposal().sql();
      Optional<Candidate> better =
          proposals.get(i).ours() || !mended.containsKey(sql)
              ? Optional.empty()
              : mended
                  .get(sql)
                  .flatMap(
                      proposal ->
                          better(one, proposal, requireNonNull(doubts.get(sql)), task, tables));
      if (better.isPresent()) {
        candidates.add(better.get());
      } else if (one.candidate() != null) {
        candidates.add(one.candidate());
      } else {
        failures.add(requireNonNull(one.failure()));
      }
    }
    return new Outcome(candidates, failures);
  }

  private Checked checked(
      Proposal proposal, boolean ours, GenerationTask task, Supplier<KnownTables> tables) {
    long since = System.nanoTime();
    try {
      Candidate candidate =
          ours
              ? validator.asWritten(proposal, task)
              : validator.translated(proposal, task, tables.get());
      traced(candidate, task, since);
      return new Checked(proposal, candidate, null);
    } catch (KurobeException e) {
      rethrowCancelled(e);
      task.trace()
          .add("validate", proposal.generator(), e.getMessage(), "dropped", null, since, null);
      return new Checked(proposal, null, e);
    }
  }

  private static Optional<Doubt> doubt(Checked checked, GenerationTask task) {
    return checked.candidate() != null
        ? Doubt.of(checked.candidate(), task)
        : Optional.of(Doubt.of(requireNonNull(checked.failure()), task));
  }

  private Map<String, Optional<Proposal>> mended(
      List<Generations.Proposed> proposals, Map<String, Doubt> doubts, GenerationTask task) {
    Map<String, Supplier<Optional<Proposal>>> asking = new LinkedHashMap<>();
    for (Generations.Proposed proposed : proposals) {
      Proposal proposal = proposed.proposal();
      Doubt doubt = doubts.get(proposal.sql());
      if (doubt != null && mender.isPresent()) {
        asking.putIfAbsent(
            proposal.sql(), () -> mender.get().mended(proposal, doubt.words(), task));
      }
    }
    return threads.atOnce(asking);
  }

  private Optional<Candidate> better(
      Checked before,
      Proposal written,
      Doubt doubt,
      GenerationTask task,
      Supplier<KnownTables> tables) {
    long since = System.nanoTime();
    // Equal proposals share an answer; each stays its own generator's.
    Proposal own =
        Proposal.of(before.proposal().generator(), written.sql(), before.proposal().tokens());
    long took = Math.max(0, written.tokens() - before.proposal().tokens());
    String verdict = "dropped";
    String detail = written.sql();
    Optional<Candidate> kept = Optional.empty();
    try {
      Candidate candidate = validator.translated(own, task, tables.get());
      if (doubt.isGoneIn(candidate, before.candidate())) {
        List<String> repairs = new ArrayList<>(candidate.repairs());
        repairs.add("written anew by a model, as " + doubt.words());
        kept =
            Optional.of(
                new Candidate(
                    own,
                    candidate.tree(),
                    candidate.sql(),
                    candidate.bound(),
                    repairs,
                    candidate.signals()));
        verdict = "kept";
      }
    } catch (KurobeException e) {
      rethrowCancelled(e);
      detail = e.getMessage();
    }
    task.trace().add("refine", own.generator(), detail, verdict, null, since, took);
    kept.ifPresent(candidate -> traced(candidate, task, since));
    return kept;
  }

  private static void rethrowCancelled(KurobeException e) {
    if (e.code() == ErrorCode.CANCELLED) {
      throw e;
    }
  }

  private static void traced(Candidate candidate, GenerationTask task, long since) {
    String name = candidate.proposal().generator();
    String verdict = candidate.repairs().isEmpty() ? "valid" : "repaired";
    task.trace().add("validate", name, candidate.sql(), verdict, null, since, null);
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
}

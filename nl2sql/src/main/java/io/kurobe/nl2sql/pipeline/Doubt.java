package io.kurobe.nl2sql.pipeline;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.nl2sql.validate.Signal;
import io.kurobe.nl2sql.validate.Signal.Kind;
import io.kurobe.planner.bind.SourceTable;
import io.kurobe.planner.catalog.CatalogSnapshot;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked to mend in a proposal.
 *
 * @param words what is wrong, without anything that models may not know
 * @param kinds of the signals it is about; none where the proposal was refused
 */
record Doubt(String words, Set<Kind> kinds) {
  /** What a model can be expected to mend; the rest weighs too little to risk a right answer. */
  private static final Set<Kind> MENDABLE =
      EnumSet.of(
          Kind.UNKNOWN_VALUE,
          Kind.NO_KEY,
          Kind.FAN_OUT,
          Kind.INTEGER_DIVISION,
          Kind.UNREAD_COLUMN,
          Kind.OTHER_SHAPE);

  /** That a proposal was refused. */
  static Doubt of(KurobeException refusal, GenerationTask task) {
    String message = String.valueOf(refusal.getMessage());
    boolean hush =
        closed(task).stream()
            .anyMatch(
                name -> message.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)));
    return new Doubt(
        hush ? "the planner refuses it (SQLSTATE " + refusal.code().sqlState() + ")" : message,
        Set.of());
  }

  /** What makes a candidate doubtful, if that is worth a question and models may know of it. */
  static Optional<Doubt> of(Candidate candidate, GenerationTask task) {
    Set<Kind> kinds =
        candidate.signals().stream()
            .map(Signal::kind)
            .filter(MENDABLE::contains)
            .collect(Collectors.toSet());
    if (kinds.isEmpty() || !isOpen(candidate, task)) {
      return Optional.empty();
    }
    return Optional.of(
        new Doubt(
            candidate.signals().stream()
                .filter(signal -> kinds.contains(signal.kind()))
                .map(Signal::sentence)
                .distinct()
                .collect(Collectors.joining("; ")),
            kinds));
  }

  /** Whether a candidate has nothing of it any more, and nothing else that was not there before. */
  boolean isGoneIn(Candidate candidate, @Nullable Candidate before) {
    if (before == null) {
      return true;
    }
    Set<Kind> had = before.signals().stream().map(Signal::kind).collect(Collectors.toSet());
    return candidate.signals().stream()
        .map(Signal::kind)
        .noneMatch(kind -> kinds.contains(kind) || !had.contains(kind));
  }

  /** Whether models may know of every table that a candidate reads. */
  private static boolean isOpen(Candidate candidate, GenerationTask task) {
    CatalogSnapshot open = task.support().models().catalog();
    return RelOptUtil.findAllTables(candidate.bound().tree()).stream()
        .map(table -> table.unwrap(SourceTable.class))
        .allMatch(table -> table != null && open.table(table.name()).isPresent());
  }

  private static Set<String> closed(GenerationTask task) {
    Set<String> names =
        task.support().catalog().sources().stream()
            .map(source -> source.name())
            .collect(Collectors.toSet());
    task.support().models().catalog().sources().forEach(source -> names.remove(source.name()));
    return names;
  }
}

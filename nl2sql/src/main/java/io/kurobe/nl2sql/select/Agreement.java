package io.kurobe.nl2sql.select;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.nl2sql.validate.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Chooses what most generators agree on (the grouping and order of XiYan-SQL, arXiv 2507.04701).
 *
 * <p>Candidates that give the same rows are one group. Each generator has a vote, and half of one
 * for each further proposal; what speaks against all members of a group costs it votes, so that a
 * smaller group nothing speaks against can win. A group without rows yields to one that has some.
 * Of equal groups that of the most trusted generator wins. A judge is asked only where they
 * disagree.
 */
public final class Agreement implements Selector {
  private static final double RANK = 0.01;
  private static final int MOST_WARNINGS = 5;

  private final Optional<Judge> judge;

  /** Without a judge: the votes decide. */
  public Agreement() {
    this(Optional.empty());
  }

  /** With one who decides where candidates disagree. */
  public Agreement(Optional<Judge> judge) {
    this.judge = requireNonNull(judge, "judge is null");
  }

  @Override
  public Choice select(List<Candidate> candidates, int proposed, GenerationTask task) {
    long since = System.nanoTime();
    List<Group> groups = ResultGroups.of(candidates, task);
    if (groups.isEmpty()) {
      // All that could be run have failed; the asker sees why when the first is run.
      groups = List.of(new Group(candidates.subList(0, 1), Optional.empty()));
    }
    Map<Group, Double> scores = scores(groups, candidates);
    List<Group> ranked = new ArrayList<>(groups);
    ranked.sort(
        Comparator.comparing(Group::isEmpty)
            .thenComparing(scores::get, Comparator.reverseOrder())
            .thenComparing(group -> best(group).sql().length()));
    Group chosen = judged(ranked, task);
    for (Group group : ranked) {
      trace(group, scores.get(group), group == chosen, task, since);
    }
    return choice(chosen, ranked, candidates.size(), proposed);
  }

  private Group judged(List<Group> ranked, GenerationTask task) {
    if (judge.isEmpty() || ranked.size() == 1) {
      return ranked.get(0);
    }
    OptionalInt index = judge.get().choose(ranked, task);
    return ranked.get(index.isPresent() && index.getAsInt() < ranked.size() ? index.getAsInt() : 0);
  }

  private static Map<Group, Double> scores(List<Group> groups, List<Candidate> candidates) {
    Map<Group, Double> scores = new IdentityHashMap<>();
    for (Group group : groups) {
      int first =
          group.members().stream().mapToInt(candidates::indexOf).min().orElse(candidates.size());
      double rank = RANK * (candidates.size() - first) / candidates.size();
      scores.put(group, agreeing(group) + rank - Doubts.votes(best(group)));
    }
    return scores;
  }

  /** The member of a group that least speaks against, the shortest of those. */
  static Candidate best(Group group) {
    return group.members().stream()
        .min(
            Comparator.comparingDouble(Doubts::votes)
                .thenComparing(member -> member.sql().length()))
        .orElseThrow();
  }

  private static Choice choice(Group chosen, List<Group> ranked, int valid, int proposed) {
    Candidate best = best(chosen);
    List<String> open = Doubts.open(chosen, best);
    double others = 0.5 * Math.max(0, proposed - valid);
    for (Group group : ranked) {
      if (group != chosen) {
        double believed = Doubts.kept(best(group)) * (group.isEmpty() ? 0.5 : 1);
        others += group.members().size() * believed;
      }
    }
    boolean alone = proposed == 1 && best.proposal().confidence().isPresent();
    double confidence =
        alone
            ? best.proposal().confidence().getAsDouble()
            : Confidence.of(agreeing(chosen), others, !open.isEmpty()) * Doubts.kept(best);
    List<String> warnings = new ArrayList<>(best.proposal().warnings());
    if (!alone) {
      warnings.addAll(open);
      best.signals().stream().map(Signal::sentence).distinct().forEach(warnings::add);
    }
    return new Choice(
        best, confidence, warnings.subList(0, Math.min(MOST_WARNINGS, warnings.size())));
  }

  /** Further proposals of one generator count for less than those of another. */
  private static double agreeing(Group group) {
    long generators = group.generators();
    return generators + 0.5 * (group.members().size() - generators);
  }

  private static void trace(
      Group group, double score, boolean chosen, GenerationTask task, long since) {
    String names =
        String.join(
            ", ", group.members().stream().map(member -> member.proposal().generator()).toList());
    String rows =
        group
            .probe()
            .map(probe -> probe.rows().size() + (probe.complete() ? " rows" : " rows or more"))
            .orElse("not run");
    task.trace()
        .add(
            "select",
            names,
            String.format(Locale.ROOT, "%s, %.2f votes: %s", rows, score, best(group).sql()),
            chosen ? "chosen" : "outvoted",
            null,
            since,
            null);
  }
}

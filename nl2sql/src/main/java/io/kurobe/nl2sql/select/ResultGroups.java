package io.kurobe.nl2sql.select;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.evaluation.RowComparison;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.planner.question.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Groups candidates: equal plans are one, and of the rest each is run once, for its first rows,
 * where its sources allow it.
 */
final class ResultGroups {
  private static final int MOST_ROWS = 5_000;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** All runs for one question together. */
  private static final Duration WHOLE_PATIENCE = Duration.ofSeconds(8);

  private ResultGroups() {}

  /** The groups in the order of their first members; those that failed are left out. */
  static List<Group> of(List<Candidate> candidates, GenerationTask task) {
    if (candidates.size() == 1 && candidates.get(0).proposal().confidence().isPresent()) {
      // It is taken at its generator's word, whatever its rows.
      return List.of(new Group(candidates, Optional.empty()));
    }
    Map<String, List<Candidate>> byPlan = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      byPlan
          .computeIfAbsent(candidate.bound().digest(), digest -> new ArrayList<>())
          .add(candidate);
    }
    if (byPlan.size() == 1 && candidates.size() > 1) {
      // Nothing is to be decided; what the rows are like is still worth knowing.
      return List.of(new Group(candidates, probe(candidates.get(0), task, PATIENCE)));
    }
    List<Group> groups = new ArrayList<>();
    long until = System.nanoTime() + WHOLE_PATIENCE.toNanos();
    for (List<Candidate> same : byPlan.values()) {
      Duration left = Duration.ofNanos(until - System.nanoTime());
      try {
        Optional<Probe> probe =
            left.isNegative()
                ? Optional.empty()
                : probe(same.get(0), task, left.compareTo(PATIENCE) < 0 ? left : PATIENCE);
        add(groups, same, probe);
      } catch (KurobeException e) {
        if (e.code() == ErrorCode.CANCELLED) {
          throw e;
        }
        task.trace()
            .add(
                "select",
                same.get(0).proposal().generator(),
                e.getMessage(),
                "failed",
                null,
                System.nanoTime(),
                null);
      }
    }
    return groups.stream().map(group -> ranked(group, candidates)).toList();
  }

  /** The members in the order of their generators. */
  private static Group ranked(Group group, List<Candidate> candidates) {
    List<Candidate> members = new ArrayList<>(group.members());
    members.sort(Comparator.comparingInt(candidates::indexOf));
    return new Group(members, group.probe());
  }

  private static Optional<Probe> probe(Candidate candidate, GenerationTask task, Duration left) {
    return task.support().probe(candidate.tree(), candidate.bound(), MOST_ROWS, left);
  }

  private static void add(List<Group> groups, List<Candidate> same, Optional<Probe> probe) {
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (isSame(group.probe(), probe)) {
        List<Candidate> members = new ArrayList<>(group.members());
        members.addAll(same);
        groups.set(i, new Group(members, group.probe()));
        return;
      }
    }
    groups.add(new Group(same, probe));
  }

  /** Of rows that were cut off nothing follows. */
  private static boolean isSame(Optional<Probe> one, Optional<Probe> other) {
    if (one.isPresent() && other.isPresent() && one.get() == other.get()) {
      return one.get().complete();
    }
    return one.isPresent()
        && other.isPresent()
        && one.get().complete()
        && other.get().complete()
        && RowComparison.same(one.get().rows(), other.get().rows(), false);
  }
}

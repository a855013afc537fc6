package io.kurobe.nl2sql.select;

import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.planner.question.Probe;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Candidates that give the same rows, as far as is known.
 *
 * @param members at least one
 * @param probe their rows; empty if they were compared by plan only
 */
public record Group(List<Candidate> members, Optional<Probe> probe) {
  public Group {
    members = List.copyOf(members);
  }

  /** Whether it gives no row, or one in which nothing is known. */
  boolean isEmpty() {
    return probe
        .filter(
            seen ->
                seen.complete()
                    && seen.rows().size() <= 1
                    && seen.rows().stream().flatMap(List::stream).noneMatch(Objects::nonNull))
        .isPresent();
  }

  /** How many generators stand behind it. */
  long generators() {
    return members.stream().map(member -> member.proposal().generator()).distinct().count();
  }
}

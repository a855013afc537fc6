package io.kurobe.nl2sql.select;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.validate.Candidate;
import java.util.List;

/**
 * What was chosen.
 *
 * @param candidate the one that is run
 * @param confidence 0 to 1: the share of answers of this kind that are right
 * @param warnings what the asker should know, a sentence each
 */
public record Choice(Candidate candidate, double confidence, List<String> warnings) {
  public Choice {
    requireNonNull(candidate, "candidate is null");
    warnings = List.copyOf(warnings);
  }
}

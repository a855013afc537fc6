package io.kurobe.nl2sql.select;

import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.validate.Candidate;
import java.util.List;

/** Takes the first candidate at its generator's word. */
public final class FirstValid implements Selector {
  /** What a valid query of one generator that says nothing of itself is worth. */
  private static final double ALONE = 0.6;

  @Override
  public Choice select(List<Candidate> candidates, int proposed, GenerationTask task) {
    Candidate first = candidates.get(0);
    return new Choice(
        first, first.proposal().confidence().orElse(ALONE), first.proposal().warnings());
  }
}

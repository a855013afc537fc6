package io.kurobe.nl2sql.select;

import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.validate.Candidate;
import java.util.List;

/** Chooses among candidates. Threads share it. */
public interface Selector {
  /**
   * The best candidate.
   *
   * @param candidates at least one, in the order of their generators
   * @param proposed how many proposals there were, valid or not
   */
  Choice select(List<Candidate> candidates, int proposed, GenerationTask task);
}

package io.kurobe.nl2sql.agent;

import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.validate.Candidate;
import java.util.Optional;

/** Says what a query does in plain words. Threads share it. */
public interface Explainer {
  /**
   * What it does, a few sentences; empty if it cannot tell.
   *
   * @throws io.kurobe.adapters.error.KurobeException CANCELLED if the calling thread is interrupted
   */
  Optional<String> explain(Candidate candidate, GenerationTask task);
}

package io.kurobe.nl2sql.agent;

import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Proposal;
import java.util.Optional;

/** Proposes a query in the place of one that something is wrong with. Threads share it. */
public interface Mender {
  /**
   * Another query of the same generator, not validated; empty if there is none.
   *
   * @param wrong what is wrong with it, in sentences
   * @throws io.kurobe.adapters.error.KurobeException CANCELLED if the calling thread is interrupted
   */
  Optional<Proposal> mended(Proposal proposal, String wrong, GenerationTask task);
}

package io.kurobe.nl2sql.model;

import io.kurobe.adapters.error.KurobeException;

/** A language model: text in, text out, nothing remembered. Threads share it. */
public interface LanguageModel {
  /** Its name in the configuration. */
  String name();

  /**
   * Asks it, and waits for the whole answer.
   *
   * @throws ModelFailure while it stands alone, without what {@link
   *     io.kurobe.nl2sql.model.guard.GuardedModels} puts before it
   * @throws KurobeException MODEL_UNAVAILABLE, with what to do, from a guarded model
   */
  ModelReply ask(ModelRequest request);
}

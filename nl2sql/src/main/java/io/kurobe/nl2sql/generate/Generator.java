package io.kurobe.nl2sql.generate;

import io.kurobe.adapters.error.KurobeException;
import java.util.List;

/** Proposes queries for a question. Several run at the same time; threads share each. */
public interface Generator {
  /** Its name in the configuration, after USING and in EXPLAIN ASK. */
  String name();

  /** Whether what it proposes is Kurobe's SQL as it stands, and no dialect of its own. */
  default boolean writesOurSql() {
    return false;
  }

  /**
   * Its proposals, best first, none validated.
   *
   * @throws KurobeException in class KA if it has none: what was not understood, or that its model
   *     cannot be reached
   */
  List<Proposal> propose(GenerationTask task);
}

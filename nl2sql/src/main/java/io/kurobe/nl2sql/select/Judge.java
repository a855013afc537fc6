package io.kurobe.nl2sql.select;

import io.kurobe.nl2sql.generate.GenerationTask;
import java.util.List;
import java.util.OptionalInt;

/** Decides between groups of candidates that disagree, such as a language model. */
public interface Judge {
  /**
   * The index of the best group; empty if it cannot tell.
   *
   * @param groups at least two, the most trusted first, as XiYan-SQL shows them
   */
  OptionalInt choose(List<Group> groups, GenerationTask task);
}

package io.kurobe.nl2sql.generate;

import java.util.List;

/** Where the examples in prompts come from. Threads share it. */
public interface ExampleSource {
  /** No examples. */
  ExampleSource NONE = (task, most) -> List.of();

  /**
   * Questions like the one of the task, the likest first, that the asking user may know of.
   *
   * @param most how many at most
   */
  List<Example> nearest(GenerationTask task, int most);
}

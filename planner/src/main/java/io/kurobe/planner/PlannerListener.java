package io.kurobe.planner;

import java.time.Duration;

/**
 * Who wants to know what the steps of statements cost, such as metrics. Called by the threads that
 * do the work, of many statements at once: it returns at once and never throws.
 */
public interface PlannerListener {
  /** A step on the way of a statement. */
  enum Step {
    PARSE,
    /** From a question to its query, or to why there is none. */
    ASK,
    BIND,
    OPTIMIZE,
    /** Cutting the plan into what each source runs. */
    FRAGMENT,
    /** From the start of an execution to its first rows. */
    FIRST_BATCH,
    /** From the start of an execution to its end, whoever ended it. */
    EXECUTE
  }

  /** A step has ended, well or badly. */
  void took(Step step, Duration duration);

  /**
   * Rows have come out of a fragment.
   *
   * @param runsOn the source's name, or the engine's
   */
  void moved(String runsOn, long rows, long bytes);

  /** A query's plan was found, or had to be made. */
  default void planFound(boolean found) {}

  PlannerListener NONE =
      new PlannerListener() {
        @Override
        public void took(Step step, Duration duration) {}

        @Override
        public void moved(String runsOn, long rows, long bytes) {}
      };
}

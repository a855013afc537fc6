package io.kurobe.nl2sql.model;

import java.time.Duration;

/** Hears what asking models costs. Threads share it; it returns at once. */
public interface ModelListener {
  /** Hears nothing. */
  ModelListener NONE = new ModelListener() {};

  /**
   * A model answered.
   *
   * @param model its name in the configuration
   * @param asker on whose behalf it was asked
   * @param took with retries
   * @param cost in the currency of the configured prices; 0 where there are none
   */
  default void answered(String model, String asker, Duration took, ModelReply reply, double cost) {}

  /** A model gave no answer. */
  default void failed(String model, String asker, Duration took, ModelFailure.Kind kind) {}

  /** A model is asked once more. */
  default void retried(String model) {}

  /** Another model is asked instead. */
  default void fellBack(String from, String to) {}

  /** A model is left alone for a while, as it failed too often, or is asked again. */
  default void resting(String model, boolean rests) {}
}

package io.kurobe.planner.ask;

/**
 * What is done about a low confidence.
 *
 * @param warn below it an answer carries warning 01KA1
 * @param refuse below it there is no answer but KA003
 */
public record AskPolicy(double warn, double refuse) {
  public static final AskPolicy DEFAULT = new AskPolicy(0.6, 0.0);

  public AskPolicy {
    if (!(warn >= 0 && warn <= 1 && refuse >= 0 && refuse <= 1)) {
      throw new IllegalArgumentException("confidences lie between 0 and 1");
    }
  }
}

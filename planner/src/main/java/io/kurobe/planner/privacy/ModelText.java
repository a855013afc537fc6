package io.kurobe.planner.privacy;

/**
 * Text that may go to a language model: nothing personal that Kurobe knows the form of is in it. It
 * is made by {@link Redaction.Prompt} alone.
 */
public final class ModelText {
  private final String text;

  ModelText(String text) {
    this.text = text;
  }

  /** The text. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}

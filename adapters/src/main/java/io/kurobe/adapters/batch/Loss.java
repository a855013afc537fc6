package io.kurobe.adapters.batch;

/** What a value lost because its type here keeps less of it than the source has. */
public enum Loss {
  DECIMALS_ROUNDED("a number was rounded to the decimals of its column's type"),
  TIME_CUT("a time was cut to microseconds");

  private final String sentence;

  Loss(String sentence) {
    this.sentence = sentence;
  }

  /** What to tell whoever reads the value. */
  public String sentence() {
    return sentence;
  }
}

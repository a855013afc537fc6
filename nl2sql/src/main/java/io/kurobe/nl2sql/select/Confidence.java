package io.kurobe.nl2sql.select;

/**
 * How often answers are right that so many generators agree on. Measured with seven generators on
 * questions of many databases: all seven agree, 98 in 100 are right; six, 86, and more where
 * nothing speaks against the answer; five, 76; four, 75; three, 42; two, 24.
 */
final class Confidence {
  /** Shares of agreement, and what they keep of the confidence of as many that all agree. */
  private static final double[][] CURVE = {
    {0, 0.10},
    {2 / 7.0, 0.24},
    {3 / 7.0, 0.43},
    {4 / 7.0, 0.65},
    {5 / 7.0, 0.80},
    {6 / 7.0, 0.94},
    {1, 1}
  };

  /** What one generator is believed that says nothing of itself. */
  private static final double ALONE = 0.6;

  /** What is left where the rows show that the question was open: 6 in 10 of those are right. */
  private static final double OPEN = 0.7;

  private Confidence() {}

  /**
   * The confidence.
   *
   * @param agreeing how many generators agree
   * @param others how many others there are, each counted as far as it is to be believed
   * @param open whether the rows leave something open
   */
  static double of(double agreeing, double others, boolean open) {
    double all = 1 - (1 - ALONE) * Math.exp(-0.5 * (agreeing - 1));
    double confidence = all * kept(agreeing / (agreeing + others));
    return open ? confidence * OPEN : confidence;
  }

  private static double kept(double share) {
    for (int i = 1; i < CURVE.length; i++) {
      if (share <= CURVE[i][0]) {
        double from = CURVE[i - 1][0];
        double part = (share - from) / (CURVE[i][0] - from);
        return CURVE[i - 1][1] + part * (CURVE[i][1] - CURVE[i - 1][1]);
      }
    }
    return 1;
  }
}

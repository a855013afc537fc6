package io.kurobe.examples.shop;

import java.util.List;
import java.util.Random;

/**
 * Chance with a seed. {@link Random} because its algorithm is part of its specification: the same
 * seed gives the same shop on every Java.
 */
final class Dice {
  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  double fraction() {
    return random.nextDouble();
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** One of the choices, the early ones more often than the late ones. */
  <T> T pickEarly(List<T> choices) {
    double fraction = random.nextDouble();
    return choices.get((int) (choices.size() * fraction * StrictMath.sqrt(fraction)));
  }

  /** A count of independent events of which {@code mean} are expected (Knuth's method). */
  int poisson(double mean) {
    if (mean > 500) {
      return Math.max(
          0, (int) StrictMath.round(mean + random.nextGaussian() * StrictMath.sqrt(mean)));
    }
    double limit = StrictMath.exp(-mean);
    int count = -1;
    double product = 1;
    do {
      count++;
      product *= random.nextDouble();
    } while (product > limit);
    return count;
  }

  /** The index of one of the weights, whose running sums are given. */
  int weighted(double[] runningSums) {
    double at = random.nextDouble() * runningSums[runningSums.length - 1];
    int low = 0;
    int high = runningSums.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runningSums[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}

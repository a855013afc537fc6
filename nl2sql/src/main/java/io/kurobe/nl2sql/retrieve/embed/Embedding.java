package io.kurobe.nl2sql.retrieve.embed;

import java.util.Arrays;

/**
 * What a text means, as a direction: texts of like meaning have like directions. Kept in a byte a
 * component, which changes a cosine by less than a hundredth. Immutable.
 */
public final class Embedding {
  /** How many components there are. */
  public static final int DIMENSIONS = 384;

  /** Components of a unit vector of so many are far below 1; these fill a byte and seldom more. */
  private static final float SCALE = 400;

  private final byte[] components;
  private final double length;

  private Embedding(byte[] components) {
    if (components.length != DIMENSIONS) {
      throw new IllegalArgumentException("an embedding has " + DIMENSIONS + " components");
    }
    this.components = components;
    this.length = Math.sqrt(product(components, components));
  }

  /** The direction of a vector of any length but none. */
  public static Embedding of(float[] vector) {
    double squares = 0;
    for (float component : vector) {
      squares += component * component;
    }
    float scale = (float) (SCALE / Math.sqrt(Math.max(squares, Float.MIN_NORMAL)));
    byte[] bytes = new byte[vector.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.max(-127, Math.min(127, Math.round(vector[i] * scale)));
    }
    return new Embedding(bytes);
  }

  /** One that was kept. */
  public static Embedding ofBytes(byte[] bytes) {
    return new Embedding(bytes.clone());
  }

  /** A copy of its components, to be kept. */
  public byte[] bytes() {
    return components.clone();
  }

  /** Whether it has no direction, as the text had no meaning. */
  public boolean isNothing() {
    return length == 0;
  }

  /** The cosine of the angle to another: 1 for the same meaning. */
  public double cosine(Embedding other) {
    double lengths = length * other.length;
    return lengths == 0 ? 0 : product(components, other.components) / lengths;
  }

  private static int product(byte[] one, byte[] other) {
    int sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(components, that.components);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(components);
  }
}

package io.kurobe.nl2sql.offline.rank;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * How often candidates with certain signs are right, 0 to 1: a logistic model whose weights are
 * read from a file. Immutable; threads share it.
 */
public final class Confidence {
  private static final Confidence FITTED = load();

  private final double threshold;
  private final double bias;
  private final Map<String, Double> weights;

  private Confidence(double threshold, double bias, Map<String, Double> weights) {
    this.threshold = threshold;
    this.bias = bias;
    this.weights = Map.copyOf(weights);
  }

  /** The model that was fitted to training questions. */
  public static Confidence fitted() {
    return FITTED;
  }

  private static Confidence load() {
    var properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(
            Confidence.class.getResourceAsStream("confidence.properties"),
            "confidence.properties is missing")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Double> weights = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> weights.put(name, Double.valueOf(properties.getProperty(name))));
    double threshold = Objects.requireNonNull(weights.remove("threshold"));
    double bias = Objects.requireNonNull(weights.remove("bias"));
    return new Confidence(threshold, bias, weights);
  }

  /** Below this nothing is answered. */
  public double threshold() {
    return threshold;
  }

  /** The confidence that signs give. */
  double of(Map<String, Double> signs) {
    double sum = bias;
    for (Map.Entry<String, Double> sign : signs.entrySet()) {
      sum += weights.getOrDefault(sign.getKey(), 0.0) * sign.getValue();
    }
    double confidence = 1 / (1 + Math.exp(-sum));
    return Signs.leavesOut(signs) ? Math.min(confidence, 0.9 * threshold) : confidence;
  }
}

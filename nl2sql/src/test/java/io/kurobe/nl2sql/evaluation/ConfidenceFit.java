package io.kurobe.nl2sql.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Fits the confidence to answers: logistic regression by Newton's method, with a small penalty on
 * weights so that a sign that is always nought gets none.
 */
final class ConfidenceFit {
  private static final int STEPS = 40;
  private static final double PENALTY = 1e-2;

  private final List<String> names;
  private final double[] weights;

  /**
   * An answer and whether its rows were right.
   *
   * @param fold which of the parts its database belongs to
   */
  record Sample(Map<String, Double> signs, boolean right, int fold) {}

  private ConfidenceFit(List<String> names, double[] weights) {
    this.names = names;
    this.weights = weights;
  }

  static ConfidenceFit of(List<Sample> samples, Predicate<Sample> used) {
    var all = new TreeSet<String>();
    samples.forEach(sample -> all.addAll(sample.signs().keySet()));
    var fit = new ConfidenceFit(new ArrayList<>(all), new double[all.size() + 1]);
    List<Sample> chosen = samples.stream().filter(used).toList();
    for (int step = 0; step < STEPS; step++) {
      fit.step(chosen);
    }
    return fit;
  }

  private void step(List<Sample> samples) {
    int n = weights.length;
    double[][] system = new double[n][n + 1];
    for (Sample sample : samples) {
      double[] x = row(sample.signs());
      double p = confidence(x);
      for (int i = 0; i < n; i++) {
        system[i][n] += x[i] * ((sample.right() ? 1 : 0) - p);
        for (int k = 0; k < n; k++) {
          system[i][k] += x[i] * x[k] * p * (1 - p);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      system[i][i] += i == 0 ? 1e-9 : PENALTY;
      system[i][n] -= i == 0 ? 0 : PENALTY * weights[i];
    }
    double[] change = solve(system);
    for (int i = 0; i < n; i++) {
      weights[i] += change[i];
    }
  }

  /** Gauss and Jordan's elimination. */
  private static double[] solve(double[][] system) {
    int n = system.length;
    for (int i = 0; i < n; i++) {
      int pivot = i;
      for (int k = i + 1; k < n; k++) {
        pivot = Math.abs(system[k][i]) > Math.abs(system[pivot][i]) ? k : pivot;
      }
      double[] row = system[pivot];
      system[pivot] = system[i];
      system[i] = row;
      for (int k = 0; k < n; k++) {
        double factor = k == i ? 0 : system[k][i] / row[i];
        for (int j = i; factor != 0 && j <= n; j++) {
          system[k][j] -= factor * row[j];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = system[i][n] / system[i][i];
    }
    return solution;
  }

  private double[] row(Map<String, Double> signs) {
    double[] row = new double[weights.length];
    row[0] = 1;
    for (int i = 0; i < names.size(); i++) {
      row[i + 1] = signs.getOrDefault(names.get(i), 0.0);
    }
    return row;
  }

  private double confidence(double[] row) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += weights[i] * row[i];
    }
    return 1 / (1 + Math.exp(-sum));
  }

  double confidence(Map<String, Double> signs) {
    return confidence(row(signs));
  }

  /** The weights as the engine's file has them. */
  Map<String, String> weights() {
    Map<String, String> written = new LinkedHashMap<>();
    written.put("bias", String.format(Locale.ROOT, "%.2f", weights[0]));
    for (int i = 0; i < names.size(); i++) {
      written.put(names.get(i), String.format(Locale.ROOT, "%.2f", weights[i + 1]));
    }
    return written;
  }
}

package io.kurobe.nl2sql.offline.rank;

import static java.util.Map.entry;

import io.kurobe.nl2sql.offline.link.Join;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Orders candidates by how much of the question they cover, how well their names fit, and how
 * simple they are. The confidence is a logistic model over a few such signs, whose weights were
 * fitted to training questions: it says how often such candidates were right.
 */
public final class Ranker {
  /** Below this nothing is answered. */
  public static final double THRESHOLD = 0.42;

  private static final double BIAS = -1.59;

  /** Fitted by logistic regression to whether the best candidate's rows were right. */
  private static final Map<String, Double> WEIGHTS =
      Map.ofEntries(
          entry("linking", 5.92),
          entry("weakest", -1.57),
          entry("ignored", -0.39),
          entry("joins", -0.52),
          entry("semiJoins", -0.51),
          entry("columns", -0.21),
          entry("words", -0.79),
          entry("limit", -0.29),
          entry("repeated", -1.06));

  private Ranker() {}

  /**
   * A candidate with its confidence, 0 to 1, and the signs that it comes from: what speaks for it
   * and against it, in numbers.
   */
  public record Ranked(Candidate candidate, double confidence, Map<String, Double> signs) {
    /** The signs that are not nought, for people. */
    public String because() {
      return signs.entrySet().stream()
          .filter(sign -> sign.getValue() != 0)
          .map(sign -> String.format(Locale.ROOT, "%s %.2f", sign.getKey(), sign.getValue()))
          .collect(Collectors.joining(", "));
    }
  }

  /** The candidates, the best first. */
  public static List<Ranked> rank(List<Candidate> candidates) {
    return candidates.stream()
        .map(
            candidate -> {
              Map<String, Double> signs = signs(candidate);
              return new Ranked(candidate, confidence(signs), signs);
            })
        .sorted(
            Comparator.comparingDouble(Ranked::confidence)
                .reversed()
                .thenComparingInt(ranked -> ranked.candidate().sql().length()))
        .toList();
  }

  private static double confidence(Map<String, Double> signs) {
    double sum = BIAS;
    for (Map.Entry<String, Double> sign : signs.entrySet()) {
      sum += WEIGHTS.getOrDefault(sign.getKey(), 0.0) * sign.getValue();
    }
    double confidence = 1 / (1 + Math.exp(-sum));
    // Whoever leaves out a word that matters answers another question.
    boolean leavesOut =
        signs.getOrDefault("ignored", 0.0) >= 1 || signs.getOrDefault("dropped", 0.0) >= 1;
    return leavesOut ? Math.min(confidence, 0.9 * THRESHOLD) : confidence;
  }

  /** What speaks for a candidate and against it, in numbers. */
  static Map<String, Double> signs(Candidate candidate) {
    Map<String, Double> signs = new LinkedHashMap<>();
    List<Join> joins = candidate.query().joins();
    long guessed = joins.stream().filter(join -> !join.declared()).count();
    signs.put("linking", candidate.linking());
    double ignored =
        candidate.ignored().stream().mapToDouble(word -> word.endsWith("ed") ? 0.5 : 1).sum();
    signs.put("ignored", Math.min(3, ignored));
    signs.put("dropped", (double) Math.min(3, candidate.dropped().size()));
    signs.put("weakest", candidate.weakest());
    signs.put("joins", (double) Math.min(4, joins.size()));
    signs.put("guessed", (double) Math.min(2, guessed));
    signs.put("semiJoins", (double) Math.min(3, candidate.query().semiJoins().size()));
    signs.put("columns", (double) Math.min(5, candidate.query().select().size()));
    signs.put("words", Math.min(40, candidate.words()) / 10.0);
    signs.put("groups", candidate.query().groupBy().isEmpty() ? 0.0 : 1.0);
    signs.put("limit", candidate.query().limit().isPresent() ? 1.0 : 0.0);
    signs.put(
        "repeated",
        candidate.query().select().stream().anyMatch(shown -> shown.distinct()) ? 1.0 : 0.0);
    return signs;
  }
}

package io.kurobe.nl2sql.offline.rank;

import io.kurobe.nl2sql.offline.link.Join;
import java.util.Comparator;
import java.util.List;

/**
 * Orders candidates by how much of the question they cover, how well their names fit, and how
 * simple they are. The confidence is a product, so that one bad sign is enough to lower it.
 */
public final class Ranker {
  /** Below this nothing is answered. */
  public static final double THRESHOLD = 0.5;

  private static final double IGNORED_WORD = 0.68;
  private static final double JOIN = 0.96;
  private static final double GUESSED_JOIN = 0.9;

  private Ranker() {}

  /** A candidate with its confidence, 0 to 1. */
  public record Ranked(Candidate candidate, double confidence) {}

  /** The candidates, the best first. */
  public static List<Ranked> rank(List<Candidate> candidates) {
    return candidates.stream()
        .map(candidate -> new Ranked(candidate, confidence(candidate)))
        .sorted(
            Comparator.comparingDouble(Ranked::confidence)
                .reversed()
                .thenComparingInt(ranked -> ranked.candidate().sql().length()))
        .toList();
  }

  private static double confidence(Candidate candidate) {
    double confidence = 0.97 * Math.min(1, candidate.linking());
    confidence *= Math.pow(IGNORED_WORD, candidate.ignored().size());
    for (Join join : candidate.query().joins()) {
      confidence *= join.declared() ? JOIN : GUESSED_JOIN;
    }
    confidence *= Math.pow(JOIN, candidate.query().semiJoins().size());
    return confidence;
  }
}

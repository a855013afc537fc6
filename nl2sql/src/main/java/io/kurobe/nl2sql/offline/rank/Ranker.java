package io.kurobe.nl2sql.offline.rank;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Orders candidates by how much of the question they cover, how well their names fit, and how
 * simple they are: by the {@link Confidence} that their {@link Signs} give.
 */
public final class Ranker {
  private Ranker() {}

  /**
   * A candidate with its confidence, 0 to 1, and the signs that it comes from.
   *
   * @param signs what speaks for it and against it, by name
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
        .map(candidate -> ranked(candidate, candidates))
        .sorted(
            Comparator.comparingDouble(Ranked::confidence)
                .reversed()
                .thenComparingInt(ranked -> ranked.candidate().sql().length()))
        .toList();
  }

  private static Ranked ranked(Candidate candidate, List<Candidate> all) {
    Map<String, Double> signs = Signs.of(candidate, all);
    return new Ranked(candidate, Confidence.fitted().of(signs), signs);
  }
}

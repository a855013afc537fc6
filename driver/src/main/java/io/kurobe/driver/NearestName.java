package io.kurobe.driver;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The candidate that a mistyped name most likely meant, by edit distance. */
final class NearestName {
  private NearestName() {}

  /** The nearest candidate, if one is near enough to be a plausible slip of the fingers. */
  static Optional<String> of(String name, Collection<String> candidates) {
    String best = null;
    int bestDistance = Math.max(2, name.length() / 2) + 1;
    for (String candidate : candidates) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's distance, one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substituted, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}

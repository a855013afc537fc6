package io.kurobe.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one was probably meant to be. */
final class NearestName {
  private NearestName() {}

  /** The nearest name, if one is near: at most a third of its letters differ, and at most three. */
  static Optional<String> of(String wrong, Collection<String> names) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= allowed(name, wrong))
        .min(
            Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int allowed(String name, String wrong) {
    return Math.min(3, Math.max(1, Math.max(name.length(), wrong.length()) / 3));
  }

  /** Levenshtein's distance, with a swap of neighbours as one edit. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}

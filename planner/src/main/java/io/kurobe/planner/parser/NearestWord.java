package io.kurobe.planner.parser;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The word that was meant: the nearest in edits (a letter too many, too few, another, or two
 * swapped), at most two, and at most one for a word of up to four letters.
 */
final class NearestWord {
  private static final int SHORT = 4;
  private static final int LONGEST = 32;

  private NearestWord() {}

  static Optional<String> to(String written, Collection<String> words) {
    String word = written.toUpperCase(Locale.ROOT);
    if (word.length() < 3 || word.length() > LONGEST || words.contains(word)) {
      return Optional.empty();
    }
    int allowed = word.length() <= SHORT ? 1 : 2;
    Optional<String> nearest = Optional.empty();
    for (String candidate : words) {
      int distance = distance(word, candidate);
      // A word of three letters is two edits away from too many others.
      if (distance <= allowed && candidate.length() >= 3) {
        nearest = Optional.of(candidate);
        allowed = distance - 1;
      }
    }
    return nearest;
  }

  /** Optimal string alignment distance. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      edits[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      edits[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(edits[i - 1][j] + 1, edits[i][j - 1] + 1);
        least = Math.min(least, edits[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, edits[i - 2][j - 2] + 1);
        }
        edits[i][j] = least;
      }
    }
    return edits[a.length()][b.length()];
  }
}

package io.kurobe.adapters.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds what somebody probably meant by a name that does not exist: the names a few edits away (a
 * letter too many, too few, another, or two neighbours swapped), nearest first, ignoring case.
 */
public final class NearestNames {
  private static final int MOST = 3;
  private static final int SHORT = 4;
  private static final int LONGEST = 128;

  private record Near(String name, int distance) {}

  private NearestNames() {}

  /**
   * Up to three names: one edit away for up to four letters, then two, and three from nine letters
   * on. Names of fewer than three letters are near to too much and never found.
   */
  public static List<String> of(String written, Collection<String> names) {
    String wanted = written.toLowerCase(Locale.ROOT);
    if (wanted.length() < 3 || wanted.length() > LONGEST) {
      return List.of();
    }
    int allowed = wanted.length() <= SHORT ? 1 : Math.min(3, Math.max(2, wanted.length() / 3));
    return names.stream()
        .distinct()
        .filter(name -> name.length() >= 3)
        .filter(name -> Math.abs(name.length() - wanted.length()) <= allowed)
        .map(name -> new Near(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(near -> near.distance() > 0 && near.distance() <= allowed)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(MOST)
        .map(Near::name)
        .toList();
  }

  /** A hint for people: "did you mean a or b?", or empty text where nothing is near. */
  public static String hint(List<String> names) {
    return names.isEmpty() ? "" : "did you mean " + String.join(" or ", names) + "?";
  }

  /** Optimal string alignment distance. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(edits[i - 1][j] + 1, edits[i][j - 1] + 1);
        least = Math.min(least, edits[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        edits[i][j] = swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
      }
    }
    return edits[a.length()][b.length()];
  }
}

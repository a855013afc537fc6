package io.kurobe.planner.bind;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody probably meant: the names within a small edit distance, nearest first. */
public final class NearestName {
  private static final int MOST = 3;
  private static final int SHORT = 3;

  private record Scored(String name, int distance) {}

  private NearestName() {}

  /**
   * Up to three names near to what was written, ignoring case. The distance allowed grows with the
   * length: one edit in three letters, and two letters may always be swapped in longer ones.
   */
  public static List<String> of(String written, Collection<String> names) {
    String wanted = written.toLowerCase(Locale.ROOT);
    int limit = wanted.length() <= SHORT ? 1 : Math.max(2, wanted.length() / 3);
    return names.stream()
        .distinct()
        .map(name -> new Scored(name, distance(wanted, name.toLowerCase(Locale.ROOT), limit)))
        .filter(scored -> scored.distance() >= 0)
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
        .limit(MOST)
        .map(Scored::name)
        .toList();
  }

  private static int distance(String wanted, String name, int limit) {
    if (name.equals(wanted + "s") || wanted.equals(name + "s")) {
      return 0;
    }
    return new LevenshteinDistance(limit).apply(wanted, name);
  }

  /** A hint for people: "did you mean a or b?", or empty text where nothing is near. */
  public static String hint(List<String> names) {
    return names.isEmpty() ? "" : "did you mean " + String.join(" or ", names) + "?";
  }
}

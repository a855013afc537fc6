package io.kurobe.nl2sql.offline.link;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How alike two spellings are: one may be cut short, or have one letter wrong. */
final class Spelling {
  private static final int SHORTEST_ABBREVIATION = 4;
  private static final int SHORTEST_MISSPELT = 6;
  private static final int SHORTEST_CUT = 3;
  private static final int LONGEST_CUT = 4;
  private static final Pattern CONSONANTS = Pattern.compile("[b-df-hj-np-tv-z]+");
  private static final double ABBREVIATED = 0.8;
  private static final double MISSPELT = 0.8;

  private Spelling() {}

  /** 0 if they are not alike, else how sure it is that one is meant by the other. */
  static double likeness(String asked, String name) {
    if (name.length() >= SHORTEST_ABBREVIATION
        && asked.length() >= name.length() + 2
        && asked.startsWith(name)) {
      return ABBREVIATED;
    }
    boolean enough = Math.min(asked.length(), name.length()) >= SHORTEST_MISSPELT;
    return enough && asked.charAt(0) == name.charAt(0) && oneEdit(asked, name) ? MISSPELT : 0;
  }

  /**
   * Whether a name is a word cut short, as "sal" is "salary" and "ctg" is "category": its
   * beginning, or some of its consonants.
   */
  static boolean cutShort(String asked, String name) {
    if (name.length() < SHORTEST_CUT
        || name.length() > LONGEST_CUT
        || asked.length() < name.length() + 2
        || asked.charAt(0) != name.charAt(0)) {
      return false;
    }
    if (asked.startsWith(name)) {
      // Longer ones may be words of their own: news are no newspaper.
      return name.length() == SHORTEST_CUT;
    }
    if (!CONSONANTS.matcher(name).matches()) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < asked.length() && at < name.length(); i++) {
      if (asked.charAt(i) == name.charAt(at)) {
        at++;
      }
    }
    return at == name.length();
  }

  /** Whether two letters beside each other are swapped. */
  static boolean swapped(String a, String b) {
    return a.length() == b.length() && !a.equals(b) && oneEdit(a, b) && sorted(a).equals(sorted(b));
  }

  private static String sorted(String word) {
    return word.chars().sorted().mapToObj(Character::toString).collect(Collectors.joining());
  }

  /** Whether one letter too many, too few, wrong or swapped makes the difference. */
  static boolean oneEdit(String a, String b) {
    int start = 0;
    while (start < Math.min(a.length(), b.length()) && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < Math.min(a.length(), b.length()) - start
        && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) {
      end++;
    }
    int left = a.length() - start - end;
    int right = b.length() - start - end;
    boolean swapped =
        left == 2
            && right == 2
            && a.charAt(start) == b.charAt(start + 1)
            && a.charAt(start + 1) == b.charAt(start);
    return Math.max(left, right) == 1 || swapped;
  }
}

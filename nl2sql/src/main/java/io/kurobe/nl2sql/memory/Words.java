package io.kurobe.nl2sql.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question as words, numbers and signs that mean something, in lower case.
 *
 * @param all in order
 */
record Words(List<String> all) {
  private static final Pattern WORD =
      Pattern.compile("\\d+(?:[.,]\\d+)*|[\\p{L}\\p{M}\\p{N}_]+|[<>=!%+*/$€£]");

  Words {
    all = List.copyOf(all);
  }

  static Words of(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return new Words(words);
  }

  int size() {
    return all.size();
  }

  String joined() {
    return String.join(" ", all);
  }

  String joined(int from, int length) {
    return String.join(" ", all.subList(from, from + length));
  }

  /** Where other words stand in these, if they do exactly once; else -1. */
  int onlyPlaceOf(Words other) {
    int found = -1;
    for (int i = 0; i + other.size() <= size(); i++) {
      if (all.subList(i, i + other.size()).equals(other.all)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }
}

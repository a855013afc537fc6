package io.kurobe.nl2sql.retrieve;

import io.kurobe.nl2sql.retrieve.StoredValues.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The values of one column, prepared for being found where a question spells them about so: exactly
 * but for case, or with few letters wrong. Immutable; threads share it.
 */
final class ValueTexts {
  private static final int LONGEST = 80;

  /** Letters of a value for each that may be wrong. */
  private static final int LETTERS_AN_EDIT = 5;

  private static final double FIRST_EDIT = 0.9;

  private record Text(String lower, String value, long signature) {}

  private final Map<String, String> exact = new HashMap<>();
  private final List<Text> texts = new ArrayList<>();

  private ValueTexts() {}

  static ValueTexts of(List<String> values) {
    var prepared = new ValueTexts();
    for (String value : values) {
      if (value.length() <= LONGEST) {
        String lower = value.toLowerCase(Locale.ROOT).strip();
        if (prepared.exact.putIfAbsent(lower, value) == null) {
          prepared.texts.add(new Text(lower, value, signature(lower)));
        }
      }
    }
    return prepared;
  }

  /** The value that a part of a question is, or is most like. */
  Optional<Found> nearest(Phrase phrase) {
    String same = exact.get(phrase.lower());
    if (same != null) {
      return Optional.of(new Found(phrase, same, 1));
    }
    int most = phrase.lower().length() / LETTERS_AN_EDIT;
    if (!phrase.loose() || most == 0) {
      return Optional.empty();
    }
    long signature = signature(phrase.lower());
    Found best = null;
    for (Text text : texts) {
      // An edit changes two pairs of letters at most, and so four signs.
      boolean near =
          Math.abs(text.lower().length() - phrase.lower().length()) <= most
              && Long.bitCount(text.signature() ^ signature) <= 4 * most;
      if (near) {
        int edits = edits(text.lower(), phrase.lower(), most);
        double likeness = FIRST_EDIT - (edits - 1.0) / phrase.lower().length();
        if (edits <= most && (best == null || likeness > best.likeness())) {
          best = new Found(phrase, text.value(), likeness);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** A sign for each pair of letters. */
  private static long signature(String text) {
    long signs = 0;
    for (int i = 1; i < text.length(); i++) {
      signs |= 1L << ((text.charAt(i - 1) * 31 + text.charAt(i)) * 0x9E3779B97F4A7C15L >>> 58);
    }
    return signs;
  }

  /**
   * The least number of letters to add, to take away or to change; more than {@code most} is all
   * one.
   */
  private static int edits(String one, String other, int most) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int before = row[0];
      row[0] = i;
      int least = i;
      for (int j = 1; j < row.length; j++) {
        int changed = before + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        before = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
        least = Math.min(least, row[j]);
      }
      if (least > most) {
        return most + 1;
      }
    }
    return row[other.length()];
  }
}

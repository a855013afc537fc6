package io.kurobe.nl2sql.validate;

import io.kurobe.adapters.error.NearestNames;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The column somebody meant by a name that none has: a few letters off, or the same words in other
 * order or number, without those of its table's name.
 */
final class NearestColumn {
  private static final double ENOUGH = 0.5;

  private NearestColumn() {}

  /**
   * The nearest of a table's columns, if one is near and nearer than all others.
   *
   * @param table the table's own name, which people put before a column's
   */
  static Optional<String> of(String written, Collection<String> columns, String table) {
    Set<String> tableWords = words(table);
    Set<String> wanted = without(words(written), tableWords);
    String best = null;
    double most = 0;
    boolean alone = false;
    for (String column : columns) {
      Set<String> given = without(words(column), tableWords);
      double likeness = likeness(wanted, given);
      if (likeness > most) {
        most = likeness;
        best = column;
        alone = true;
      } else if (likeness == most) {
        alone = false;
      }
    }
    if (best != null && alone && most >= ENOUGH) {
      return Optional.of(best);
    }
    List<String> near = NearestNames.of(written, columns);
    return near.isEmpty() ? Optional.empty() : Optional.of(near.get(0));
  }

  private static double likeness(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.retainAll(b);
    Set<String> either = new HashSet<>(a);
    either.addAll(b);
    return either.isEmpty() ? 0 : (double) both.size() / either.size();
  }

  /** All words, or those that are not among others, unless none is left. */
  private static Set<String> without(Set<String> words, Set<String> others) {
    Set<String> left = new HashSet<>(words);
    left.removeAll(others);
    return left.isEmpty() ? words : left;
  }

  static Set<String> words(String name) {
    String spaced = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
    Set<String> words = new HashSet<>();
    Arrays.stream(spaced.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty())
        .map(NearestColumn::singular)
        .forEach(words::add);
    return words;
  }

  private static String singular(String word) {
    return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
        ? word.substring(0, word.length() - 1)
        : word;
  }
}

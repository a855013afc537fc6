package io.kurobe.nl2sql.validate;

import io.kurobe.nl2sql.validate.KnownTables.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The columns that a question names, word by word: of two words or more, as "full names" names
 * {@code full_name}, so that a word of every day's language is not taken for a column.
 */
final class AskedColumns {
  private static final int MOST_WORDS = 5;

  private AskedColumns() {}

  /** The lower-case names of the columns that a text names. */
  static Set<String> in(String text, KnownTables tables) {
    List<String> words = words(text);
    Set<String> runs = new LinkedHashSet<>();
    for (int from = 0; from < words.size(); from++) {
      var run = new StringBuilder();
      for (int to = from; to < Math.min(words.size(), from + MOST_WORDS); to++) {
        run.append(words.get(to));
        runs.add(run.toString());
      }
    }
    Set<String> named = new LinkedHashSet<>();
    for (Known table : tables.all()) {
      for (String column : table.columns()) {
        List<String> parts = words(column.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " "));
        if (parts.size() > 1 && runs.contains(String.join("", parts))) {
          named.add(column.toLowerCase(Locale.ROOT));
        }
      }
    }
    return named;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty())
        .map(
            word ->
                word.length() > 3 && word.endsWith("s")
                    ? word.substring(0, word.length() - 1)
                    : word)
        .forEach(words::add);
    return words;
  }
}

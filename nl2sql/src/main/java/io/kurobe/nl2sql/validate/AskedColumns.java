package io.kurobe.nl2sql.validate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The columns that a question names, word by word: of two words or more, as "full names" names
 * {@code full_name}, so that a word of every day's language is not taken for a column.
 */
final class AskedColumns {
  private static final int MOST_WORDS = 5;
  private static final Pattern COMPOUND = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

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
    runs.forEach(run -> named.addAll(tables.columnsOfWords(run)));
    return named;
  }

  /** The words of a column's name as one, if it has several; empty if it has one. */
  static Optional<String> run(String column) {
    List<String> parts = words(COMPOUND.matcher(column).replaceAll(" "));
    return parts.size() > 1 ? Optional.of(String.join("", parts)) : Optional.empty();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    BETWEEN
        .splitAsStream(text.toLowerCase(Locale.ROOT))
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

package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.NameClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What names say of keys where a source declares none. */
final class KeyNames {
  private static final int SHORTEST = 3;

  private KeyNames() {}

  /** The column that names the rows of a table, by its name. */
  static Optional<SchemaColumn> key(SchemaTable table) {
    List<String> words = table.words();
    for (SchemaColumn column : table.columns()) {
      List<String> w = column.words();
      boolean bare = column.is(NameClass.ID);
      boolean called =
          w.size() == words.size() + 1
              && w.subList(0, words.size()).equals(words)
              && column.ends(NameClass.KEY);
      if (bare || called) {
        return Optional.of(column);
      }
    }
    return table.columns().stream()
        .limit(1)
        .filter(
            column -> {
              String name = squashed(column);
              List<String> w = column.words();
              boolean initial =
                  name.length() == 3
                      && words.stream().anyMatch(word -> word.charAt(0) == name.charAt(0));
              return endsInId(name, table) && (initial || words.stream().anyMatch(name::startsWith))
                  || w.size() > 1
                      && (column.ends(NameClass.KEY) || column.ends(NameClass.NAME))
                      && words.contains(w.get(0))
                      && (words.size() == 1 || w.contains(words.get(words.size() - 1)));
            })
        .findFirst();
  }

  /** Whether a column is called as the one-column key of another table is, or after both. */
  static boolean refers(SchemaColumn column, SchemaTable other) {
    SchemaColumn key = other.key().get(0);
    List<String> words = column.words();
    List<String> keyWords = key.words();
    String name = squashed(column);
    String keyName = squashed(key);
    boolean telling =
        keyWords.size() > 1 || keyName.length() >= SHORTEST && endsInId(keyName, other);
    List<String> both = new ArrayList<>(other.words());
    both.addAll(keyWords);
    if (telling && (words.equals(keyWords) || name.equals(keyName))
        || words.equals(both)
        || ends(words, both)) {
      return true;
    }
    return telling
        && (keyWords.size() > 1 ? ends(words, keyWords) : name.endsWith(keyName))
        && !column.table().key().contains(column);
  }

  private static boolean ends(List<String> words, List<String> end) {
    return words.size() > end.size()
        && words.subList(words.size() - end.size(), words.size()).equals(end);
  }

  private static boolean endsInId(String name, SchemaTable table) {
    return table.lexicon().words(NameClass.ID).stream().anyMatch(name::endsWith);
  }

  private static String squashed(SchemaColumn column) {
    return column.name().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\d]", "");
  }
}

package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts names of tables and columns into the stems of their words. */
final class NameWords {
  private static final Set<String> NOISE =
      Set.of("tbl", "tb", "dim", "fact", "vw", "ref", "the", "of", "in", "to", "for", "by");

  private final Lexicon lexicon;
  private final Stems stems;

  NameWords(Lexicon lexicon, Stems stems) {
    this.lexicon = lexicon;
    this.stems = stems;
  }

  List<String> of(String name) {
    List<String> words = new ArrayList<>();
    String spaced =
        name.replaceAll("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
            .replaceAll("[^\\p{L}\\p{M}\\d]+", " ")
            .replaceAll("(?<=\\p{L}{2})(?=\\d)", " ");
    for (String word : spaced.strip().toLowerCase(Locale.ROOT).split(" ")) {
      if (!word.isEmpty()) {
        for (String expanded : lexicon.expand(word)) {
          words.add(stems.of(expanded));
        }
      }
    }
    List<String> telling = words.stream().filter(word -> !NOISE.contains(word)).toList();
    return telling.isEmpty() ? (words.isEmpty() ? List.of(name) : words) : telling;
  }
}

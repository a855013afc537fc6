package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts names of tables and columns into words and their stems. One thread uses it at a time. */
public final class NameWords {
  private static final Set<String> NOISE =
      Set.of("tbl", "tb", "dim", "fact", "vw", "ref", "the", "of", "in", "to", "for", "by");

  private final Lexicon lexicon;
  private final Stems stems;

  public NameWords(Lexicon lexicon, Stems stems) {
    this.lexicon = lexicon;
    this.stems = stems;
  }

  /** The stems of a table's name. */
  List<String> of(String name) {
    return of(name, List.of());
  }

  /**
   * The stems of a column's name.
   *
   * @param table the stems of its table's name: a column may repeat them, or their initials
   */
  List<String> of(String name, List<String> table) {
    List<String> words = spoken(name, table).stream().map(stems::of).toList();
    List<String> telling = words.stream().filter(word -> !NOISE.contains(word)).toList();
    return telling.isEmpty() ? (words.isEmpty() ? List.of(name) : words) : telling;
  }

  /**
   * The words of a name as one would say them, abbreviations expanded.
   *
   * @param table the stems of its table's name, for a column; empty for a table
   */
  public List<String> spoken(String name, List<String> table) {
    List<String> words = new ArrayList<>();
    String spaced =
        name.replaceAll("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
            .replaceAll("[^\\p{L}\\p{M}\\d]+", " ")
            .replaceAll("(?<=\\p{L}{2})(?=\\d)", " ");
    for (String word : spaced.strip().toLowerCase(Locale.ROOT).split(" ")) {
      if (!word.isEmpty()) {
        for (String piece : pieces(word, table)) {
          words.addAll(lexicon.expand(piece));
        }
      }
    }
    return words;
  }

  /** Cuts "clubname" into the table's word and "name", and "dname" alike. */
  private List<String> pieces(String word, List<String> table) {
    if (lexicon.expand(word).size() > 1 || !lexicon.expand(word).get(0).equals(word)) {
      return List.of(word);
    }
    String longest = "";
    for (String part : lexicon.parts()) {
      if (word.endsWith(part)
          && word.length() > part.length()
          && part.length() > longest.length()) {
        longest = part;
      }
    }
    if (longest.isEmpty()) {
      return List.of(word);
    }
    String head = word.substring(0, word.length() - longest.length());
    boolean tables =
        table.stream().anyMatch(w -> w.startsWith(head) || head.length() > 2 && head.startsWith(w));
    boolean known = !lexicon.expand(head).get(0).equals(head);
    if (tables && (head.length() < 3 || longest.length() > 1)) {
      return List.of(
          table.stream()
              .filter(w -> w.startsWith(head) || head.startsWith(w))
              .findFirst()
              .orElse(head),
          longest);
    }
    return known
            || longest.length() > 2
                && head.length() > 2
                && !longest.equals("rate")
                && !longest.equals("count")
                && !longest.equals("day")
        ? List.of(head, longest)
        : List.of(word);
  }
}

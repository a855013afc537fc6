package io.kurobe.nl2sql.offline.link;

import java.util.List;

/**
 * How alike the meanings of words are, for what no name, comment or value says. Threads share it.
 */
public interface Meanings {
  /** Nothing is known of meanings. */
  Meanings NONE = (word, names) -> List.of();

  /** The likeness of a word to each of some names, at most 1; empty if that is not known. */
  List<Double> alike(String word, List<String> names);
}

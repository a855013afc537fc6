package io.kurobe.nl2sql.retrieve;

import java.util.List;

/**
 * Words of a question that may name something.
 *
 * @param text as asked, in lower case
 * @param stems of its words
 * @param words the places of its words among the question's telling words
 */
record Keyword(String text, List<String> stems, List<Integer> words) {
  Keyword {
    stems = List.copyOf(stems);
    words = List.copyOf(words);
  }
}

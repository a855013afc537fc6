package io.kurobe.nl2sql.retrieve;

import java.util.List;

/**
 * A part of a question that may be a stored value.
 *
 * @param text as asked
 * @param lower in lower case
 * @param loose whether a value that is spelled a little differently may be meant
 * @param words the places of its words among the question's telling words
 */
record Phrase(String text, String lower, boolean loose, List<Integer> words) {
  Phrase {
    words = List.copyOf(words);
  }
}

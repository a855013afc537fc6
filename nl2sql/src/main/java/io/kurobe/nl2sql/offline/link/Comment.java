package io.kurobe.nl2sql.offline.link;

import java.util.List;

/**
 * What is said of a table or a column, in stems.
 *
 * @param head what it is said to be: the words before the first comma or "of"
 * @param words all words but those that join others
 */
record Comment(List<String> head, List<String> words) {
  private static final int LONGEST_NAME = 3;

  Comment {
    head = List.copyOf(head);
    words = List.copyOf(words);
  }

  /** Whether what it is said to be may stand for a name. */
  boolean names() {
    return !head.isEmpty() && head.size() <= LONGEST_NAME;
  }
}

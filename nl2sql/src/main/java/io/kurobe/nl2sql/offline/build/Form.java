package io.kurobe.nl2sql.offline.build;

import java.util.Optional;
import java.util.function.Function;

/**
 * A form of question that goes beyond one pass from left to right: it is read as one or two simpler
 * questions, whose drafts are then changed to what was asked. "The three cheapest products of each
 * category" is "the three cheapest products", within categories.
 */
interface Form {
  /**
   * What words of this form ask for; empty if they are not of it.
   *
   * @param plain reads words of no form
   */
  Optional<Understood> read(Words words, Function<Words, Understood> plain);
}

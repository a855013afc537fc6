package io.kurobe.nl2sql.offline.read;

import java.util.Set;

/**
 * A class of words in names of tables and columns, called by what a column so named holds. The
 * lexicon says which words they are; they are compared by their stems.
 */
public enum NameClass {
  NAME,
  TITLE,
  LAST_NAME,
  FREE_TEXT,
  DATE,
  EARLY,
  YEAR,
  FOUNDED,
  BIRTH,
  AGE,
  PLACE,
  COUNT,
  QUANTITY,
  AMOUNT,
  TOTAL,
  MONEY,
  HEIGHT,
  FIRST_NAME,
  CALLED,
  TELLING,
  ID,
  CODE,
  KEY,
  KEY_SIGN,
  GENERIC,
  SAID_OF_MANY,
  HOW_MANY,
  MEASURED,
  NOISE,
  EMPTY_END,
  INSIDE_WORDS,
  SIZE;

  /**
   * What a name is, by its words.
   *
   * @param whole the classes that all of it is of
   * @param within those that a word of it is of
   * @param ends those that its last words are of
   */
  public record Of(Set<NameClass> whole, Set<NameClass> within, Set<NameClass> ends) {
    public Of {
      whole = Set.copyOf(whole);
      within = Set.copyOf(within);
      ends = Set.copyOf(ends);
    }
  }
}

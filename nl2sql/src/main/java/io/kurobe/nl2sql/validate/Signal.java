package io.kurobe.nl2sql.validate;

import static java.util.Objects.requireNonNull;

/**
 * Something that makes a query doubtful.
 *
 * @param kind what it is
 * @param sentence what the asker may be told
 */
public record Signal(Kind kind, String sentence) {
  /** Kinds of doubt. */
  public enum Kind {
    /** A literal that is not among its column's values. */
    UNKNOWN_VALUE,
    /** A join that follows no key. */
    NO_KEY,
    /** Rows multiplied by a join before they are added up. */
    FAN_OUT,
    /** A joined table that nothing else speaks of. */
    UNUSED_TABLE,
    /** A division of whole numbers. */
    INTEGER_DIVISION,
    /** A text compared with a number. */
    TEXT_AND_NUMBER,
    /** A column that the question names and the query does not read. */
    UNREAD_COLUMN,
    /** A shape of result that the question does not ask for. */
    OTHER_SHAPE
  }

  public Signal {
    requireNonNull(kind, "kind is null");
    requireNonNull(sentence, "sentence is null");
  }
}

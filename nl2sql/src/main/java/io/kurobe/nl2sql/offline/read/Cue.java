package io.kurobe.nl2sql.offline.read;

/**
 * What a phrase of general language does in a question; the lexicon says which phrase does what.
 */
public enum Cue {
  COMMAND,
  WHICH,
  WHO,
  WHEN,
  WHEREABOUTS,
  REL,
  HAVE,
  PREP,
  BY,
  PRONOUN,
  ALSO,
  AND,
  OR,
  BOTH,
  COMMA,
  COUNT,
  HOWMUCH,
  SUM,
  AVG,
  MAX,
  MIN,
  DISTINCT,
  TOP,
  MOST,
  LEAST,
  COMMON,
  EXTREME,
  /** Who spends the most, or the least. */
  SPENDING,
  /** A state that a number tells: out of stock. */
  STATE,
  ORDER,
  DIRECTION,
  EACH,
  NOT,
  COMPARE,
  OLDERTHAN,
  BEFORE,
  AFTER,
  BETWEEN,
  TIMES,
  LIKE,
  BE,
  NULL,
  UNIT,
  MONEY,
  MEDIAN,
  SHARE,
  RATIO,
  GROWTH,
  RUNNING,
  /** Two periods or values beside each other. */
  BESIDE,
  /** A word for a form that nothing reads. */
  BEYOND,
  SAME_AS,
  PAIR,
  /** All columns. */
  EVERYTHING,
  FILLER,
  /** The end of a sentence. */
  END
}

package io.kurobe.nl2sql.prompt;

import static java.util.Objects.requireNonNull;

/** What stands in a place of a template, by where it comes from. */
public sealed interface Piece {
  /** The text, before it is redacted. */
  String text();

  /** Words of Kurobe's own, or of its configuration. */
  record Words(String text) implements Piece {
    public Words {
      requireNonNull(text, "text is null");
    }
  }

  /** Words of the asking user. */
  record Asked(String text) implements Piece {
    public Asked {
      requireNonNull(text, "text is null");
    }
  }

  /**
   * Anything else, whoever wrote it: a schema with its comments and values, SQL, errors, rows. It
   * cannot end the element it stands in, as {@code </} is pulled apart.
   */
  record Data(String text) implements Piece {
    public Data {
      requireNonNull(text, "text is null");
    }
  }
}

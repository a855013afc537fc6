package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

/** How a source may be made to compare and sort text by its UTF-8 bytes, as text is here. */
public sealed interface TextOrder {
  TextOrder NONE = new None();
  TextOrder NATURAL = new Natural();

  /** It cannot. */
  record None() implements TextOrder {}

  /** It does so by itself. */
  record Natural() implements TextOrder {}

  /**
   * It does so where a collation is named.
   *
   * @param collation the operator that names it, behind a value
   * @param usual the operator that names the collation which text has there unless another is
   *     declared, and by which only equal texts are equal
   */
  record Collated(CollateOperator collation, CollateOperator usual) implements TextOrder {
    public Collated {
      requireNonNull(collation, "collation is null");
      requireNonNull(usual, "usual is null");
    }
  }
}

package io.kurobe.nl2sql.retrieve;

/**
 * How much of a catalog a model is told for one question.
 *
 * @param wholeCharacters a scope whose M-Schema is about so long is told whole
 * @param preciseTables tables of the precise schema at most
 * @param fullerTables tables of the fuller one at most
 * @param preciseColumns columns of each table of the precise schema at most, keys beside
 * @param fullerColumns columns of each table of the fuller one at most, keys beside
 */
public record LinkLimits(
    int wholeCharacters,
    int preciseTables,
    int fullerTables,
    int preciseColumns,
    int fullerColumns) {
  public static final LinkLimits DEFAULT = new LinkLimits(12_000, 10, 25, 12, 30);

  public LinkLimits {
    if (preciseTables < 1
        || fullerTables < preciseTables
        || preciseColumns < 1
        || fullerColumns < preciseColumns) {
      throw new IllegalArgumentException("the fuller schema holds the precise one");
    }
  }
}

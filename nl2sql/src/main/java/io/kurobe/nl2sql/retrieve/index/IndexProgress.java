package io.kurobe.nl2sql.retrieve.index;

/**
 * How far the index has come.
 *
 * @param catalogVersion of the catalog whose names are in it; -1 before the first
 * @param tables in it
 * @param columns in it
 * @param texts that stand for those, each counted once
 * @param embedded texts that have an embedding
 * @param complete whether nothing is left to do for the newest catalog that was announced
 */
public record IndexProgress(
    long catalogVersion, int tables, int columns, int texts, int embedded, boolean complete) {
  static final IndexProgress NONE = new IndexProgress(-1, 0, 0, 0, 0, false);

  /** The same with something left to do. */
  IndexProgress begun() {
    return new IndexProgress(catalogVersion, tables, columns, texts, embedded, false);
  }
}

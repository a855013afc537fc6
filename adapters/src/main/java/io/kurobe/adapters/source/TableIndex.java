package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An index of a table, those behind keys included.
 *
 * @param name its name, in the source's case
 * @param unique whether no two rows have the same values
 * @param kind how it is kept
 * @param parts what it is over, in order
 * @param condition the source's text of which rows it holds; empty for all
 * @param rowCount the source's estimate of its rows
 * @param pages the pages it takes at the source
 */
public record TableIndex(
    String name,
    boolean unique,
    Kind kind,
    List<Part> parts,
    Optional<String> condition,
    OptionalLong rowCount,
    OptionalLong pages) {

  /** How an index is kept, as {@code DatabaseMetaData.getIndexInfo} tells them apart. */
  public enum Kind {
    /** The table's rows lie in its order. */
    CLUSTERED,
    HASHED,
    OTHER
  }

  /** The order of a part's values; none where the index has none. */
  public enum Order {
    ASCENDING,
    DESCENDING,
    NONE
  }

  /**
   * One part of an index.
   *
   * @param text a column's name, or the source's text of an expression
   * @param column whether it is a column's name
   */
  public record Part(String text, boolean column, Order order) {
    public Part {
      requireNonNull(text, "text is null");
      requireNonNull(order, "order is null");
    }
  }

  public TableIndex {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    parts = List.copyOf(parts);
    requireNonNull(condition, "condition is null");
  }
}

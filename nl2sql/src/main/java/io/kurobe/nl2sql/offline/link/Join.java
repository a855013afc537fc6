package io.kurobe.nl2sql.offline.link;

import java.util.List;

/**
 * A way from one table to another along a key or a relation.
 *
 * @param toOne whether a row here meets at most one there
 * @param declared whether the catalog says so; else it is guessed from names
 */
public record Join(
    SchemaTable from,
    List<SchemaColumn> fromColumns,
    SchemaTable to,
    List<SchemaColumn> toColumns,
    boolean toOne,
    boolean declared) {
  public Join {
    fromColumns = List.copyOf(fromColumns);
    toColumns = List.copyOf(toColumns);
  }

  @Override
  public String toString() {
    return from + " to " + to;
  }
}

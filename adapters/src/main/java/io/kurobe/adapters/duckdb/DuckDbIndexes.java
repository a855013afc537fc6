package io.kurobe.adapters.duckdb;

import io.kurobe.adapters.source.TableIndex;
import io.kurobe.adapters.source.TableIndex.Kind;
import io.kurobe.adapters.source.TableIndex.Order;
import io.kurobe.adapters.source.TableIndex.Part;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** DuckDB's indexes, which are all radix trees without an order that one may choose. */
final class DuckDbIndexes {
  private DuckDbIndexes() {}

  /** The index behind a key, which DuckDB lists with the keys alone. */
  static TableIndex ofKey(String name, List<String> columns) {
    return index(
        name,
        true,
        columns.stream().map(column -> new Part(column, true, Order.ASCENDING)).toList());
  }

  /**
   * An index that was created.
   *
   * @param expressions what it is over as DuckDB writes it, identifiers in quotes where they need
   *     them
   * @param columns of its table
   */
  static TableIndex of(
      String name, boolean unique, List<String> expressions, List<String> columns) {
    return index(
        name,
        unique,
        expressions.stream()
            .map(
                expression -> {
                  String column = unquoted(expression);
                  boolean known = columns.contains(column);
                  return new Part(known ? column : expression, known, Order.ASCENDING);
                })
            .toList());
  }

  private static String unquoted(String identifier) {
    boolean quoted = identifier.length() > 1 && identifier.startsWith("\"");
    return quoted
        ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
        : identifier;
  }

  private static TableIndex index(String name, boolean unique, List<Part> parts) {
    return new TableIndex(
        name,
        unique,
        Kind.OTHER,
        parts,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}

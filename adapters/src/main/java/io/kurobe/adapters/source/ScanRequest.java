package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.type.SqlType;
import java.util.List;

/**
 * Columns of one table, asked for without a query.
 *
 * @param schema the table's schema
 * @param table the table
 * @param names the names of its columns, in the order they are wanted; at least one
 * @param columns what the stream gives for them: the names and types the batches must have
 * @param equal what holds of every row wanted, columns of the table that are text or truth values
 * @param order how the rows are ordered, by columns of the table; empty for any order
 * @param batchRows how many rows a batch holds at most
 */
public record ScanRequest(
    String schema,
    String table,
    List<String> names,
    List<SqlType.Field> columns,
    List<Equal> equal,
    List<Order> order,
    int batchRows) {
  /** That a column is a text, or that one of truth values is {@code true}. */
  public record Equal(String column, String text) {
    public Equal {
      requireNonNull(column, "column is null");
      requireNonNull(text, "text is null");
    }
  }

  /** That rows are ordered by a column, which says where NULLs are in either direction. */
  public record Order(String column, boolean descending, boolean nullsFirst) {
    public Order {
      requireNonNull(column, "column is null");
    }
  }

  public ScanRequest {
    requireNonNull(schema, "schema is null");
    requireNonNull(table, "table is null");
    names = List.copyOf(names);
    columns = List.copyOf(columns);
    equal = List.copyOf(equal);
    order = List.copyOf(order);
    if (names.isEmpty() || names.size() != columns.size()) {
      throw new IllegalArgumentException("names " + names + " for columns " + columns);
    }
  }
}

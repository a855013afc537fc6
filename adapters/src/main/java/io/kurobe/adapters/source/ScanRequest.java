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
 * @param batchRows how many rows a batch holds at most
 */
public record ScanRequest(
    String schema, String table, List<String> names, List<SqlType.Field> columns, int batchRows) {
  public ScanRequest {
    requireNonNull(schema, "schema is null");
    requireNonNull(table, "table is null");
    names = List.copyOf(names);
    columns = List.copyOf(columns);
    if (names.isEmpty() || names.size() != columns.size()) {
      throw new IllegalArgumentException("names " + names + " for columns " + columns);
    }
  }
}

package io.kurobe.planner.system;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.ScanRequest.Equal;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A table that Kurobe answers from its own memory.
 *
 * @param schema its schema in the source {@code system}
 * @param name its name
 * @param comment what its rows are
 * @param columns in order; only VARCHAR, BOOLEAN, SMALLINT, INTEGER, BIGINT, DOUBLE and
 *     TIMESTAMP_TZ
 * @param rows gives the rows
 */
record SystemTable(
    String schema, String name, String comment, List<SqlType.Field> columns, Rows rows) {
  /** Gives a table's rows as they are now. */
  interface Rows {
    /** The rows that who looks may see; values in the order and of the types of the columns. */
    List<List<@Nullable Object>> seenBy(Viewer viewer);

    /** The same, where rows may be missing of which not all of this holds. */
    default List<List<@Nullable Object>> seenBy(Viewer viewer, List<Equal> wanted) {
      return seenBy(viewer);
    }
  }

  SystemTable {
    requireNonNull(schema, "schema is null");
    requireNonNull(name, "name is null");
    requireNonNull(comment, "comment is null");
    columns = List.copyOf(columns);
    requireNonNull(rows, "rows is null");
  }

  static SqlType.Field column(String name, SqlType type) {
    return new SqlType.Field(name, type, true);
  }

  /** A row, whose values may be null. */
  static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  TableMetadata metadata() {
    List<TableMetadata.Column> described =
        columns.stream()
            .map(
                column ->
                    new TableMetadata.Column(
                        column.name(),
                        column.type(),
                        column.nullable(),
                        column.type().toString(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    return new TableMetadata(
        name,
        TableMetadata.Kind.TABLE,
        Optional.of(comment),
        described,
        List.of(),
        List.of(),
        List.of(),
        OptionalLong.empty());
  }
}

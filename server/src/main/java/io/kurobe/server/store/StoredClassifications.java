package io.kurobe.server.store;

import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.Classification;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.planner.privacy.ColumnName;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Classifications in the state store; all are kept in memory too, as every question looks at them.
 * Those of a store that others may change are read again after a moment.
 */
final class StoredClassifications implements Classifications {
  private static final String OF_COLUMN =
      " WHERE source_name = :source AND schema_name = :schema AND table_name = :table"
          + " AND column_name = :column";

  private final RowsInMemory<Map<ColumnName, Classification>> columns;

  StoredClassifications(StateStore store) {
    this.columns = new RowsInMemory<>(store, "classifications", StoredClassifications::load);
  }

  @Override
  public Optional<Classification> find(ColumnName column) {
    return Optional.ofNullable(columns.rows().get(column));
  }

  @Override
  public long version() {
    return columns.version();
  }

  @Override
  public void keep(Classification classification) {
    columns.change(
        handle -> {
          delete(handle, classification.column());
          return insert(handle, classification);
        });
  }

  @Override
  public boolean forget(ColumnName column) {
    return columns.change(handle -> delete(handle, column)) > 0;
  }

  private static int delete(Handle handle, ColumnName column) {
    return handle
        .createUpdate("DELETE FROM classified_columns" + OF_COLUMN)
        .bind("source", column.table().source())
        .bind("schema", column.table().schema())
        .bind("table", column.table().table())
        .bind("column", column.column())
        .execute();
  }

  private static int insert(Handle handle, Classification classification) {
    ColumnName column = classification.column();
    return handle
        .createUpdate(
            "INSERT INTO classified_columns (source_name, schema_name, table_name, column_name,"
                + " kind, confidence, reasons, state) VALUES (:source, :schema, :table, :column,"
                + " :kind, :confidence, :reasons, :state)")
        .bind("source", column.table().source())
        .bind("schema", column.table().schema())
        .bind("table", column.table().table())
        .bind("column", column.column())
        .bind("kind", classification.kind().map(PersonalKind::label).orElse(null))
        .bind("confidence", classification.confidence())
        .bind("reasons", String.join("\n", classification.reasons()))
        .bind("state", classification.state().name())
        .execute();
  }

  private static Map<ColumnName, Classification> load(Handle handle) {
    Map<ColumnName, Classification> loaded = new HashMap<>();
    handle
        .createQuery(
            "SELECT source_name, schema_name, table_name, column_name, kind, confidence, reasons,"
                + " state FROM classified_columns")
        .map(
            (row, context) ->
                new Classification(
                    new ColumnName(
                        new TableName(row.getString(1), row.getString(2), row.getString(3)),
                        row.getString(4)),
                    Optional.ofNullable(row.getString(5)).flatMap(PersonalKind::of),
                    row.getDouble(6),
                    row.getString(7).isEmpty() ? List.of() : List.of(row.getString(7).split("\n")),
                    Classification.State.valueOf(row.getString(8))))
        .forEach(each -> loaded.put(each.column(), each));
    return Map.copyOf(loaded);
  }
}

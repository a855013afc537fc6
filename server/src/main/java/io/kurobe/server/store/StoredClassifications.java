package io.kurobe.server.store;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.Classification;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.planner.privacy.ColumnName;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifications in the state store; all are kept in memory too, as every question looks at them.
 * Those of a store that others may change are read again after a moment.
 */
final class StoredClassifications implements Classifications {
  private static final Logger LOG = LoggerFactory.getLogger(StoredClassifications.class);

  /** How long what another gateway changed may go unseen. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private static final String OF_COLUMN =
      " WHERE source_name = :source AND schema_name = :schema AND table_name = :table"
          + " AND column_name = :column";

  /** What is kept, with the number that grows with every change. */
  private record Known(Map<ColumnName, Classification> byColumn, long version) {
    Known next(Map<ColumnName, Classification> read) {
      return read.equals(byColumn) ? this : new Known(read, version + 1);
    }
  }

  private final StateStore store;
  private volatile Known known;
  private volatile long readAt;

  StoredClassifications(StateStore store) {
    this.store = store;
    this.known = new Known(store.inTransaction(StoredClassifications::load), 1);
    this.readAt = System.nanoTime();
  }

  @Override
  public Optional<Classification> find(ColumnName column) {
    return Optional.ofNullable(fresh().byColumn().get(column));
  }

  @Override
  public long version() {
    return fresh().version();
  }

  @Override
  public synchronized void keep(Classification classification) {
    known =
        known.next(
            store.inTransaction(
                handle -> {
                  delete(handle, classification.column());
                  insert(handle, classification);
                  return load(handle);
                }));
  }

  @Override
  public synchronized boolean forget(ColumnName column) {
    boolean was = known.byColumn().containsKey(column);
    known =
        known.next(
            store.inTransaction(
                handle -> {
                  delete(handle, column);
                  return load(handle);
                }));
    return was;
  }

  private Known fresh() {
    if (store.isShared() && System.nanoTime() - readAt > FRESH.toNanos()) {
      readAgain();
    }
    return known;
  }

  /** Of those who come at once one reads; a store that does not answer leaves what was known. */
  private synchronized void readAgain() {
    if (System.nanoTime() - readAt <= FRESH.toNanos()) {
      return;
    }
    try {
      known = known.next(store.inTransaction(StoredClassifications::load));
    } catch (KurobeException e) {
      LOG.warn("classifications could not be read again: {}", e.getMessage());
    }
    readAt = System.nanoTime();
  }

  private static void delete(Handle handle, ColumnName column) {
    handle
        .createUpdate("DELETE FROM classified_columns" + OF_COLUMN)
        .bind("source", column.table().source())
        .bind("schema", column.table().schema())
        .bind("table", column.table().table())
        .bind("column", column.column())
        .execute();
  }

  private static void insert(Handle handle, Classification classification) {
    ColumnName column = classification.column();
    handle
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

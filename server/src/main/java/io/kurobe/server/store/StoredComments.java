package io.kurobe.server.store;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.Comments;
import io.kurobe.planner.catalog.TableName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Comments in the state store; all are kept in memory too, as every statement looks at them. Those
 * of a store that others may change are read again after a moment.
 */
final class StoredComments implements Comments {
  private static final Logger LOG = LoggerFactory.getLogger(StoredComments.class);

  /** How long what another gateway changed may go unseen. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final StateStore store;
  private volatile Map<Subject, String> known;
  private volatile long readAt;

  StoredComments(StateStore store) {
    this.store = store;
    this.known = store.inTransaction(StoredComments::load);
    this.readAt = System.nanoTime();
  }

  @Override
  public Map<Subject, String> all() {
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
      known = store.inTransaction(StoredComments::load);
    } catch (KurobeException e) {
      LOG.warn("comments could not be read again: {}", e.getMessage());
    }
    readAt = System.nanoTime();
  }

  @Override
  public synchronized void put(Subject subject, Optional<String> text, String author) {
    known =
        store.inTransaction(
            handle -> {
              bound(
                      handle,
                      subject,
                      "DELETE FROM relation_comments WHERE source_name = :source AND schema_name ="
                          + " :schema AND table_name = :table AND column_name = :column")
                  .execute();
              text.ifPresent(
                  said ->
                      bound(
                              handle,
                              subject,
                              "INSERT INTO relation_comments (source_name, schema_name, table_name,"
                                  + " column_name, comment_text, author) VALUES (:source, :schema,"
                                  + " :table, :column, :text, :author)")
                          .bind("text", Texts.storable(said, 10_000))
                          .bind("author", author)
                          .execute());
              return load(handle);
            });
  }

  private static org.jdbi.v3.core.statement.Update bound(
      Handle handle, Subject subject, String sql) {
    return handle
        .createUpdate(sql)
        .bind("source", subject.table().source())
        .bind("schema", subject.table().schema())
        .bind("table", subject.table().table())
        .bind("column", subject.column().orElse(""));
  }

  private static Map<Subject, String> load(Handle handle) {
    Map<Subject, String> loaded = new HashMap<>();
    handle
        .createQuery(
            "SELECT source_name, schema_name, table_name, column_name, comment_text"
                + " FROM relation_comments")
        .map(
            (row, context) ->
                Map.entry(
                    new Subject(
                        new TableName(row.getString(1), row.getString(2), row.getString(3)),
                        Optional.of(row.getString(4)).filter(name -> !name.isEmpty())),
                    row.getString(5)))
        .forEach(each -> loaded.put(each.getKey(), each.getValue()));
    return Map.copyOf(loaded);
  }
}

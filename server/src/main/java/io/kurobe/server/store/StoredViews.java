package io.kurobe.server.store;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Views in the state store; all are kept in memory too, as every statement looks at them. Those of
 * a store that others may change are read again after a moment.
 */
final class StoredViews implements Views {
  private static final Logger LOG = LoggerFactory.getLogger(StoredViews.class);

  /** How long what another gateway changed may go unseen. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final StateStore store;
  private volatile List<ViewDefinition> known;
  private volatile long readAt;

  StoredViews(StateStore store) {
    this.store = store;
    this.known = store.inTransaction(StoredViews::load);
    this.readAt = System.nanoTime();
  }

  @Override
  public List<ViewDefinition> list() {
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
      known = store.inTransaction(StoredViews::load);
    } catch (KurobeException e) {
      LOG.warn("views could not be read again: {}", e.getMessage());
    }
    readAt = System.nanoTime();
  }

  @Override
  public Optional<ViewDefinition> find(String name) {
    List<ViewDefinition> all = list();
    Optional<ViewDefinition> exact =
        all.stream().filter(view -> view.name().equals(name)).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    List<ViewDefinition> alike =
        all.stream().filter(view -> view.name().equalsIgnoreCase(name)).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  @Override
  public synchronized void create(ViewDefinition view, boolean replace) {
    known =
        store.inTransaction(
            handle -> {
              Optional<String> existing = existing(handle, view.name());
              if (existing.isPresent() && !replace) {
                throw new KurobeException(
                        ErrorCode.DUPLICATE_TABLE, "there is already a view " + existing.get())
                    .withHint("CREATE OR REPLACE VIEW replaces it.");
              }
              existing.ifPresent(name -> delete(handle, name));
              insert(handle, view);
              return load(handle);
            });
  }

  @Override
  public synchronized boolean drop(String name) {
    Optional<ViewDefinition> found = find(name);
    if (found.isEmpty()) {
      return false;
    }
    known =
        store.inTransaction(
            handle -> {
              delete(handle, found.get().name());
              return load(handle);
            });
    return true;
  }

  private static Optional<String> existing(Handle handle, String name) {
    return handle
        .createQuery("SELECT name FROM views")
        .mapTo(String.class)
        .filter(name::equalsIgnoreCase)
        .findFirst();
  }

  private static void delete(Handle handle, String name) {
    handle.createUpdate("DELETE FROM views WHERE name = :name").bind("name", name).execute();
  }

  private static void insert(Handle handle, ViewDefinition view) {
    handle
        .createUpdate(
            "INSERT INTO views (name, query, comment, question, owner, security)"
                + " VALUES (:name, :query, :comment, :question, :owner, :security)")
        .bind("name", view.name())
        .bind("query", view.sql())
        .bind("comment", view.comment().orElse(null))
        .bind("question", view.question().orElse(null))
        .bind("owner", view.owner())
        .bind("security", view.security().name())
        .execute();
    for (int i = 0; i < view.columns().size(); i++) {
      handle
          .createUpdate(
              "INSERT INTO view_columns (view_name, position, label)"
                  + " VALUES (:view, :position, :label)")
          .bind("view", view.name())
          .bind("position", i + 1)
          .bind("label", view.columns().get(i))
          .execute();
    }
  }

  private static List<ViewDefinition> load(Handle handle) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    handle
        .createQuery("SELECT view_name, label FROM view_columns ORDER BY view_name, position")
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(
            entry ->
                columns
                    .computeIfAbsent(entry.getKey(), view -> new ArrayList<>())
                    .add(entry.getValue()));
    return handle
        .createQuery(
            "SELECT name, query, comment, question, owner, security FROM views ORDER BY name")
        .map(
            (row, context) ->
                new ViewDefinition(
                    row.getString(1),
                    row.getString(2),
                    columns.getOrDefault(row.getString(1), List.of()),
                    optional(row.getString(3)),
                    optional(row.getString(4)),
                    row.getString(5),
                    ViewDefinition.Security.valueOf(row.getString(6))))
        .list();
  }

  private static Optional<String> optional(@Nullable String value) {
    return Optional.ofNullable(value);
  }
}

package io.kurobe.server.store;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Secrets as they are kept, encrypted, by their names. Threads share it. */
public final class StoredSecrets {
  private final StateStore store;

  StoredSecrets(StateStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** All of them, by name. */
  public Map<String, String> all() {
    return store.inTransaction(StoredSecrets::load);
  }

  private static Map<String, String> load(Handle handle) {
    Map<String, String> all = new TreeMap<>();
    handle
        .createQuery("SELECT name, ciphertext FROM source_secrets")
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  /** Keeps one in the place of what has its name. */
  public void put(String name, String ciphertext) {
    store.inTransaction(
        handle -> {
          put(handle, name, ciphertext);
          return true;
        });
  }

  private static void put(Handle handle, String name, String ciphertext) {
    handle
        .createUpdate(
            "INSERT INTO source_secrets (name, ciphertext, changed)"
                + " VALUES (:name, :ciphertext, :changed) ON CONFLICT (name) DO UPDATE"
                + " SET ciphertext = excluded.ciphertext, changed = excluded.changed")
        .bind("name", name)
        .bind("ciphertext", ciphertext)
        .bind("changed", System.currentTimeMillis())
        .execute();
  }

  /** Forgets one. Returns whether there was one. */
  public boolean remove(String name) {
    return store.inTransaction(
        handle ->
            handle
                    .createUpdate("DELETE FROM source_secrets WHERE name = :name")
                    .bind("name", name)
                    .execute()
                > 0);
  }

  /** Puts others in the place of all, in one transaction. Returns how many. */
  public int replaceAll(Function<Map<String, String>, Map<String, String>> change) {
    return store.inTransaction(
        handle -> {
          Map<String, String> changed = change.apply(load(handle));
          changed.forEach((name, ciphertext) -> put(handle, name, ciphertext));
          return changed.size();
        });
  }
}

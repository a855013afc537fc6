package io.kurobe.server.security.account;

import io.kurobe.server.session.Scope;
import io.kurobe.server.store.StateStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Users and their keys in the state store. */
public final class StoredAccounts implements AccountBook {
  private final StateStore store;

  public StoredAccounts(StateStore store) {
    this.store = store;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Account> accounts() {
    return store.inTransaction(
        handle ->
            handle
                .createQuery("SELECT name, password, enabled, created FROM users")
                .map(
                    (row, context) ->
                        new Account(
                            row.getString(1),
                            Optional.ofNullable(row.getString(2)),
                            row.getInt(3) != 0,
                            Instant.ofEpochMilli(row.getLong(4))))
                .list());
  }

  @Override
  public List<ApiKey> keys() {
    return store.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT k.id, u.name, k.name, k.digest, k.scopes, k.created, k.expires,"
                        + " k.last_used FROM api_keys k JOIN users u ON u.folded = k.user_folded")
                .map(
                    (row, context) ->
                        new ApiKey(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            scopes(row.getString(5)),
                            Instant.ofEpochMilli(row.getLong(6)),
                            time(row.getObject(7)),
                            time(row.getObject(8))))
                .list());
  }

  private static Set<Scope> scopes(String words) {
    return Arrays.stream(words.split(","))
        .filter(word -> !word.isEmpty())
        // A word that is not known must not leave a key without scopes, which may all.
        .map(word -> Scope.of(word).orElseThrow())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<Instant> time(@Nullable Object millis) {
    return Optional.ofNullable(millis).map(at -> Instant.ofEpochMilli(((Number) at).longValue()));
  }

  @Override
  public void write(Account account) {
    store.inTransaction(
        handle -> {
          int there =
              bound(
                      handle.createUpdate(
                          "UPDATE users SET name = :name, password = :password, enabled = :enabled,"
                              + " created = :created WHERE folded = :folded"),
                      account)
                  .execute();
          return there > 0
              ? there
              : bound(
                      handle.createUpdate(
                          "INSERT INTO users (folded, name, password, enabled, created)"
                              + " VALUES (:folded, :name, :password, :enabled, :created)"),
                      account)
                  .execute();
        });
  }

  private static org.jdbi.v3.core.statement.Update bound(
      org.jdbi.v3.core.statement.Update update, Account account) {
    return update
        .bind("folded", folded(account.name()))
        .bind("name", account.name())
        .bind("password", account.password().orElse(null))
        .bind("enabled", account.enabled() ? 1 : 0)
        .bind("created", account.created().toEpochMilli());
  }

  @Override
  public void removeAccount(String name) {
    store.inTransaction(
        handle -> {
          deleteKeys(handle, name);
          return handle
              .createUpdate("DELETE FROM users WHERE folded = :folded")
              .bind("folded", folded(name))
              .execute();
        });
  }

  private static void deleteKeys(Handle handle, String name) {
    handle
        .createUpdate("DELETE FROM api_keys WHERE user_folded = :folded")
        .bind("folded", folded(name))
        .execute();
  }

  @Override
  public void write(ApiKey key) {
    store.inTransaction(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO api_keys (id, user_folded, name, digest, scopes, created, expires,"
                        + " last_used) VALUES (:id, :folded, :name, :digest, :scopes, :created,"
                        + " :expires, :used)")
                .bind("id", key.id())
                .bind("folded", folded(key.user()))
                .bind("name", key.name())
                .bind("digest", key.digest())
                .bind(
                    "scopes",
                    key.scopes().stream()
                        .map(Scope::word)
                        .sorted()
                        .collect(Collectors.joining(",")))
                .bind("created", key.created().toEpochMilli())
                .bind("expires", key.expires().map(Instant::toEpochMilli).orElse(null))
                .bind("used", key.lastUsed().map(Instant::toEpochMilli).orElse(null))
                .execute());
  }

  @Override
  public void removeKey(String id) {
    store.inTransaction(
        handle ->
            handle.createUpdate("DELETE FROM api_keys WHERE id = :id").bind("id", id).execute());
  }

  @Override
  public void used(Map<String, Instant> lastUsed) {
    if (lastUsed.isEmpty()) {
      return;
    }
    store.inTransaction(
        handle -> {
          lastUsed.forEach(
              (id, at) ->
                  handle
                      .createUpdate("UPDATE api_keys SET last_used = :at WHERE id = :id")
                      .bind("at", at.toEpochMilli())
                      .bind("id", id)
                      .execute());
          return lastUsed.size();
        });
  }
}

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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
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
  public Contents read() {
    return store.inTransaction(StoredAccounts::read);
  }

  /** The version first: what was changed since is read once more rather than never. */
  private static Contents read(Handle handle) {
    return new Contents(version(handle), accounts(handle), keys(handle));
  }

  @Override
  public long version() {
    return store.inTransaction(StoredAccounts::version);
  }

  private static long version(Handle handle) {
    return handle.createQuery("SELECT version FROM accounts_state").mapTo(Long.class).one();
  }

  @Override
  public boolean isShared() {
    return store.isShared();
  }

  @Override
  public void change(Consumer<Change> work) {
    store.inTransaction(
        handle -> {
          // Before anything is read, so that who comes at the same time waits here.
          handle.execute("UPDATE accounts_state SET version = version + 1");
          work.accept(new StoredChange(handle, version(handle)));
          return 0;
        });
  }

  private static List<Account> accounts(Handle handle) {
    return handle
        .createQuery("SELECT name, password, enabled, created FROM users")
        .map(
            (row, context) ->
                new Account(
                    row.getString(1),
                    Optional.ofNullable(row.getString(2)),
                    row.getInt(3) != 0,
                    Instant.ofEpochMilli(row.getLong(4))))
        .list();
  }

  private static List<ApiKey> keys(Handle handle) {
    return handle
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
        .list();
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

  private record StoredChange(Handle handle, long version) implements Change {
    @Override
    public Contents before() {
      return read(handle);
    }

    @Override
    public void write(Account account) {
      int there =
          bound(
                  "UPDATE users SET name = :name, password = :password, enabled = :enabled,"
                      + " created = :created WHERE folded = :folded",
                  account)
              .execute();
      if (there == 0) {
        bound(
                "INSERT INTO users (folded, name, password, enabled, created)"
                    + " VALUES (:folded, :name, :password, :enabled, :created)",
                account)
            .execute();
      }
    }

    private Update bound(String sql, Account account) {
      return handle
          .createUpdate(sql)
          .bind("folded", folded(account.name()))
          .bind("name", account.name())
          .bind("password", account.password().orElse(null))
          .bind("enabled", account.enabled() ? 1 : 0)
          .bind("created", account.created().toEpochMilli());
    }

    @Override
    public void removeAccount(String name) {
      handle
          .createUpdate("DELETE FROM api_keys WHERE user_folded = :folded")
          .bind("folded", folded(name))
          .execute();
      handle
          .createUpdate("DELETE FROM users WHERE folded = :folded")
          .bind("folded", folded(name))
          .execute();
    }

    @Override
    public void write(ApiKey key) {
      handle
          .createUpdate(
              "INSERT INTO api_keys (id, user_folded, name, digest, scopes, created, expires,"
                  + " last_used) VALUES (:id, :folded, :name, :digest, :scopes, :created,"
                  + " :expires, :used)")
          .bind("id", key.id())
          .bind("folded", folded(key.user()))
          .bind("name", key.name())
          .bind("digest", key.digest())
          .bind("scopes", words(key.scopes()))
          .bind("created", key.created().toEpochMilli())
          .bind("expires", key.expires().map(Instant::toEpochMilli).orElse(null))
          .bind("used", key.lastUsed().map(Instant::toEpochMilli).orElse(null))
          .execute();
    }

    private static String words(Set<Scope> scopes) {
      return scopes.stream().map(Scope::word).sorted().collect(Collectors.joining(","));
    }

    @Override
    public void removeKey(String id) {
      handle.createUpdate("DELETE FROM api_keys WHERE id = :id").bind("id", id).execute();
    }
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

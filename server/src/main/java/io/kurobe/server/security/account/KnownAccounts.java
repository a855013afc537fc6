package io.kurobe.server.security.account;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Users and keys at one moment. Immutable.
 *
 * @param version another one after each change
 * @param accounts by their names in lower case
 * @param keys by their ids
 */
record KnownAccounts(long version, Map<String, Account> accounts, Map<String, ApiKey> keys) {
  KnownAccounts {
    accounts = Map.copyOf(accounts);
    keys = Map.copyOf(keys);
  }

  static KnownAccounts of(AccountBook.Contents contents) {
    return new KnownAccounts(
        contents.version(),
        contents.accounts().stream()
            .collect(toUnmodifiableMap(one -> folded(one.name()), one -> one)),
        contents.keys().stream().collect(toUnmodifiableMap(ApiKey::id, key -> key)));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  Optional<Account> find(String name) {
    return Optional.ofNullable(accounts.get(folded(name)));
  }

  Account get(String name) {
    return find(name)
        .orElseThrow(
            () -> new KurobeException(ErrorCode.UNKNOWN_OBJECT, "there is no user " + name));
  }

  List<ApiKey> keysOf(String user) {
    return keys.values().stream().filter(key -> key.user().equals(user)).toList();
  }

  KnownAccounts with(long newVersion, Account account) {
    Map<String, Account> more = new HashMap<>(accounts);
    more.put(folded(account.name()), account);
    return new KnownAccounts(newVersion, more, keys);
  }

  KnownAccounts with(long newVersion, ApiKey key) {
    Map<String, ApiKey> more = new HashMap<>(keys);
    more.put(key.id(), key);
    return new KnownAccounts(newVersion, accounts, more);
  }

  KnownAccounts without(long newVersion, Account account) {
    Map<String, Account> fewer = new HashMap<>(accounts);
    fewer.remove(folded(account.name()));
    Map<String, ApiKey> theirs = new HashMap<>(keys);
    theirs.values().removeIf(key -> key.user().equals(account.name()));
    return new KnownAccounts(newVersion, fewer, theirs);
  }

  KnownAccounts without(long newVersion, ApiKey key) {
    Map<String, ApiKey> fewer = new HashMap<>(keys);
    fewer.remove(key.id());
    return new KnownAccounts(newVersion, accounts, fewer);
  }

  /** Users of before that are not there any more; one who was made anew is another. */
  Set<String> droppedSince(KnownAccounts before) {
    return names(
        before.accounts.values(),
        account ->
            find(account.name()).filter(now -> now.created().equals(account.created())).isEmpty());
  }

  /** Users of before who may not log in any more. */
  Set<String> disabledSince(KnownAccounts before) {
    return names(
        before.accounts.values(),
        account ->
            account.enabled() && find(account.name()).filter(now -> !now.enabled()).isPresent());
  }

  /** The ids of keys of before that are not there any more. */
  Set<String> keysDroppedSince(KnownAccounts before) {
    return before.keys.keySet().stream()
        .filter(id -> !keys.containsKey(id))
        .collect(toUnmodifiableSet());
  }

  private static Set<String> names(Collection<Account> accounts, Predicate<Account> which) {
    return accounts.stream().filter(which).map(Account::name).collect(toUnmodifiableSet());
  }
}

package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.security.BasicCredentials;
import io.kurobe.server.session.Caller;
import io.kurobe.server.session.Scope;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users and their keys: in memory, as every request asks for one, and in the {@link
 * AccountBook}, which is written first. Names differ in more than case. Whoever is shut out is told
 * to the listeners before a change returns. Threads share it; whoever made it closes it.
 */
public final class Accounts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  /** Of one user: more are made by mistake. */
  private static final int MOST_KEYS = 100;

  /** How far the time of a key's last use may lag behind in the book. */
  private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);

  private final AccountBook book;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();
  private final Map<String, Instant> used = new ConcurrentHashMap<>();
  private final List<BiConsumer<Predicate<Caller>, KurobeException>> listeners =
      new CopyOnWriteArrayList<>();

  public Accounts(AccountBook book, Clock clock) {
    this.book = requireNonNull(book, "book is null");
    this.clock = requireNonNull(clock, "clock is null");
    book.accounts().forEach(account -> accounts.put(folded(account.name()), account));
    book.keys().forEach(key -> keys.put(key.id(), key));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Tells of everyone who is shut out from now on, with the reason. */
  public void onShutOut(BiConsumer<Predicate<Caller>, KurobeException> listener) {
    listeners.add(listener);
  }

  private void shutOut(Predicate<Caller> whom, String why) {
    KurobeException reason = new KurobeException(ErrorCode.CANCELLED, why);
    listeners.forEach(listener -> listener.accept(whom, reason));
  }

  Optional<Account> find(String name) {
    return Optional.ofNullable(accounts.get(folded(name)));
  }

  Account get(String name) {
    return find(name)
        .orElseThrow(
            () -> new KurobeException(ErrorCode.UNKNOWN_OBJECT, "there is no user " + name));
  }

  /** All of them, by name. */
  List<Account> list() {
    return accounts.values().stream().sorted(Comparator.comparing(Account::name)).toList();
  }

  synchronized void create(String name, Optional<String> hash) {
    if (!BasicCredentials.isName(name)) {
      throw new KurobeException(ErrorCode.INVALID_SETTING, "a user cannot have this name")
          .withHint("It has 1 to 128 characters, none of them a colon or a control character.");
    }
    Optional<Account> there = find(name);
    if (there.isPresent()) {
      throw new KurobeException(
          ErrorCode.DUPLICATE_OBJECT, "there is already a user " + there.get().name());
    }
    put(new Account(name, hash, true, clock.instant()));
  }

  synchronized void setPassword(String name, String hash) {
    put(get(name).withPassword(hash));
  }

  synchronized void enable(String name, boolean enabled) {
    Account account = get(name);
    put(account.enabled(enabled));
    if (!enabled) {
      shutOut(of(account.name()), "the statement was cancelled: its user was disabled");
    }
  }

  synchronized void drop(String name) {
    Account account = get(name);
    book.removeAccount(account.name());
    accounts.remove(folded(account.name()));
    keys.values().removeIf(key -> key.user().equals(account.name()));
    shutOut(of(account.name()), "the statement was cancelled: its user was dropped");
  }

  private void put(Account account) {
    book.write(account);
    accounts.put(folded(account.name()), account);
  }

  private static Predicate<Caller> of(String user) {
    return caller -> caller.principal().name().equals(user);
  }

  /** The keys of a user, or of all; by user and name. */
  List<ApiKey> keys(Optional<String> user) {
    return keys.values().stream()
        .filter(key -> user.isEmpty() || key.user().equals(user.get()))
        .map(this::withLastUse)
        .sorted(Comparator.comparing(ApiKey::user).thenComparing(ApiKey::name))
        .toList();
  }

  private ApiKey withLastUse(ApiKey key) {
    Optional<Instant> last = Optional.ofNullable(used.get(key.id())).or(key::lastUsed);
    return new ApiKey(
        key.id(),
        key.user(),
        key.name(),
        key.digest(),
        key.scopes(),
        key.created(),
        key.expires(),
        last);
  }

  /** Makes a key; what is returned is the only place that has its secret. */
  synchronized KeyText createKey(
      String user, String name, Set<Scope> scopes, Optional<Instant> expires) {
    Account account = get(user);
    if (findKey(account.name(), name).isPresent()) {
      throw new KurobeException(
          ErrorCode.DUPLICATE_OBJECT, account.name() + " has an API key " + name + " already");
    }
    if (keys(Optional.of(account.name())).size() >= MOST_KEYS) {
      throw new KurobeException(
              ErrorCode.LIMIT_EXCEEDED, account.name() + " has " + MOST_KEYS + " API keys already")
          .withHint("Drop those that are not used.");
    }
    KeyText text = KeyText.random(random);
    ApiKey key =
        new ApiKey(
            text.id(),
            account.name(),
            name,
            text.digest(),
            scopes,
            clock.instant(),
            expires,
            Optional.empty());
    book.write(key);
    keys.put(key.id(), key);
    return text;
  }

  Optional<ApiKey> findKey(String user, String name) {
    return keys.values().stream()
        .filter(key -> key.user().equals(user) && key.name().equalsIgnoreCase(name))
        .findFirst();
  }

  Optional<ApiKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  synchronized void dropKey(ApiKey key) {
    book.removeKey(key.id());
    keys.remove(key.id());
    used.remove(key.id());
    shutOut(
        caller -> caller.key().filter(key.id()::equals).isPresent(),
        "the statement was cancelled: its API key was dropped");
  }

  /** Notes that a key was used; now and then that is written. */
  void used(ApiKey key) {
    Instant now = clock.instant();
    Instant before = used.put(key.id(), now);
    Instant written = before == null ? key.lastUsed().orElse(Instant.MIN) : before;
    if (written.isBefore(now.minus(USE_WRITTEN_EVERY))) {
      try {
        book.used(Map.of(key.id(), now));
      } catch (KurobeException e) {
        LOG.warn("when an API key was used could not be written: {}", e.getMessage());
      }
    }
  }

  /**
   * Refuses whoever has been shut out since they proved themselves.
   *
   * @throws KurobeException AUTHENTICATION_FAILED
   */
  public void requireStanding(Caller caller) {
    Optional<Account> account = find(caller.principal().name());
    boolean keyGone = caller.key().isPresent() && !keys.containsKey(caller.key().get());
    if (keyGone || account.filter(found -> !found.enabled()).isPresent()) {
      throw new KurobeException(
          ErrorCode.AUTHENTICATION_FAILED, "the user or the API key is not valid any more");
    }
  }

  @Override
  public void close() {
    book.used(new HashMap<>(used));
  }
}

package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.security.BasicCredentials;
import io.kurobe.server.session.Caller;
import io.kurobe.server.session.Scope;
import io.kurobe.server.store.StoreWatch;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users and their keys: in memory, as every request asks for one, and in the {@link
 * AccountBook}, which is written first. Names differ in more than case. Whoever is shut out is told
 * to the listeners before a change returns. What another gateway that shares the book changed is
 * noticed within a second or two. Threads share it; whoever made it closes it.
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
  private final Map<String, Instant> used = new ConcurrentHashMap<>();
  private final List<BiConsumer<Predicate<Caller>, KurobeException>> listeners =
      new CopyOnWriteArrayList<>();
  private final Optional<StoreWatch> watch;
  private volatile KnownAccounts known;

  public Accounts(AccountBook book, Clock clock) {
    this.book = requireNonNull(book, "book is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.known = KnownAccounts.of(book.read());
    this.watch = StoreWatch.begin(book.isShared(), "users", this::readAgain);
  }

  /** Tells of everyone who is shut out from now on, with the reason. */
  public void onShutOut(BiConsumer<Predicate<Caller>, KurobeException> listener) {
    listeners.add(listener);
  }

  private void shutOut(Set<String> whom, Function<Caller, Optional<String>> who, String why) {
    if (!whom.isEmpty()) {
      KurobeException reason =
          new KurobeException(ErrorCode.CANCELLED, "the statement was cancelled: " + why);
      Predicate<Caller> wanted = caller -> who.apply(caller).filter(whom::contains).isPresent();
      listeners.forEach(listener -> listener.accept(wanted, reason));
    }
  }

  /** Notices what another gateway changed. */
  synchronized void readAgain() {
    if (book.version() != known.version()) {
      takeOver(KnownAccounts.of(book.read()));
    }
  }

  private void takeOver(KnownAccounts now) {
    KnownAccounts before = known;
    known = now;
    Function<Caller, Optional<String>> user = caller -> Optional.of(caller.principal().name());
    shutOut(now.disabledSince(before), user, "its user was disabled");
    shutOut(now.droppedSince(before), user, "its user was dropped");
    shutOut(now.keysDroppedSince(before), Caller::key, "its API key was dropped");
  }

  /**
   * Changes something; whoever is shut out by it is, once this has returned.
   *
   * @param work decides by what there is, writes, and gives what there is then
   */
  private synchronized void change(
      BiFunction<KnownAccounts, AccountBook.Change, KnownAccounts> work) {
    AtomicReference<KnownAccounts> then = new AtomicReference<>(known);
    book.change(
        change -> {
          boolean isLast = change.version() == known.version() + 1;
          then.set(work.apply(isLast ? known : KnownAccounts.of(change.before()), change));
        });
    takeOver(then.get());
  }

  Optional<Account> find(String name) {
    return known.find(name);
  }

  Account get(String name) {
    return known.get(name);
  }

  /** All of them, by name. */
  List<Account> list() {
    return known.accounts().values().stream().sorted(Comparator.comparing(Account::name)).toList();
  }

  void create(String name, Optional<String> hash) {
    if (!BasicCredentials.isName(name)) {
      throw new KurobeException(ErrorCode.INVALID_SETTING, "a user cannot have this name")
          .withHint("It has 1 to 128 characters, none of them a colon or a control character.");
    }
    // As precise as it is kept, so that it is the same once it is read again.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Account account = new Account(name, hash, true, now);
    change(
        (before, change) -> {
          Optional<Account> there = before.find(name);
          if (there.isPresent()) {
            throw new KurobeException(
                ErrorCode.DUPLICATE_OBJECT, "there is already a user " + there.get().name());
          }
          return written(before, change, account);
        });
  }

  void setPassword(String name, String hash) {
    change((before, change) -> written(before, change, before.get(name).withPassword(hash)));
  }

  void enable(String name, boolean enabled) {
    change((before, change) -> written(before, change, before.get(name).enabled(enabled)));
  }

  private static KnownAccounts written(
      KnownAccounts before, AccountBook.Change change, Account account) {
    change.write(account);
    return before.with(change.version(), account);
  }

  void drop(String name) {
    change(
        (before, change) -> {
          Account account = before.get(name);
          change.removeAccount(account.name());
          return before.without(change.version(), account);
        });
  }

  /** The keys of a user, or of all; by user and name. */
  List<ApiKey> keys(Optional<String> user) {
    return known.keys().values().stream()
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
  KeyText createKey(String user, String name, Set<Scope> scopes, Optional<Instant> expires) {
    KeyText text = KeyText.random(random);
    change(
        (before, change) -> {
          Account account = before.get(user);
          List<ApiKey> theirs = before.keysOf(account.name());
          if (theirs.stream().anyMatch(key -> key.name().equalsIgnoreCase(name))) {
            throw new KurobeException(
                ErrorCode.DUPLICATE_OBJECT,
                account.name() + " has an API key " + name + " already");
          }
          if (theirs.size() >= MOST_KEYS) {
            throw new KurobeException(
                    ErrorCode.LIMIT_EXCEEDED,
                    account.name() + " has " + MOST_KEYS + " API keys already")
                .withHint("Drop those that are not used.");
          }
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
          change.write(key);
          return before.with(change.version(), key);
        });
    return text;
  }

  Optional<ApiKey> findKey(String user, String name) {
    return known.keysOf(user).stream().filter(key -> key.name().equalsIgnoreCase(name)).findFirst();
  }

  Optional<ApiKey> key(String id) {
    return Optional.ofNullable(known.keys().get(id));
  }

  void dropKey(ApiKey key) {
    change(
        (before, change) -> {
          change.removeKey(key.id());
          return before.without(change.version(), key);
        });
    used.remove(key.id());
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
    boolean keyGone = caller.key().isPresent() && key(caller.key().get()).isEmpty();
    if (keyGone || account.filter(found -> !found.enabled()).isPresent()) {
      throw new KurobeException(
          ErrorCode.AUTHENTICATION_FAILED, "the user or the API key is not valid any more");
    }
  }

  @Override
  public void close() {
    watch.ifPresent(StoreWatch::close);
    book.used(new HashMap<>(used));
  }
}

package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Slows down whoever guesses passwords: after some that were wrong, each further one is refused
 * unseen for a time that doubles. Counted are a user at an address, an address whatever users it
 * tries, and a user whatever addresses try him. The last two hold up no address from which that
 * user has come of late, and the last is short, so that nobody can shut out another. Bounded;
 * threads share it.
 */
final class Throttle {
  private static final int MOST = 100_000;
  private static final Duration FORGOTTEN = Duration.ofMinutes(30);
  private static final Duration KNOWN_FOR = Duration.ofDays(1);

  /** How many may be wrong, and for how long the next are refused at most. */
  private record Rule(int free, Duration longest) {
    Duration after(int wrong) {
      if (wrong < free) {
        return Duration.ZERO;
      }
      Duration time = Duration.ofSeconds(1L << Math.min(20, wrong - free));
      return time.compareTo(longest) > 0 ? longest : time;
    }
  }

  private static final Rule OF_PAIR = new Rule(5, Duration.ofMinutes(15));
  private static final Rule OF_ADDRESS = new Rule(20, Duration.ofMinutes(5));
  private static final Rule OF_USER = new Rule(50, Duration.ofSeconds(30));

  private record Pair(String user, String address) {}

  private record Wrong(int count, Instant until) {
    static final Wrong NONE = new Wrong(0, Instant.MIN);
  }

  private final Clock clock;
  private final Cache<Pair, Wrong> pairs = counts();
  private final Cache<String, Wrong> addresses = counts();
  private final Cache<String, Wrong> users = counts();
  private final Cache<Pair, Boolean> known =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KNOWN_FOR).build();

  Throttle(Clock clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  private static <K> Cache<K, Wrong> counts() {
    return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FORGOTTEN).build();
  }

  /**
   * Refuses whoever has to wait.
   *
   * @throws KurobeException AUTHENTICATION_FAILED, which says for how long
   */
  synchronized void check(String user, String address) {
    Pair pair = new Pair(user.toLowerCase(Locale.ROOT), address);
    Instant until = of(pairs, pair).until();
    if (known.getIfPresent(pair) == null) {
      until = later(until, of(addresses, address).until());
      until = later(until, of(users, pair.user()).until());
    }
    Instant now = clock.instant();
    if (now.isBefore(until)) {
      long seconds = Math.max(1, Duration.between(now, until).toSeconds());
      throw new KurobeException(
              ErrorCode.AUTHENTICATION_FAILED, "too many passwords were wrong of late")
          .withHint("Try again in " + seconds + " s.");
    }
  }

  /**
   * Counts an attempt as wrong before it is looked at, so that many at once are no way round;
   * {@link #right} takes it back.
   */
  synchronized void attempt(String user, String address) {
    check(user, address);
    Pair pair = new Pair(user.toLowerCase(Locale.ROOT), address);
    count(pairs, pair, OF_PAIR);
    count(addresses, address, OF_ADDRESS);
    count(users, pair.user(), OF_USER);
  }

  synchronized void right(String user, String address) {
    Pair pair = new Pair(user.toLowerCase(Locale.ROOT), address);
    pairs.invalidate(pair);
    takeBack(addresses, address);
    takeBack(users, pair.user());
    known.put(pair, true);
  }

  private <K> void count(Cache<K, Wrong> counts, K key, Rule rule) {
    int count = of(counts, key).count() + 1;
    counts.put(key, new Wrong(count, clock.instant().plus(rule.after(count))));
  }

  private static <K> void takeBack(Cache<K, Wrong> counts, K key) {
    Wrong wrong = of(counts, key);
    if (wrong.count() > 1) {
      counts.put(key, new Wrong(wrong.count() - 1, Instant.MIN));
    } else {
      counts.invalidate(key);
    }
  }

  private static <K> Wrong of(Cache<K, Wrong> counts, K key) {
    Wrong wrong = counts.getIfPresent(key);
    return wrong == null ? Wrong.NONE : wrong;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}

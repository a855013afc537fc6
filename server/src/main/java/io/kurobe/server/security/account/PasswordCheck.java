package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a password is right. Every HTTP request brings one, and a hash is slow on purpose: what
 * was right is remembered for a while, as a digest under a key that only this process has, with the
 * hash that it was right for, so that another password or none makes it void at once. A user who is
 * not there costs as much as one who is. Bounded; threads share it.
 */
final class PasswordCheck {
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int MOST_REMEMBERED = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final PasswordHash hashes;
  private final Throttle throttle;
  private final String nobodys;
  private final SecretKeySpec secret;
  private final Semaphore cores =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()), true);
  private final Map<String, CompletableFuture<Boolean>> atWork = new ConcurrentHashMap<>();

  /** The digest of a name and a password, to the hash that it was right for. */
  private final Cache<String, String> right =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  PasswordCheck(PasswordHash hashes, Throttle throttle) {
    this.hashes = requireNonNull(hashes, "hashes is null");
    this.throttle = requireNonNull(throttle, "throttle is null");
    SecureRandom random = new SecureRandom();
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    this.secret = new SecretKeySpec(bytes, "HmacSHA256");
    byte[] unknown = new byte[32];
    random.nextBytes(unknown);
    this.nobodys = hashes.of(HexFormat.of().formatHex(unknown));
  }

  /**
   * Checks a password.
   *
   * @param hash the user's; empty for one who has none, or is not there
   * @throws KurobeException AUTHENTICATION_FAILED if too many were wrong; LIMIT_EXCEEDED if too
   *     many are being checked
   */
  boolean isRight(String user, String password, Optional<String> hash, String address) {
    throttle.check(user, address);
    String digest = digest(user, password);
    String rightFor = right.getIfPresent(digest);
    if (rightFor != null && hash.filter(rightFor::equals).isPresent()) {
      return true;
    }
    // Connections of a pool come at once with the same password: one is looked at for all.
    String attempt = digest + hash.orElse("") + address;
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> others = atWork.putIfAbsent(attempt, mine);
    if (others != null) {
      return others.join();
    }
    try {
      throttle.attempt(user, address);
      boolean same = hashed(() -> hashes.matches(password, hash.orElse(nobodys)));
      boolean isRight = same && hash.isPresent();
      if (isRight) {
        throttle.right(user, address);
        right.put(digest, hash.get());
      }
      mine.complete(isRight);
      return isRight;
    } catch (RuntimeException | Error e) {
      mine.complete(false);
      throw e;
    } finally {
      atWork.remove(attempt);
    }
  }

  /** A new hash; no more of them at once than there are cores. */
  String hash(String password) {
    return hashed(() -> hashes.of(password));
  }

  private <T> T hashed(java.util.function.Supplier<T> work) {
    try {
      if (!cores.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new KurobeException(ErrorCode.LIMIT_EXCEEDED, "too many passwords are being checked")
            .withHint("Try again later.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KurobeException(ErrorCode.SHUTTING_DOWN, "the gateway is shutting down", e);
    }
    try {
      return work.get();
    } finally {
      cores.release();
    }
  }

  private String digest(String user, String password) {
    try {
      Mac mac = Mac.getInstance(secret.getAlgorithm());
      mac.init(secret);
      byte[] text = (user + "\0" + password).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}

package io.kurobe.planner.catalog;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one source's catalog, and the reading of it. A reading runs in the background,
 * one at a time; what was read before stays known until the next has succeeded. Threads share it.
 */
final class CatalogReading {
  private static final CatalogMetadata NOTHING = new CatalogMetadata(List.of());

  private final Source source;
  private final Clock clock;
  private final Executor background;
  private final Duration timeToLive;
  private final Duration retryAfter;

  // Guarded by this.
  private @Nullable CatalogMetadata known;
  private @Nullable Instant readAt;
  private @Nullable KurobeException failure;
  private @Nullable Instant believedUntil;
  private @Nullable CompletableFuture<Void> underWay;
  private Instant begun = Instant.MIN;

  CatalogReading(
      Source source, Clock clock, Executor background, Duration timeToLive, Duration retryAfter) {
    this.source = source;
    this.clock = clock;
    this.background = background;
    this.timeToLive = timeToLive;
    this.retryAfter = retryAfter;
  }

  Source source() {
    return source;
  }

  /** What was last read; empty before the first success. */
  synchronized CatalogMetadata known() {
    return known == null ? NOTHING : known;
  }

  /** When what is known was read. */
  synchronized Optional<Instant> readAt() {
    return Optional.ofNullable(readAt);
  }

  /** Whether it was ever read. */
  synchronized boolean isKnown() {
    return known != null;
  }

  /** Whether no reading has ended yet, well or badly. */
  synchronized boolean isNew() {
    return known == null && failure == null;
  }

  /** Why its tables cannot be told: the last reading failed, or the first still goes on. */
  synchronized Optional<KurobeException> failure() {
    if (failure == null && known == null && underWay != null) {
      return Optional.of(
          new KurobeException(
              ErrorCode.SOURCE_UNAVAILABLE,
              "source " + source.name() + " has not given its catalog yet; it is being read"));
    }
    return Optional.ofNullable(failure);
  }

  /** How long the reading under way has been going on, or the last one did. */
  synchronized Duration age() {
    return begun.equals(Instant.MIN) ? Duration.ZERO : Duration.between(begun, clock.instant());
  }

  /** Starts a reading if what is known is no longer believed. Returns the one under way. */
  synchronized CompletableFuture<Void> ensure() {
    if (underWay != null) {
      return underWay;
    }
    boolean believed = believedUntil != null && clock.instant().isBefore(believedUntil);
    return believed ? CompletableFuture.completedFuture(null) : start();
  }

  /** Reads again: one that is under way may have begun before what the caller wants to see. */
  synchronized CompletableFuture<Void> again() {
    CompletableFuture<Void> before = underWay;
    return before == null
        ? start()
        : before.thenCompose(
            done -> {
              synchronized (this) {
                return underWay == null ? start() : underWay;
              }
            });
  }

  private CompletableFuture<Void> start() {
    CompletableFuture<Void> reading = new CompletableFuture<>();
    underWay = reading;
    begun = clock.instant();
    try {
      background.execute(() -> read(reading));
    } catch (RuntimeException e) {
      ended(reading, null, unreadable(e));
    }
    return reading;
  }

  private void read(CompletableFuture<Void> reading) {
    try {
      ended(reading, source.readCatalog(), null);
    } catch (KurobeException e) {
      ended(reading, null, namesSource(e.code()) ? e : unreadable(e));
    } catch (RuntimeException | Error e) {
      ended(reading, null, unreadable(e));
    }
  }

  private static boolean namesSource(ErrorCode code) {
    return code == ErrorCode.SOURCE_UNAVAILABLE || code == ErrorCode.SOURCE_FAILED;
  }

  private KurobeException unreadable(Throwable why) {
    return new KurobeException(
        ErrorCode.SOURCE_UNAVAILABLE,
        "the catalog of source " + source.name() + " could not be read: " + why.getMessage(),
        why);
  }

  private void ended(
      CompletableFuture<Void> reading,
      @Nullable CatalogMetadata read,
      @Nullable KurobeException error) {
    synchronized (this) {
      if (read != null && !read.equals(known)) {
        known = read;
      }
      if (read != null) {
        readAt = clock.instant();
      }
      failure = error;
      believedUntil = clock.instant().plus(error == null ? timeToLive : retryAfter);
      underWay = null;
    }
    reading.complete(null);
  }
}

package io.kurobe.adapters.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Health;
import io.kurobe.adapters.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of one source. It opens when half of the last answers, two at least, were
 * that the source is unavailable; any other answer, an error too, says that it is there. Once the
 * pause is over, the next caller looks at the source's health first, so that no long statement
 * decides whether others may ask.
 */
final class SourceBreaker {
  /** How long an open breaker refuses before it looks again. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(SourceBreaker.class);

  private final Source source;
  private final Clock clock;
  private final CircuitBreaker breaker;
  private volatile KurobeException last;
  private volatile Instant retry = Instant.MIN;

  SourceBreaker(Source source, Clock clock) {
    this.source = source;
    this.clock = clock;
    this.last =
        new KurobeException(
            ErrorCode.SOURCE_UNAVAILABLE, "source " + source.name() + " does not answer");
    this.breaker =
        CircuitBreaker.of(
            source.name(),
            CircuitBreakerConfig.custom()
                .slidingWindow(4, 2, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitDurationInOpenState(PAUSE)
                .clock(clock)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> {
              State now = event.getStateTransition().getToState();
              if (now == State.OPEN) {
                retry = clock.instant().plus(PAUSE);
              }
              LOG.info("the breaker of source {} is {}", source.name(), now);
            });
  }

  /** Lets the caller ask the source, or throws what it last answered. */
  void admit() {
    if (!breaker.tryAcquirePermission()) {
      throw refusal();
    }
    if (breaker.getState() == State.HALF_OPEN) {
      Health health = source.health();
      if (!health.up()) {
        var down =
            new KurobeException(
                ErrorCode.SOURCE_UNAVAILABLE,
                health.detail().contains(source.name())
                    ? health.detail()
                    : "source " + source.name() + " does not answer: " + health.detail());
        met(down);
        throw down;
      }
      answered();
    }
  }

  /** The source gave what it was asked for. */
  void answered() {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** The source answered someone who asked whatever the breaker says. */
  void isBack() {
    if (breaker.getState() == State.CLOSED) {
      answered();
    } else {
      breaker.transitionToClosedState();
    }
  }

  /** A call to the source failed. */
  void met(KurobeException failure) {
    switch (failure.code()) {
      case SOURCE_UNAVAILABLE -> {
        last = failure;
        breaker.onError(0, TimeUnit.NANOSECONDS, failure);
      }
      // These say nothing about whether the source is there.
      case CANCELLED, TIMEOUT, TOO_MANY_CONNECTIONS, OUT_OF_MEMORY, DISK_FULL, INTERNAL -> {}
      default -> answered();
    }
  }

  private KurobeException refusal() {
    Duration left = Duration.between(clock.instant(), retry);
    String when = left.isNegative() ? "right now" : "in " + (left.toMillis() + 999) / 1000 + " s";
    return new KurobeException(
        ErrorCode.SOURCE_UNAVAILABLE, last.getMessage() + "; it is tried again " + when, last);
  }
}

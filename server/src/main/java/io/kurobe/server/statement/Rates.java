package io.kurobe.server.statement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.session.Principal;
import io.kurobe.server.session.Caller;
import java.time.Duration;

/**
 * Counts the statements that a user, and an API key, begins. Nobody waits: who comes too often is
 * told to come again later. Threads share it.
 */
final class Rates {
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int MOST_CALLERS = 100_000;

  private final StatementRates rates;
  private final Cache<String, RateLimiter> users = limiters();
  private final Cache<String, RateLimiter> keys = limiters();

  Rates(StatementRates rates) {
    this.rates = rates;
  }

  private static Cache<String, RateLimiter> limiters() {
    // One that is forgotten after two periods would be full again.
    return Caffeine.newBuilder()
        .maximumSize(MOST_CALLERS)
        .expireAfterAccess(PERIOD.multipliedBy(2))
        .build();
  }

  /**
   * Counts a statement.
   *
   * @throws KurobeException LIMIT_EXCEEDED if it is one too many
   */
  void count(Caller caller) {
    caller
        .key()
        .ifPresent(key -> take(keys, key, rates.ofKey(), "limits.statementsPerMinutePerKey"));
    Principal user = caller.principal();
    take(users, user.name(), rates.ofUser().applyAsInt(user), "limits.statementsPerMinute");
  }

  private static void take(
      Cache<String, RateLimiter> limiters, String whose, int most, String setting) {
    if (most <= 0) {
      return;
    }
    RateLimiter limiter = limiters.get(whose, name -> limiter(most));
    if (limiter.getRateLimiterConfig().getLimitForPeriod() != most) {
      // Holds from the next period on.
      limiter.changeLimitForPeriod(most);
    }
    if (!limiter.acquirePermission()) {
      throw new KurobeException(
              ErrorCode.LIMIT_EXCEEDED,
              "more than " + most + " statements within a minute, which is " + setting)
          .withHint("Wait up to a minute, or have the limit raised.");
    }
  }

  private static RateLimiter limiter(int most) {
    return RateLimiter.of(
        "statements",
        RateLimiterConfig.custom()
            .limitForPeriod(most)
            .limitRefreshPeriod(PERIOD)
            .timeoutDuration(Duration.ZERO)
            .build());
  }
}

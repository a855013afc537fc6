package io.kurobe.server.config;

/**
 * How many statements may begin within a minute: the keys {@code statementsPerMinute} and {@code
 * statementsPerMinutePerKey} of {@code limits:}.
 *
 * @param ofUser those of one user, however they came; 0 means no limit
 * @param ofKey those of one API key; 0 means no limit of its own
 */
public record RateLimits(int ofUser, int ofKey) {
  public static final RateLimits NONE = new RateLimits(0, 0);
}

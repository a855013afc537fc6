package io.kurobe.server.config;

/**
 * How many statements may be at work at once, and how many may wait for that, in all and of one
 * user: the keys {@code running}, {@code runningPerUser}, {@code queued} and {@code queuedPerUser}
 * of {@code limits:}.
 *
 * @param running statements at work; each may hold a thread
 * @param runningPerUser those of one user; 0 means no limit of its own
 * @param queued statements that wait for others to end; 0 refuses what cannot begin at once
 * @param queuedPerUser those of one user; 0 means no limit of its own
 */
public record RunningLimits(int running, int runningPerUser, int queued, int queuedPerUser) {
  public static final RunningLimits DEFAULT = new RunningLimits(200, 0, 100, 0);

  /** So many at work, whoever sent them, and as many waiting as is usual. */
  public static RunningLimits of(int running) {
    return new RunningLimits(running, 0, DEFAULT.queued(), 0);
  }
}

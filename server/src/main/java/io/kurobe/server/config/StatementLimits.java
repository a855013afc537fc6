package io.kurobe.server.config;

/**
 * How many statements may be open, which hold what was prepared on them also when nothing runs: the
 * keys {@code statements}, {@code statementsPerUser} and {@code statementsInAll} of {@code
 * limits:}.
 *
 * @param ofConnection those of one connection
 * @param ofUser those of one user, on whichever connections
 * @param inAll those of everybody
 */
public record StatementLimits(int ofConnection, int ofUser, int inAll) {
  /** A plan that is kept is some 20 KB on the heap. */
  public static final StatementLimits DEFAULT = new StatementLimits(1_000, 10_000, 20_000);

  /** So many of a connection, and of users and in all as many as is usual. */
  public static StatementLimits of(int ofConnection) {
    return new StatementLimits(ofConnection, DEFAULT.ofUser, DEFAULT.inAll);
  }
}

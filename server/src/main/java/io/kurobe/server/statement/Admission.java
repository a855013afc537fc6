package io.kurobe.server.statement;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who may begin. A statement beyond the limits waits for its turn without holding a thread; those
 * that wait begin in the order in which they came, but that whoever has as many at work as one user
 * may holds up nobody else. Threads share it.
 */
final class Admission {
  private final AdmissionLimits limits;

  // Guarded by this.
  private final Map<String, Integer> running = new HashMap<>();
  private final Set<Turn> waiting = new LinkedHashSet<>();
  private final Deque<Turn> granted = new ArrayDeque<>();
  private int runningInAll;
  private boolean telling;

  Admission(AdmissionLimits limits) {
    this.limits = requireNonNull(limits, "limits is null");
  }

  /**
   * A statement's place among those at work, or in the queue. Whoever took it leaves it when the
   * statement has ended, wherever it was by then.
   */
  final class Turn {
    private final String user;
    private final CompletableFuture<Void> come = new CompletableFuture<>();
    private boolean left;

    private Turn(String user) {
      this.user = user;
    }

    /** Completes when the statement may begin: by now, or on the thread that ends another. */
    CompletableFuture<Void> come() {
      return come;
    }

    /** Gives the place to others; without effect if it has left already. */
    void leave() {
      synchronized (Admission.this) {
        if (left) {
          return;
        }
        left = true;
        if (!waiting.remove(this)) {
          free(user);
        }
      }
      tell();
    }
  }

  /**
   * Takes a place.
   *
   * @throws KurobeException LIMIT_EXCEEDED, which names the limit, if there is none in the queue
   */
  Turn enter(String user) {
    Turn turn = new Turn(user);
    synchronized (this) {
      // Whoever waits cannot begin yet, so that nobody is overtaken who could.
      if (mayBegin(user)) {
        occupy(user);
        turn.come.complete(null);
        return turn;
      }
      refuseIfFull(user);
      waiting.add(turn);
    }
    return turn;
  }

  private boolean mayBegin(String user) {
    return runningInAll < limits.running() && !hasAllOfItsOwn(user);
  }

  private boolean hasAllOfItsOwn(String user) {
    return limits.runningPerUser() > 0 && running.getOrDefault(user, 0) >= limits.runningPerUser();
  }

  private void refuseIfFull(String user) {
    String who = hasAllOfItsOwn(user) ? " of '" + user + "'" : "";
    String key = hasAllOfItsOwn(user) ? "limits.runningPerUser" : "limits.running";
    int most = hasAllOfItsOwn(user) ? limits.runningPerUser() : limits.running();
    if (limits.queuedPerUser() > 0) {
      long own = waiting.stream().filter(turn -> turn.user.equals(user)).count();
      if (own >= limits.queuedPerUser()) {
        throw refused(most, who, own, " of '" + user + "'", key, "limits.queuedPerUser");
      }
    }
    if (waiting.size() >= limits.queued()) {
      throw refused(most, who, waiting.size(), "", key, "limits.queued");
    }
  }

  private static KurobeException refused(
      int atWork, String ofWhom, long waiting, String whose, String key, String queueKey) {
    String queue = waiting == 0 ? "" : ", and " + waiting + whose + " wait for others to end";
    return new KurobeException(
            ErrorCode.LIMIT_EXCEEDED,
            "there are already " + atWork + " statements" + ofWhom + " at work" + queue)
        .withHint(
            "Close result sets that are not read to the end, or raise "
                + key
                + " or "
                + queueKey
                + ".");
  }

  private void occupy(String user) {
    runningInAll++;
    running.merge(user, 1, Integer::sum);
  }

  private void free(String user) {
    runningInAll--;
    running.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
    Iterator<Turn> first = waiting.iterator();
    while (runningInAll < limits.running() && first.hasNext()) {
      Turn next = first.next();
      if (mayBegin(next.user)) {
        first.remove();
        occupy(next.user);
        granted.add(next);
      }
    }
  }

  /**
   * Tells those whose turn has come, outside the lock: they begin on this thread. What fails to
   * begin leaves in the same moment, so that one thread tells all instead of each the next.
   */
  private void tell() {
    synchronized (this) {
      if (telling) {
        return;
      }
      telling = true;
    }
    for (Turn next = nextGranted(); next != null; next = nextGranted()) {
      next.come.complete(null);
    }
  }

  private synchronized @Nullable Turn nextGranted() {
    Turn next = granted.poll();
    telling = next != null;
    return next;
  }
}

package io.kurobe.server.statement;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statement handles of one connection. Those above zero have the server's numbers; those below
 * have the client's, who makes them by using them.
 */
final class ConnectionStatements {
  private final OpenCounts counts;
  private final String user;
  private final Map<Integer, OpenStatement> open = new HashMap<>();
  private int next = 1;
  private boolean closed;
  private final Set<Interruptible> preparing = new HashSet<>();
  private Instant prepared = Instant.MIN;

  /**
   * Those of a connection.
   *
   * @param counts of all connections
   * @param user whose it is
   */
  ConnectionStatements(OpenCounts counts, String user) {
    this.counts = counts;
    this.user = user;
  }

  synchronized OpenStatement create(Instant now) {
    refuseClosed();
    OpenStatement made = add(next, now);
    next++;
    return made;
  }

  /** Puts what was planned on a handle; with the client's number, one is made if there is none. */
  synchronized void prepare(int id, OpenStatement.Prepared prepared, Instant now) {
    taken(id, now).prepare(prepared);
  }

  /** Puts a run on a handle; with the client's number, one is made if there is none. */
  synchronized void place(int id, Run run, Instant now) {
    taken(id, now).replace(run);
  }

  private OpenStatement taken(int id, Instant now) {
    refuseClosed();
    if (id >= 0 || open.containsKey(id)) {
      OpenStatement statement = get(id);
      statement.touch(now);
      return statement;
    }
    return add(id, now);
  }

  private void refuseClosed() {
    if (closed) {
      throw new KurobeException(ErrorCode.NO_SUCH_CONNECTION, "the connection was closed");
    }
  }

  private OpenStatement add(int id, Instant now) {
    counts.take(user, open.size());
    OpenStatement statement = new OpenStatement(id, now);
    open.put(id, statement);
    return statement;
  }

  synchronized Optional<OpenStatement> find(int id) {
    return Optional.ofNullable(open.get(id));
  }

  /**
   * Ends a run whose result was given or whose error was told. A handle with the client's number
   * goes with it, unless something was prepared on it or another runs there by now.
   */
  void release(int id, Run run) {
    OpenStatement statement;
    synchronized (this) {
      statement = open.get(id);
      if (statement == null || !statement.holds(run)) {
        return;
      }
      if (id < 0 && statement.prepared().isEmpty()) {
        open.remove(id);
        counts.giveBack(user, 1);
      }
    }
    statement.release(run);
  }

  /** Ends what runs on a handle, as {@link #release} does; returns it. */
  Optional<Run> leave(int id) {
    Optional<Run> run = find(id).flatMap(OpenStatement::run);
    run.ifPresent(left -> release(id, left));
    return run;
  }

  /** A handle that was closed answers differently from one that never was. */
  synchronized OpenStatement get(int id) {
    OpenStatement statement = open.get(id);
    if (statement != null) {
      return statement;
    }
    if (id >= 1 && id < next) {
      throw new KurobeException(
          ErrorCode.CANCELLED, "the statement was cancelled, closed, or idle for too long");
    }
    if (id < 0) {
      throw new KurobeException(
          ErrorCode.CANCELLED,
          "the statement has ended, or was cancelled, closed, or idle for too long");
    }
    throw new KurobeException(ErrorCode.NO_SUCH_STATEMENT, "the connection has no such statement");
  }

  synchronized Optional<OpenStatement> remove(int id) {
    Optional<OpenStatement> removed = Optional.ofNullable(open.remove(id));
    removed.ifPresent(statement -> counts.giveBack(user, 1));
    return removed;
  }

  /** Closes the handles that nobody used since a moment. */
  void expire(Instant before) {
    List<OpenStatement> expired = new ArrayList<>();
    synchronized (this) {
      open.values().removeIf(statement -> statement.isIdleSince(before) && expired.add(statement));
      counts.giveBack(user, expired.size());
    }
    expired.forEach(statement -> statement.replace(null));
  }

  /** A statement that has no handle yet is being planned. */
  synchronized void beginPreparing(Interruptible planning) {
    preparing.add(planning);
  }

  synchronized void endPreparing(Interruptible planning, Instant now) {
    preparing.remove(planning);
    prepared = now;
  }

  /** Whether nothing has been at work since a moment, and nobody has asked for any of them. */
  synchronized boolean isIdleSince(Instant before) {
    return preparing.isEmpty()
        && prepared.isBefore(before)
        && open.values().stream().allMatch(statement -> statement.isIdleSince(before));
  }

  /** Whether something of a result that has ended is still to be given to a client of its own. */
  synchronized boolean hasUnread() {
    return open.values().stream().anyMatch(each -> each.id() < 0 && each.attachment().isPresent());
  }

  synchronized int size() {
    return open.size();
  }

  /** Closes all handles; returns what ran on them, which ends. */
  List<Run> close() {
    List<OpenStatement> all;
    synchronized (this) {
      closed = true;
      preparing.forEach(Interruptible::stop);
      all = new ArrayList<>(open.values());
      open.clear();
      counts.giveBack(user, all.size());
    }
    return all.stream().flatMap(statement -> statement.replace(null).stream()).toList();
  }
}

package io.kurobe.server.statement;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statement handles of one connection. */
final class ConnectionStatements {
  private final int most;
  private final Map<Integer, OpenStatement> open = new HashMap<>();
  private int next = 1;
  private int preparing;
  private Instant prepared = Instant.MIN;

  ConnectionStatements(int most) {
    this.most = most;
  }

  synchronized OpenStatement create(Instant now) {
    if (open.size() >= most) {
      throw new KurobeException(
              ErrorCode.LIMIT_EXCEEDED, "the connection has " + most + " statements open already")
          .withHint("Close statements after use, or raise limits.statements.");
    }
    OpenStatement statement = new OpenStatement(next++, now);
    open.put(statement.id(), statement);
    return statement;
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
    throw new KurobeException(ErrorCode.NO_SUCH_STATEMENT, "the connection has no such statement");
  }

  synchronized Optional<OpenStatement> remove(int id) {
    return Optional.ofNullable(open.remove(id));
  }

  /** Closes the handles that nobody used since a moment. */
  void expire(Instant before) {
    List<OpenStatement> expired = new ArrayList<>();
    synchronized (this) {
      open.values().removeIf(statement -> statement.isIdleSince(before) && expired.add(statement));
    }
    expired.forEach(statement -> statement.replace(null));
  }

  /** A statement that has no handle yet is being planned. */
  synchronized void beginPreparing() {
    preparing++;
  }

  synchronized void endPreparing(Instant now) {
    preparing--;
    prepared = now;
  }

  /** Whether nothing has been at work since a moment, and nobody has asked for any of them. */
  synchronized boolean isIdleSince(Instant before) {
    return preparing == 0
        && prepared.isBefore(before)
        && open.values().stream().allMatch(statement -> statement.isIdleSince(before));
  }

  synchronized int size() {
    return open.size();
  }

  /** Closes all handles; returns what ran on them, which ends. */
  List<Run> close() {
    List<OpenStatement> all;
    synchronized (this) {
      all = new ArrayList<>(open.values());
      open.clear();
    }
    return all.stream().flatMap(statement -> statement.replace(null).stream()).toList();
  }
}

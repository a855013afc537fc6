package io.kurobe.server.statement;

import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.session.Principal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement handle of a connection: what was prepared on it, and what runs. */
final class OpenStatement {
  /**
   * What was prepared.
   *
   * @param principal for whom it was planned
   * @param maxRows rows each execution gives at most; 0 means all
   */
  record Prepared(String sql, PlannedStatement statement, Principal principal, long maxRows) {}

  private final int id;
  private @Nullable Prepared prepared;
  private @Nullable Run run;
  private @Nullable Object attachment;
  private volatile Instant lastUsed;

  OpenStatement(int id, Instant now) {
    this.id = id;
    this.lastUsed = now;
  }

  int id() {
    return id;
  }

  /**
   * Whether nobody has asked for it since a moment. While the gateway itself is at work on it, its
   * client waits and is not idle, however long that takes; the query time-out bounds it.
   */
  synchronized boolean isIdleSince(Instant before) {
    return lastUsed.isBefore(before) && (run == null || run.isReadyBefore(before));
  }

  void touch(Instant now) {
    lastUsed = now;
  }

  synchronized Optional<Prepared> prepared() {
    return Optional.ofNullable(prepared);
  }

  synchronized void prepare(Prepared statement) {
    prepared = statement;
  }

  synchronized Optional<Run> run() {
    return Optional.ofNullable(run);
  }

  /** Puts a run in place of the one before, which ends and is returned. */
  synchronized Optional<Run> replace(@Nullable Run next) {
    Optional<Run> before = Optional.ofNullable(run);
    before.ifPresent(Run::close);
    run = next;
    attachment = null;
    return before;
  }

  synchronized void attach(Object value) {
    attachment = value;
  }

  /** Whether this is the run on it. */
  synchronized boolean holds(Run candidate) {
    return run == candidate;
  }

  /** Ends a run, unless another has taken its place. */
  synchronized void release(Run ended) {
    if (run == ended) {
      replace(null);
    }
  }

  /** Attaches something to a run; without effect if another has taken its place. */
  synchronized void attach(Run to, Object value) {
    if (run == to) {
      attachment = value;
    }
  }

  synchronized Optional<Object> attachment() {
    return Optional.ofNullable(attachment);
  }
}

package io.kurobe.server.statement;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.Execution;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.server.audit.Actor;
import io.kurobe.server.audit.Audit;
import io.kurobe.server.audit.AuditEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the audit has of one statement: that it started, once, and that it ended, once. That it
 * started is not written for its own sake before somebody waits for it ({@link #awaitDurable}): a
 * short statement's two records go to the disk together. Threads share it.
 */
final class AuditTrail {
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

  private final Audit audit;
  private final Actor actor;
  private final String queryId;
  private final String sql;

  // Guarded by this.
  private @Nullable CompletableFuture<Void> started;
  private @Nullable CompletableFuture<Void> ended;

  AuditTrail(Audit audit, Actor actor, String queryId, String sql) {
    this.audit = requireNonNull(audit, "audit is null");
    this.actor = requireNonNull(actor, "actor is null");
    this.queryId = requireNonNull(queryId, "queryId is null");
    this.sql = requireNonNull(sql, "sql is null");
  }

  /** Records that it started, with what it reads as far as that is known; once. */
  synchronized void started(@Nullable PlannedStatement statement, @Nullable Execution execution) {
    if (started != null || !audit.isOn()) {
      return;
    }
    List<AuditEvent.SourceStatement> sources =
        execution == null
            ? List.of()
            : execution.reads().stream()
                .map(read -> new AuditEvent.SourceStatement(read.runsOn(), read.statement()))
                .toList();
    List<String> tables = statement == null ? List.of() : statement.tables();
    started = audit.record(new AuditEvent.StatementStarted(actor, queryId, sql, tables, sources));
  }

  /**
   * Records that it ended, and what was denied to it if that is why; once. It goes to the disk at
   * once: whoever is told waits for it.
   *
   * @return completes when it survives the process, or with why it will not
   */
  synchronized CompletableFuture<Void> ended(
      History.Entry entry, long bytes, @Nullable KurobeException reason) {
    if (!audit.isOn()) {
      return CompletableFuture.completedFuture(null);
    }
    if (ended != null) {
      return ended;
    }
    if (reason != null && reason.code() == ErrorCode.NOT_ALLOWED) {
      audit.record(new AuditEvent.Denied(actor, Optional.of(queryId), reason.getMessage()));
    }
    ended =
        audit.record(
            new AuditEvent.StatementEnded(
                actor,
                queryId,
                entry.rows(),
                bytes,
                Duration.between(entry.started(), entry.ended()),
                entry.outcome().name(),
                entry.sqlState()));
    audit.hurry();
    return ended;
  }

  /**
   * Waits until what was recorded survives the process.
   *
   * @throws KurobeException if it cannot be written and that is not to be done without
   */
  void awaitDurable() {
    CompletableFuture<Void> last;
    synchronized (this) {
      last = ended != null ? ended : started;
      if (started != null && ended != null && started.isCompletedExceptionally()) {
        last = started;
      }
    }
    if (last == null) {
      return;
    }
    if (!last.isDone()) {
      audit.hurry();
    }
    try {
      last.get(WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KurobeException(ErrorCode.SHUTTING_DOWN, "the gateway is shutting down", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KurobeException known ? known : slow(e);
    } catch (TimeoutException e) {
      throw slow(e);
    }
  }

  private static KurobeException slow(Exception e) {
    return new KurobeException(
        ErrorCode.STATE_UNAVAILABLE, "the audit could not be written in time", e);
  }
}

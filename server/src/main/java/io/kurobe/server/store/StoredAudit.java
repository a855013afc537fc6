package io.kurobe.server.store;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.audit.Audit;
import io.kurobe.server.audit.AuditChain;
import io.kurobe.server.audit.AuditEvent;
import io.kurobe.server.audit.AuditKey;
import io.kurobe.server.audit.AuditRecord;
import io.kurobe.server.audit.Checkpoint;
import io.kurobe.server.config.AuditSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit in the state store. Records are written by the store's one writer, together with the
 * history. Every so often, and when it closes, the chain is signed; what is older than is to be
 * kept is then deleted up to a checkpoint.
 */
public final class StoredAudit implements Audit, GroupCommit.Lane<AuditEvent>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoredAudit.class);
  private static final int RECORDS_BETWEEN_CHECKPOINTS = 1_000;
  private static final Duration TIME_BETWEEN_CHECKPOINTS = Duration.ofMinutes(10);
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

  private final GroupCommit writes;
  private final AuditKey key;
  private final String chain;
  private final AuditSettings settings;
  private final Clock clock;
  private final AtomicLong lost = new AtomicLong();

  // Of the writer's thread.
  private AuditChain end;
  private AuditChain written;
  private long signed;
  private Instant signedAt;
  private boolean known;
  private long lossTold;

  private volatile boolean closing;

  private StoredAudit(
      StateStore store, AuditKey key, AuditSettings settings, Clock clock, AuditChain end) {
    this.writes = store.writes();
    this.key = key;
    this.chain = key.chain();
    this.settings = settings;
    this.clock = clock;
    this.end = end;
    this.written = end;
    this.signed = end.sequence();
    this.signedAt = clock.instant();
    this.known = true;
  }

  /**
   * Goes on with the chain of a key. Statements that had not ended when their gateway did are
   * recorded as interrupted.
   *
   * @param configuration what the gateway's configuration says, in brief
   */
  public static StoredAudit open(
      StateStore store,
      AuditKey key,
      AuditSettings settings,
      Clock clock,
      AuditEvent.GatewayStarted configuration) {
    String chain = key.chain();
    List<String> interrupted =
        store.inTransaction(
            handle -> {
              handle
                  .createUpdate(
                      "INSERT INTO audit_keys (chain, public_key) VALUES (:chain, :key)"
                          + " ON CONFLICT (chain) DO NOTHING")
                  .bind("chain", chain)
                  .bind("key", key.publicPem())
                  .execute();
              return AuditRecords.interrupted(handle, chain);
            });
    AuditChain end = store.inTransaction(handle -> AuditRecords.end(handle, chain));
    StoredAudit audit = new StoredAudit(store, key, settings, clock, end);
    interrupted.forEach(id -> audit.record(new AuditEvent.StatementInterrupted(id)));
    CompletableFuture<Void> started = audit.record(configuration);
    audit.hurry();
    started.join();
    return audit;
  }

  @Override
  public CompletableFuture<Void> record(AuditEvent event) {
    Optional<CompletableFuture<Void>> taken = writes.write(this, event);
    if (taken.isEmpty()) {
      return failed(new IllegalStateException("too many records wait to be written"));
    }
    return taken
        .get()
        .handle((done, e) -> e == null ? CompletableFuture.<Void>completedFuture(null) : failed(e))
        .thenCompose(outcome -> outcome);
  }

  private CompletableFuture<Void> failed(Throwable e) {
    if (settings.onFailure() == AuditSettings.OnFailure.CONTINUE) {
      if (lost.getAndIncrement() == 0) {
        LOG.error("the audit cannot be written; it goes on without", e);
      }
      return CompletableFuture.completedFuture(null);
    }
    LOG.error("the audit cannot be written", e);
    return CompletableFuture.failedFuture(unwritable(e));
  }

  private static KurobeException unwritable(Throwable cause) {
    return new KurobeException(
            ErrorCode.STATE_UNAVAILABLE,
            "the audit cannot be written, and nothing is done that is not recorded",
            cause)
        .withHint(
            "Whoever runs the gateway finds why in its log; audit: {onFailure: continue} would do"
                + " without.");
  }

  @Override
  public void hurry() {
    writes.hurry();
  }

  @Override
  public void insert(Handle handle, List<AuditEvent> events) {
    AuditChain at = known ? end : AuditRecords.end(handle, chain);
    lossTold = lost.get();
    Instant now = clock.instant();
    try (PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO audit_log (chain, seq, recorded, event, query_id, body, hash) VALUES"
                + " (:chain, :seq, :recorded, :event, :queryId, :body, :hash)")) {
      if (lossTold > 0) {
        at = add(batch, at, now, new AuditEvent.RecordsLost(lossTold));
      }
      for (AuditEvent event : events) {
        at = add(batch, at, now, event);
      }
      batch.execute();
    }
    boolean due =
        closing
            || at.sequence() - signed >= RECORDS_BETWEEN_CHECKPOINTS
            || now.isAfter(signedAt.plus(TIME_BETWEEN_CHECKPOINTS));
    if (due) {
      sign(handle, at, now);
    }
    written = at;
  }

  private AuditChain add(PreparedBatch batch, AuditChain at, Instant now, AuditEvent event) {
    AuditRecord record = at.next(now, event);
    batch
        .bind("chain", chain)
        .bind("seq", record.sequence())
        .bind("recorded", record.recorded().toEpochMilli())
        .bind("event", record.event())
        .bind("queryId", record.queryId())
        .bind("body", record.body())
        .bind("hash", record.hash())
        .add();
    return at.after(record);
  }

  private void sign(Handle handle, AuditChain at, Instant now) {
    Checkpoint checkpoint = key.checkpoint(at, Instant.ofEpochMilli(now.toEpochMilli()));
    handle
        .createUpdate(
            "INSERT INTO audit_checkpoints (chain, seq, recorded, hash, signature)"
                + " VALUES (:chain, :seq, :recorded, :hash, :signature)")
        .bind("chain", chain)
        .bind("seq", checkpoint.sequence())
        .bind("recorded", checkpoint.recorded().toEpochMilli())
        .bind("hash", checkpoint.hash())
        .bind("signature", checkpoint.signature())
        .execute();
    signed = at.sequence();
    signedAt = now;
    // Whoever keeps the log elsewhere has what a chain that was cut off would be held against.
    LOG.info("audit {} is at record {}, hash {}", chain, at.sequence(), at.hash());
    cut(handle, now.minus(settings.retention()));
  }

  /** Deletes what is older than a moment, up to a checkpoint, which stays. */
  private void cut(Handle handle, Instant before) {
    Optional<Long> upTo =
        handle
            .createQuery(
                "SELECT max(seq) FROM audit_checkpoints WHERE chain = :chain"
                    + " AND recorded < :before")
            .bind("chain", chain)
            .bind("before", before.toEpochMilli())
            .mapTo(Long.class)
            .findOne();
    if (upTo.isEmpty()) {
      return;
    }
    for (String delete :
        List.of(
            "DELETE FROM audit_log WHERE chain = :chain AND seq <= :upTo",
            "DELETE FROM audit_checkpoints WHERE chain = :chain AND seq < :upTo")) {
      handle.createUpdate(delete).bind("chain", chain).bind("upTo", upTo.get()).execute();
    }
  }

  @Override
  public void settled(boolean committed) {
    if (committed) {
      end = written;
      if (lossTold > 0) {
        lost.addAndGet(-lossTold);
        LOG.info("the audit is written again; {} records are lost", lossTold);
      }
    }
    // After a failure nobody knows whether it was committed: the store is asked.
    known = committed;
    lossTold = 0;
  }

  /** Records that the gateway stopped, and signs where the chain is. */
  @Override
  public void close() {
    closing = true;
    CompletableFuture<Void> stopped = record(new AuditEvent.GatewayStopped());
    hurry();
    try {
      stopped.get(CLOSED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the end of the gateway was not recorded in the audit");
    }
  }
}

package io.kurobe.server.store;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.audit.Redaction;
import io.kurobe.server.statement.History;
import io.kurobe.server.store.Database.Survives;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of statements. When statements end faster than the disk takes them, some are left out
 * and counted; the oldest are deleted, so that the store is bounded.
 */
final class StoredHistory implements History, GroupCommit.Lane<History.Entry> {
  private static final Logger LOG = LoggerFactory.getLogger(StoredHistory.class);
  private static final int MOST_ROWS = 100_000;
  private static final int PRUNE_EVERY = 1_000;
  private static final int MOST_TEXT = 100_000;

  private final StateStore store;
  private final GroupCommit writes;
  private final Optional<HistoryJournal> journal;
  private final AtomicLong leftOut = new AtomicLong();

  /** Of the writer's thread. */
  private int sincePruned;

  /**
   * Makes it.
   *
   * @param journal keeps an entry until the store has it; without one whoever waits for an entry
   *     waits for the store
   */
  StoredHistory(StateStore store, GroupCommit writes, Optional<HistoryJournal> journal) {
    this.store = store;
    this.writes = writes;
    this.journal = journal;
  }

  /** Writes down what a process left when it was killed, before anything else is recorded. */
  void takeUp() {
    if (journal.isEmpty()) {
      return;
    }
    try {
      List<Entry> left = journal.get().left();
      if (!left.isEmpty()) {
        store.inTransaction(
            handle -> {
              insert(handle, left);
              return left.size();
            });
      }
      journal.get().clear();
    } catch (IOException | KurobeException e) {
      LOG.warn("what the history's journal holds could not be written down", e);
    }
  }

  @Override
  public CompletableFuture<Void> record(Entry entry) {
    Entry storable = storable(entry);
    Optional<HistoryJournal.Kept> kept = journal.flatMap(files -> files.append(storable));
    Optional<CompletableFuture<Void>> written = writes.write(this, storable);
    if (written.isEmpty()) {
      leftOut.incrementAndGet();
      kept.ifPresent(HistoryJournal.Kept::forget);
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> settled =
        written
            .get()
            .exceptionally(
                e -> {
                  LOG.error("{} was not written to the history", entry.queryId(), e);
                  return null;
                });
    if (kept.isPresent()) {
      CompletableFuture<Void> unused = settled.thenRun(kept.get()::forget);
      return CompletableFuture.completedFuture(null);
    }
    writes.hurry();
    return settled;
  }

  private static Entry storable(Entry entry) {
    return new Entry(
        entry.queryId(),
        Texts.storable(entry.principal(), MOST_TEXT),
        Texts.storable(Redaction.of(entry.sql()), MOST_TEXT),
        entry.kind(),
        entry.started(),
        entry.ended(),
        entry.rows(),
        entry.outcome(),
        entry.sqlState());
  }

  @Override
  public List<Entry> latest(int most) {
    return store.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT query_id, principal, statement, kind, started, ended, row_count,"
                        + " outcome, sqlstate FROM query_history ORDER BY started DESC,"
                        + " query_id DESC LIMIT :most")
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Entry(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            Optional.ofNullable(row.getString(4)),
                            Instant.ofEpochMilli(row.getLong(5)),
                            Instant.ofEpochMilli(row.getLong(6)),
                            row.getLong(7),
                            Outcome.valueOf(row.getString(8)),
                            Optional.ofNullable(row.getString(9))))
                .list());
  }

  @Override
  public void insert(Handle handle, List<Entry> entries) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO query_history (query_id, principal, statement, kind, started, ended,"
                + " row_count, outcome, sqlstate) VALUES (:queryId, :principal, :statement,"
                + " :kind, :started, :ended, :rows, :outcome, :sqlState)"
                + " ON CONFLICT (query_id) DO NOTHING")) {
      entries.forEach(entry -> bind(batch, entry));
      batch.execute();
    }
    sincePruned += entries.size();
    if (sincePruned >= PRUNE_EVERY) {
      sincePruned = 0;
      prune(handle);
    }
  }

  /** An answer may wait for its entry, and a disk takes longer than a short statement. */
  @Override
  public Survives survives() {
    return Survives.A_KILLED_PROCESS;
  }

  @Override
  public void settled(boolean committed) {
    long missing = leftOut.getAndSet(0);
    if (missing > 0) {
      LOG.warn("{} statements were not written to the history: too many at once", missing);
    }
  }

  private static void bind(PreparedBatch batch, Entry entry) {
    batch
        .bind("queryId", entry.queryId())
        .bind("principal", entry.principal())
        .bind("statement", entry.sql())
        .bind("kind", entry.kind().orElse(null))
        .bind("started", entry.started().toEpochMilli())
        .bind("ended", entry.ended().toEpochMilli())
        .bind("rows", entry.rows())
        .bind("outcome", entry.outcome().name())
        .bind("sqlState", entry.sqlState().orElse(null))
        .add();
  }

  private static void prune(Handle handle) {
    handle
        .createUpdate(
            "DELETE FROM query_history WHERE started < (SELECT started FROM query_history"
                + " ORDER BY started DESC LIMIT 1 OFFSET :most)")
        .bind("most", MOST_ROWS)
        .execute();
  }
}

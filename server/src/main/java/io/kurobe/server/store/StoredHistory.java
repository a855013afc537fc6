package io.kurobe.server.store;

import io.kurobe.server.statement.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of statements, written by a thread of its own: what ends while the disk is busy is
 * written together at its next turn, so that many statements wait for one write. When statements
 * end faster than the disk takes them, some are left out and counted; the oldest are deleted, so
 * that the store is bounded.
 */
final class StoredHistory implements History, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoredHistory.class);
  private static final int QUEUE = 10_000;
  private static final int BATCH = 500;
  private static final int MOST_ROWS = 100_000;
  private static final int PRUNE_EVERY = 1_000;
  private static final int MOST_TEXT = 100_000;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final StateStore store;

  /** An entry, and what tells whoever waits for it that it is on the disk. */
  private record Waiting(Entry entry, CompletableFuture<Void> written) {}

  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread writer;
  private volatile boolean closing;

  /** Of the writer's thread. */
  private int sincePruned;

  StoredHistory(StateStore store) {
    this.store = store;
    this.writer = new Thread(this::write, "history");
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public CompletableFuture<Void> record(Entry entry) {
    Waiting waiting = new Waiting(entry, new CompletableFuture<>());
    if (!queue.offer(waiting)) {
      leftOut.incrementAndGet();
      waiting.written().complete(null);
    }
    return waiting.written();
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

  private void write() {
    while (!closing || !queue.isEmpty()) {
      List<Waiting> batch = new ArrayList<>();
      try {
        Waiting first = queue.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        queue.drainTo(batch, BATCH - 1);
        insert(batch);
      } catch (InterruptedException e) {
        // Only close() interrupts: what is left is written without pauses.
        closing = true;
      } catch (RuntimeException e) {
        LOG.error("{} statements were not written to the history", batch.size(), e);
      } finally {
        batch.forEach(waiting -> waiting.written().complete(null));
      }
      long missing = leftOut.getAndSet(0);
      if (missing > 0) {
        LOG.warn("{} statements were not written to the history: too many at once", missing);
      }
    }
  }

  private void insert(List<Waiting> entries) {
    store.inTransaction(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  "INSERT INTO query_history (query_id, principal, statement, kind, started, ended,"
                      + " row_count, outcome, sqlstate) VALUES (:queryId, :principal, :statement,"
                      + " :kind, :started, :ended, :rows, :outcome, :sqlState)"
                      + " ON CONFLICT (query_id) DO NOTHING");
          for (Waiting waiting : entries) {
            bind(batch, waiting.entry());
          }
          batch.execute();
          return null;
        });
    sincePruned += entries.size();
    if (sincePruned >= PRUNE_EVERY) {
      sincePruned = 0;
      prune();
    }
  }

  private static void bind(PreparedBatch batch, Entry entry) {
    batch
        .bind("queryId", entry.queryId())
        .bind("principal", entry.principal())
        .bind("statement", Texts.storable(entry.sql(), MOST_TEXT))
        .bind("kind", entry.kind().orElse(null))
        .bind("started", entry.started().toEpochMilli())
        .bind("ended", entry.ended().toEpochMilli())
        .bind("rows", entry.rows())
        .bind("outcome", entry.outcome().name())
        .bind("sqlState", entry.sqlState().orElse(null))
        .add();
  }

  private void prune() {
    store.inTransaction(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM query_history WHERE started < (SELECT started FROM query_history"
                        + " ORDER BY started DESC LIMIT 1 OFFSET :most)")
                .bind("most", MOST_ROWS)
                .execute());
  }

  @Override
  public void close() {
    closing = true;
    writer.interrupt();
    try {
      writer.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

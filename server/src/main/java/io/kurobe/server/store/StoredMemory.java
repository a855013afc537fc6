package io.kurobe.server.store;

import io.kurobe.planner.memory.AskedQuestion;
import io.kurobe.planner.memory.Memory;
import io.kurobe.planner.memory.TaughtPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people taught and asked, in the state store. The pairs are kept in memory too, as every
 * question looks at them; those of a store that others may change are read again after a moment.
 */
final class StoredMemory implements Memory {
  private static final Logger LOG = LoggerFactory.getLogger(StoredMemory.class);

  private final StateStore store;
  private final GroupCommit writes;
  private final AskedRows asked;
  private final RowsInMemory<List<TaughtPair>> pairs;
  private volatile CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

  StoredMemory(StateStore store, GroupCommit writes) {
    this.store = store;
    this.writes = writes;
    this.asked = new AskedRows();
    this.pairs = new RowsInMemory<>(store, "what was taught", StoredMemory::load);
  }

  @Override
  public List<TaughtPair> taught() {
    return pairs.rows();
  }

  @Override
  public long version() {
    return pairs.version();
  }

  @Override
  public void teach(TaughtPair pair) {
    pairs.change(
        handle -> {
          delete(handle, pair.key(), pair.owner());
          return insert(handle, pair);
        });
  }

  @Override
  public boolean forget(String question, String owner) {
    String key = TaughtPair.normalised(question);
    return pairs.change(handle -> delete(handle, key, owner)) > 0;
  }

  private static int insert(Handle handle, TaughtPair pair) {
    return handle
        .createUpdate(
            "INSERT INTO taught_questions (question_key, owner, question, query, taught)"
                + " VALUES (:key, :owner, :question, :query, :taught)")
        .bind("key", Texts.storable(pair.key(), AskedRows.MOST_KEY))
        .bind("owner", pair.owner())
        .bind("question", Texts.storable(pair.question(), AskedRows.MOST_TEXT))
        .bind("query", Texts.storable(pair.sql(), AskedRows.MOST_TEXT))
        .bind("taught", pair.taught().toEpochMilli())
        .execute();
  }

  private static int delete(Handle handle, String key, String owner) {
    return handle
        .createUpdate("DELETE FROM taught_questions WHERE question_key = :key AND owner = :owner")
        .bind("key", Texts.storable(key, AskedRows.MOST_KEY))
        .bind("owner", owner)
        .execute();
  }

  private static List<TaughtPair> load(Handle handle) {
    return List.copyOf(
        handle
            .createQuery(
                "SELECT question, query, owner, taught FROM taught_questions"
                    + " ORDER BY taught, question_key, owner")
            .map(
                (row, context) ->
                    new TaughtPair(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4))))
            .list());
  }

  @Override
  public void asked(AskedQuestion question) {
    Optional<CompletableFuture<Void>> writing = writes.write(asked, question);
    if (writing.isEmpty()) {
      LOG.warn("a question was not written down: too many at once");
      return;
    }
    writes.hurry();
    written =
        writing
            .get()
            .exceptionally(
                e -> {
                  LOG.error("a question was not written down", e);
                  return null;
                });
  }

  @Override
  public List<AskedQuestion> history() {
    return read(AskedRows::latest);
  }

  @Override
  public Optional<AskedQuestion> ofQuery(String queryId) {
    return read(handle -> AskedRows.last(handle, "query_id", queryId));
  }

  @Override
  public Optional<AskedQuestion> lastOf(String session) {
    return read(handle -> AskedRows.last(handle, "session_id", session));
  }

  @Override
  public void accept(String id, boolean accepted, Optional<String> comment) {
    read(handle -> AskedRows.accept(handle, id, accepted, comment));
  }

  @Override
  public List<Suggestion> suggestions() {
    return read(AskedRows::suggestions);
  }

  /** After what was said to be written. */
  private <T> T read(java.util.function.Function<Handle, T> work) {
    AskedRows.await(written);
    return store.inTransaction(work);
  }
}

package io.kurobe.server.store;

import io.kurobe.planner.memory.AskedQuestion;
import io.kurobe.planner.memory.AskedQuestion.AskedCandidate;
import io.kurobe.planner.memory.Memory.Suggestion;
import io.kurobe.planner.memory.TaughtPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The rows of asked questions. The oldest are deleted, so that the store is bounded. */
final class AskedRows implements GroupCommit.Lane<AskedQuestion> {
  static final int MOST_TEXT = 100_000;
  static final int MOST_KEY = 2_000;

  private static final int MOST_ROWS = 100_000;
  private static final int MOST_SHOWN = 1_000;
  private static final int PRUNE_EVERY = 1_000;

  /** How often an answer is accepted before it is suggested for teaching. */
  private static final int ENOUGH = 3;

  private static final Duration WITHIN = Duration.ofSeconds(2);

  private static final String COLUMNS =
      "SELECT id, query_id, principal, session_id, asked, question, whole_question, query,"
          + " confidence, outcome, accepted, remark FROM asked_questions";

  /** Of the writer's thread. */
  private int sincePruned;

  static void await(CompletableFuture<Void> written) {
    try {
      written.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What was not written is not shown; whoever wrote it was told.
    }
  }

  @Override
  public void insert(Handle handle, List<AskedQuestion> entries) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO asked_questions (id, query_id, principal, session_id, asked, question,"
                + " whole_question, question_key, query, confidence, outcome) VALUES (:id,"
                + " :queryId, :principal, :session, :asked, :question, :whole, :key, :query,"
                + " :confidence, :outcome)")) {
      for (AskedQuestion entry : entries) {
        batch
            .bind("id", entry.id())
            .bind("queryId", entry.queryId().orElse(null))
            .bind("principal", entry.principal())
            .bind("session", Texts.storable(entry.session(), 200))
            .bind("asked", entry.asked().toEpochMilli())
            .bind("question", Texts.storable(entry.question(), MOST_TEXT))
            .bind("whole", Texts.storable(entry.whole(), MOST_TEXT))
            .bind("key", Texts.storable(TaughtPair.normalised(entry.whole()), MOST_KEY))
            .bind("query", entry.sql().map(sql -> Texts.storable(sql, MOST_TEXT)).orElse(null))
            .bind("confidence", entry.confidence())
            .bind("outcome", entry.outcome())
            .add();
      }
      batch.execute();
    }
    candidates(handle, entries);
    sincePruned += entries.size();
    if (sincePruned >= PRUNE_EVERY) {
      sincePruned = 0;
      prune(handle);
    }
  }

  private static void candidates(Handle handle, List<AskedQuestion> entries) {
    if (entries.stream().allMatch(entry -> entry.candidates().isEmpty())) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO asked_candidates (asked_id, number, generator, query, verdict,"
                + " confidence) VALUES (:id, :number, :generator, :query, :verdict,"
                + " :confidence)")) {
      for (AskedQuestion entry : entries) {
        for (AskedCandidate candidate : entry.candidates()) {
          batch
              .bind("id", entry.id())
              .bind("number", candidate.number())
              .bind("generator", Texts.storable(candidate.generator(), 200))
              .bind("query", Texts.storable(candidate.sql(), MOST_TEXT))
              .bind("verdict", Texts.storable(candidate.verdict(), 200))
              .bind("confidence", candidate.confidence().orElse(null))
              .add();
        }
      }
      batch.execute();
    }
  }

  private static void prune(Handle handle) {
    for (String sql :
        List.of(
            "DELETE FROM asked_candidates WHERE asked_id IN (SELECT id FROM asked_questions WHERE"
                + " asked < (SELECT asked FROM asked_questions ORDER BY asked DESC LIMIT 1 OFFSET"
                + " :most))",
            "DELETE FROM asked_questions WHERE asked < (SELECT asked FROM asked_questions"
                + " ORDER BY asked DESC LIMIT 1 OFFSET :most)")) {
      handle.createUpdate(sql).bind("most", MOST_ROWS).execute();
    }
  }

  static List<AskedQuestion> latest(Handle handle) {
    return read(
        handle,
        handle
            .createQuery(COLUMNS + " ORDER BY asked DESC, id LIMIT :most")
            .bind("most", MOST_SHOWN));
  }

  /** The last answered question of a query or a session. */
  static Optional<AskedQuestion> last(Handle handle, String column, String value) {
    return read(
            handle,
            handle
                .createQuery(
                    COLUMNS
                        + " WHERE "
                        + column
                        + " = :value AND query IS NOT NULL AND query_id IS NOT NULL"
                        + " ORDER BY asked DESC, id LIMIT 1")
                .bind("value", value))
        .stream()
        .findFirst();
  }

  private static List<AskedQuestion> read(Handle handle, Query query) {
    List<AskedQuestion> without =
        query
            .map(
                (row, context) -> {
                  Object accepted = row.getObject(11);
                  return new AskedQuestion(
                      row.getString(1),
                      Optional.ofNullable(row.getString(2)),
                      row.getString(3),
                      row.getString(4),
                      Instant.ofEpochMilli(row.getLong(5)),
                      row.getString(6),
                      row.getString(7),
                      Optional.ofNullable(row.getString(8)),
                      row.getDouble(9),
                      row.getString(10),
                      List.of(),
                      accepted == null ? Optional.empty() : Optional.of(row.getInt(11) != 0),
                      Optional.ofNullable(row.getString(12)));
                })
            .list();
    if (without.isEmpty()) {
      return without;
    }
    Map<String, List<AskedCandidate>> candidates = new HashMap<>();
    handle
        .createQuery(
            "SELECT asked_id, number, generator, query, verdict, confidence FROM asked_candidates"
                + " WHERE asked_id IN (<ids>) ORDER BY asked_id, number")
        .bindList("ids", without.stream().map(AskedQuestion::id).toList())
        .map(
            (row, context) -> {
              Object confidence = row.getObject(6);
              candidates
                  .computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                  .add(
                      new AskedCandidate(
                          row.getInt(2),
                          row.getString(3),
                          row.getString(4),
                          row.getString(5),
                          confidence == null ? Optional.empty() : Optional.of(row.getDouble(6))));
              return true;
            })
        .list();
    return without.stream().map(asked -> with(asked, candidates)).toList();
  }

  private static AskedQuestion with(
      AskedQuestion asked, Map<String, List<AskedCandidate>> candidates) {
    return new AskedQuestion(
        asked.id(),
        asked.queryId(),
        asked.principal(),
        asked.session(),
        asked.asked(),
        asked.question(),
        asked.whole(),
        asked.sql(),
        asked.confidence(),
        asked.outcome(),
        candidates.getOrDefault(asked.id(), List.of()),
        asked.accepted(),
        asked.comment());
  }

  static int accept(Handle handle, String id, boolean accepted, Optional<String> comment) {
    return handle
        .createUpdate(
            "UPDATE asked_questions SET accepted = :accepted, remark = :remark WHERE id = :id")
        .bind("accepted", accepted ? 1 : 0)
        .bind("remark", comment.map(text -> Texts.storable(text, MOST_TEXT)).orElse(null))
        .bind("id", id)
        .execute();
  }

  /** What nobody refused, several accepted and nobody taught. */
  static List<Suggestion> suggestions(Handle handle) {
    return handle
        .createQuery(
            "SELECT MIN(whole_question), query, COUNT(DISTINCT query_id) FROM asked_questions a"
                + " WHERE accepted IS NOT NULL AND query IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
                + " taught_questions t WHERE t.question_key = a.question_key)"
                + " GROUP BY question_key, query"
                + " HAVING SUM(accepted) = COUNT(*) AND COUNT(DISTINCT query_id) >= :enough"
                + " ORDER BY 3 DESC, 1 LIMIT :most")
        .bind("enough", ENOUGH)
        .bind("most", MOST_SHOWN)
        .map((row, context) -> new Suggestion(row.getString(1), row.getString(2), row.getInt(3)))
        .list();
  }
}

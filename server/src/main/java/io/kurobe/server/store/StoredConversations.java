package io.kurobe.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.nl2sql.conversation.Conversation;
import io.kurobe.nl2sql.conversation.ConversationStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * Named conversations in the state store, read and written as they are gone on with, so that every
 * gateway over the store has the same. Of each principal the last ones are kept.
 */
final class StoredConversations implements ConversationStore {
  /** After how long a conversation that nobody goes on with is over, and its name free. */
  static final Duration IDLE = Duration.ofDays(7);

  /** Those of one principal. */
  static final int MOST = 100;

  /** How long a conversation may be read without being noted as used. */
  private static final Duration NOTED = Duration.ofMinutes(10);

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final StateStore store;
  private final InstantSource clock;

  private record Row(Kept kept, long lastUsed) {}

  StoredConversations(StateStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Kept change(String name, String principal, UnaryOperator<Conversation> change) {
    // What was asked last may be lost with the machine.
    return store.inTransaction(
        Database.Survives.A_KILLED_PROCESS, handle -> changed(handle, name, principal, change));
  }

  private Kept changed(
      Handle handle, String name, String principal, UnaryOperator<Conversation> change) {
    long now = clock.millis();
    Optional<Row> known = read(handle, name);
    if (known.isPresent() && known.get().lastUsed() < now - IDLE.toMillis()) {
      forgetOld(handle, now);
      known = Optional.empty();
    }
    if (known.isEmpty()) {
      Kept begun = new Kept(principal, change.apply(Conversation.NEW));
      return insert(handle, name, begun, now) ? begun : read(handle, name).orElseThrow().kept();
    }
    Kept before = known.get().kept();
    if (!before.owner().equals(principal)) {
      return before;
    }
    Conversation after = change.apply(before.conversation());
    if (!after.equals(before.conversation()) || known.get().lastUsed() < now - NOTED.toMillis()) {
      handle
          .createUpdate(
              "UPDATE conversations SET turns = :turns, last_used = :now"
                  + " WHERE name = :name AND owner = :owner")
          .bind("turns", written(after))
          .bind("now", now)
          .bind("name", name)
          .bind("owner", principal)
          .execute();
    }
    return new Kept(principal, after);
  }

  private static Optional<Row> read(Handle handle, String name) {
    return handle
        .createQuery("SELECT owner, turns, last_used FROM conversations WHERE name = :name")
        .bind("name", name)
        .map(
            (row, context) ->
                new Row(new Kept(row.getString(1), read(row.getString(2))), row.getLong(3)))
        .findOne();
  }

  /** Returns whether it was there first: another gateway may begin one of the name meanwhile. */
  private static boolean insert(Handle handle, String name, Kept begun, long now) {
    forgetOld(handle, now);
    boolean first =
        handle
                .createUpdate(
                    "INSERT INTO conversations (name, owner, turns, last_used)"
                        + " VALUES (:name, :owner, :turns, :now) ON CONFLICT (name) DO NOTHING")
                .bind("name", name)
                .bind("owner", begun.owner())
                .bind("turns", written(begun.conversation()))
                .bind("now", now)
                .execute()
            == 1;
    handle
        .createUpdate(
            "DELETE FROM conversations WHERE owner = :owner AND name NOT IN (SELECT name FROM"
                + " conversations WHERE owner = :owner ORDER BY last_used DESC, name LIMIT :most)"
                + " AND name <> :name")
        .bind("owner", begun.owner())
        .bind("most", MOST)
        .bind("name", name)
        .execute();
    return first;
  }

  private static void forgetOld(Handle handle, long now) {
    handle
        .createUpdate("DELETE FROM conversations WHERE last_used < :old")
        .bind("old", now - IDLE.toMillis())
        .execute();
  }

  private static String written(Conversation conversation) {
    try {
      return JSON.writeValueAsString(conversation).replace("\\u0000", "\\uFFFD");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a conversation cannot be written", e);
    }
  }

  /** What cannot be read, such as that of another release, begins anew. */
  private static Conversation read(String turns) {
    try {
      return JSON.readValue(turns, Conversation.class);
    } catch (JsonProcessingException e) {
      return Conversation.NEW;
    }
  }
}

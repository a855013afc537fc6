package io.kurobe.nl2sql.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The conversations of all sessions. One without a name is its connection's; one with a name
 * belongs to whoever named it first, and to all their connections. Those that nobody goes on with
 * are forgotten after a time. Threads share it.
 */
public final class Conversations {
  /** After how long a conversation that nobody goes on with is over. */
  public static final Duration IDLE = Duration.ofHours(1);

  private static final int MOST = 10_000;
  private static final int LONGEST_NAME = 200;

  /** Either a name, or a connection's id. */
  private record Key(String name, String session) {}

  private record Owned(String owner, Conversation conversation) {}

  private final Cache<Key, Owned> conversations;

  /** Makes it with none. */
  public Conversations(Ticker ticker) {
    this.conversations =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(IDLE).ticker(ticker).build();
  }

  private static Key key(Session session) {
    String name = session.settings().getOrDefault(Session.CONVERSATION, "");
    return name.isEmpty() ? new Key("", session.id()) : new Key(name, "");
  }

  /**
   * Begins a conversation of that name, or goes on with one's own.
   *
   * @throws KurobeException UNKNOWN_OBJECT if it is another's
   */
  void join(String name, Session session) {
    if (name.length() > LONGEST_NAME) {
      throw new KurobeException(
          ErrorCode.INVALID_SETTING, "a conversation's name has at most 200 characters");
    }
    if (!name.isEmpty()) {
      owned(new Key(name, ""), session, UnaryOperator.identity());
    }
  }

  Conversation of(Session session) {
    return owned(key(session), session, UnaryOperator.identity()).conversation();
  }

  void change(Session session, UnaryOperator<Conversation> change) {
    owned(key(session), session, change);
  }

  void forget(Session session) {
    change(session, before -> Conversation.NEW);
  }

  private Owned owned(Key key, Session session, UnaryOperator<Conversation> change) {
    String principal = session.principal().name();
    Owned changed =
        conversations
            .asMap()
            .compute(
                key,
                (same, known) -> {
                  Owned before = known == null ? new Owned(principal, Conversation.NEW) : known;
                  return before.owner().equals(principal)
                      ? new Owned(principal, change.apply(before.conversation()))
                      : before;
                });
    if (!changed.owner().equals(principal)) {
      throw new KurobeException(
              ErrorCode.UNKNOWN_OBJECT, "conversation '" + key.name() + "' is not found")
          .withHint("SET conversation = 'another name' begins one of your own");
    }
    return changed;
  }
}

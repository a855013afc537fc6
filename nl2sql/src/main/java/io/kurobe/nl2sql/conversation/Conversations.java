package io.kurobe.nl2sql.conversation;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Ticker;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.conversation.ConversationStore.Kept;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The conversations of all sessions. One without a name is its connection's and is forgotten after
 * a time; one with a name belongs to whoever named it first, and to all their connections. Threads
 * share it.
 */
public final class Conversations {
  /** After how long a connection's conversation that nobody goes on with is over. */
  public static final Duration IDLE = Duration.ofHours(1);

  private static final long MOST_CHARACTERS = 20_000_000;
  private static final int LONGEST_NAME = 200;

  private final ConversationStore ofConnections;
  private final ConversationStore named;

  /**
   * Makes it with none.
   *
   * @param named keeps those with a name
   */
  public Conversations(Ticker ticker, ConversationStore named) {
    this.ofConnections = ConversationStore.inMemory(MOST_CHARACTERS, IDLE, ticker);
    this.named = requireNonNull(named, "named is null");
  }

  private static String name(Session session) {
    return session.settings().getOrDefault(Session.CONVERSATION, "");
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
      changed(name, session, UnaryOperator.identity());
    }
  }

  Conversation of(Session session) {
    return changed(name(session), session, UnaryOperator.identity());
  }

  void change(Session session, UnaryOperator<Conversation> change) {
    changed(name(session), session, change);
  }

  void forget(Session session) {
    change(session, before -> Conversation.NEW);
  }

  private Conversation changed(String name, Session session, UnaryOperator<Conversation> change) {
    String principal = session.principal().name();
    Kept kept =
        name.isEmpty()
            ? ofConnections.change(session.id(), principal, change)
            : named.change(name, principal, change);
    if (!kept.owner().equals(principal)) {
      throw new KurobeException(
              ErrorCode.UNKNOWN_OBJECT, "conversation '" + name + "' is not found")
          .withHint("SET conversation = 'another name' begins one of your own");
    }
    return kept.conversation();
  }
}

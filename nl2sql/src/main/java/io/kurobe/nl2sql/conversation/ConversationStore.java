package io.kurobe.nl2sql.conversation;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Where conversations are kept by their names: each belongs to whoever named it first, until nobody
 * went on with it for some time. Declared here and implemented by the server's state store, so that
 * one goes on over another gateway and after a restart. Threads share it.
 */
@FunctionalInterface
public interface ConversationStore {
  /** A conversation with whose it is. */
  record Kept(String owner, Conversation conversation) {
    public Kept {
      requireNonNull(owner, "owner is null");
      requireNonNull(conversation, "conversation is null");
    }
  }

  /**
   * Changes what is kept under a name, if it is the principal's or nobody's, and gives it as it is
   * then; gives another's unchanged.
   *
   * @param change quick, and without side effects: it may be done several times
   */
  Kept change(String name, String principal, UnaryOperator<Conversation> change);

  /**
   * Keeps them in memory.
   *
   * @param mostCharacters of all together; those that nobody goes on with are forgotten first
   */
  static ConversationStore inMemory(long mostCharacters, Duration idle, Ticker ticker) {
    int each = 200;
    Cache<String, Kept> kept =
        Caffeine.newBuilder()
            .maximumWeight(mostCharacters)
            .weigher((String name, Kept one) -> each + name.length() + one.conversation().length())
            .expireAfterAccess(idle)
            .ticker(ticker)
            .build();
    return (name, principal, change) ->
        kept.asMap()
            .compute(
                name,
                (same, known) -> {
                  Kept before = known == null ? new Kept(principal, Conversation.NEW) : known;
                  return before.owner().equals(principal)
                      ? new Kept(principal, change.apply(before.conversation()))
                      : before;
                });
  }
}

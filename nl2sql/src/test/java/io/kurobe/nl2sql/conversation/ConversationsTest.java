package io.kurobe.nl2sql.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.conversation.Conversation.Turn;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConversationsTest {
  private final AtomicLong now = new AtomicLong();
  private final Conversations conversations =
      new Conversations(
          now::get, ConversationStore.inMemory(100_000, Conversations.IDLE, now::get));

  private static Session session(String id, String user, String conversation) {
    return new Session(
        id,
        new Principal(user, Set.of()),
        ZoneId.of("UTC"),
        List.of(),
        Limits.DEFAULT,
        conversation.isEmpty() ? Map.of() : Map.of(Session.CONVERSATION, conversation));
  }

  private void ask(Session session, String text) {
    Turn turn = new Turn(text, new Question(text, List.of(), List.of(), Map.of()));
    conversations.change(session, before -> before.with(turn));
  }

  private String last(Session session) {
    return conversations.of(session).last().map(Turn::asked).orElse("nothing");
  }

  @Test
  void eachConnectionHasItsOwn() {
    ask(session("c1", "ada", ""), "one");
    assertThat(last(session("c1", "ada", ""))).isEqualTo("one");
    assertThat(last(session("c2", "ada", ""))).isEqualTo("nothing");
  }

  @Test
  void aNamedOneGoesOnElsewhereButNotWithAnother() {
    ask(session("c1", "ada", "sales"), "one");
    conversations.join("sales", session("c2", "ada", ""));
    assertThat(last(session("c2", "ada", "sales"))).isEqualTo("one");
    assertThatThrownBy(() -> conversations.join("sales", session("c3", "ben", "")))
        .isInstanceOf(KurobeException.class)
        .hasMessage("conversation 'sales' is not found");
    assertThatThrownBy(() -> conversations.of(session("c3", "ben", "sales")))
        .isInstanceOf(KurobeException.class);
  }

  @Test
  void isForgottenAfterATimeAndWhenTold() {
    Session session = session("c1", "ada", "");
    ask(session, "one");
    conversations.forget(session);
    assertThat(last(session)).isEqualTo("nothing");
    ask(session, "two");
    now.addAndGet(Conversations.IDLE.plusSeconds(1).toNanos());
    assertThat(last(session)).isEqualTo("nothing");
  }

  @Test
  void isBounded() {
    Session session = session("c1", "ada", "");
    for (int i = 0; i < 100; i++) {
      ask(session, "question " + i);
    }
    assertThat(conversations.of(session).turns()).hasSize(20);
    assertThat(last(session)).isEqualTo("question 99");
  }

  @Test
  void aQuestionThatIsTooLongIsNotGoneOnFrom() {
    Session session = session("c1", "ada", "");
    ask(session, "one");
    ask(session, "x".repeat(5_000));
    assertThat(last(session)).isEqualTo("nothing");
  }

  @Test
  void manyConversationsTakeBoundedMemory() {
    ConversationStore store = ConversationStore.inMemory(10_000, Conversations.IDLE, now::get);
    for (int i = 0; i < 1_000; i++) {
      Turn turn = new Turn("q".repeat(500), new Question("w", List.of(), List.of(), Map.of()));
      store.change("c" + i, "ada", before -> before.with(turn));
    }
    int kept = 0;
    for (int i = 0; i < 1_000; i++) {
      kept += store.change("c" + i, "ada", before -> before).conversation().turns().size();
    }
    assertThat(kept).isLessThan(100);
  }
}

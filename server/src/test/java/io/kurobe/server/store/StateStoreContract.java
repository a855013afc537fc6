package io.kurobe.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.conversation.Conversation;
import io.kurobe.nl2sql.conversation.Conversation.Turn;
import io.kurobe.nl2sql.conversation.ConversationStore;
import io.kurobe.planner.catalog.Comments;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.memory.AskedQuestion;
import io.kurobe.planner.memory.TaughtPair;
import io.kurobe.planner.privacy.Classification;
import io.kurobe.planner.privacy.ColumnName;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import io.kurobe.planner.question.Question;
import io.kurobe.server.statement.History;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds of the state, whichever database it is in. */
abstract class StateStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-31T14:25:00Z");

  /** Opens the store of this test, which is empty at its beginning. */
  abstract StateStore open();

  /** What would be found of the history if the process were killed now. */
  abstract List<History.Entry> surviving() throws Exception;

  private static ViewDefinition view(String name, String sql) {
    return new ViewDefinition(
        name, sql, List.of("id", "total"), Optional.of("what it is"), Optional.empty(), "alice");
  }

  private static History.Entry entry(int number, String sql) {
    return new History.Entry(
        "q" + (100_000 + number),
        "alice",
        sql,
        Optional.of("QUERY"),
        NOW.plusMillis(number),
        NOW.plusMillis(number + 5),
        1,
        History.Outcome.FAILED,
        Optional.of("42601"));
  }

  @Test
  void keepsViewsAfterReopening() {
    ViewDefinition view = view("Totals", "SELECT id, total FROM sales.public.orders");
    try (StateStore store = open()) {
      store.views().create(view, false);
    }
    try (StateStore store = open()) {
      assertThat(store.views().list()).containsExactly(view);
      assertThat(store.views().find("totals")).contains(view);
      assertThat(store.views().drop("TOTALS")).isTrue();
      assertThat(store.views().drop("TOTALS")).isFalse();
    }
    try (StateStore store = open()) {
      assertThat(store.views().list()).isEmpty();
    }
  }

  @Test
  void countsWhatModelsTookAfterReopening() {
    LocalDate day = LocalDate.of(2026, 1, 31);
    try (StateStore store = open()) {
      store.tokens().add("main", "ada", day, 100);
      store.tokens().add("main", "ada", day, 20);
      store.tokens().add("main", "bob", day, 3);
      store.tokens().add("other", "ada", day, 5);
    }
    try (StateStore store = open()) {
      assertThat(store.tokens().spentBy("main", "ada", day)).isEqualTo(120);
      assertThat(store.tokens().spent("main", day)).isEqualTo(123);
      assertThat(store.tokens().spent("main", day.plusDays(1))).isZero();
      store.tokens().add("main", "ada", day.plusDays(2), 1);
      assertThat(store.tokens().spent("main", day)).isZero();
      assertThat(store.tokens().spent("main", day.plusDays(2))).isEqualTo(1);
    }
  }

  @Test
  void keepsWhatColumnsHoldAfterReopening() {
    ColumnName email = new ColumnName(new TableName("pg", "public", "People"), "e-mail");
    ColumnName town = new ColumnName(new TableName("pg", "public", "People"), "town");
    Classification proposed =
        new Classification(
            email,
            Optional.of(PersonalKind.EMAIL),
            0.9,
            List.of("its name says email", "90 % of its values look so"),
            Classification.State.PROPOSED);
    Classification rejected =
        new Classification(
            town, Optional.empty(), 1, List.of("said by ada"), Classification.State.REJECTED);
    try (StateStore store = open()) {
      long before = store.classifications().version();
      store.classifications().keep(proposed);
      store.classifications().keep(rejected);
      assertThat(store.classifications().version()).isGreaterThan(before);
    }
    try (StateStore store = open()) {
      assertThat(store.classifications().find(email)).contains(proposed);
      assertThat(store.classifications().find(town)).contains(rejected);
      Classification confirmed =
          new Classification(
              email, Optional.of(PersonalKind.OTHER), 1, List.of(), Classification.State.CONFIRMED);
      store.classifications().keep(confirmed);
      assertThat(store.classifications().find(email)).contains(confirmed);
      assertThat(store.classifications().forget(town)).isTrue();
      assertThat(store.classifications().forget(town)).isFalse();
      assertThat(store.classifications().find(town)).isEmpty();
    }
  }

  @Test
  void keepsWhatPeopleTaughtAndAskedAfterReopening() {
    TaughtPair pair = new TaughtPair("How many?", "SELECT 1", "ada", NOW);
    TaughtPair other = new TaughtPair("how  many", "SELECT 2", "ben", NOW.plusMillis(1));
    AskedQuestion asked =
        new AskedQuestion(
            "a1",
            Optional.of("q1"),
            "ada",
            "c1",
            NOW,
            "and now?",
            "how many now",
            Optional.of("SELECT 3"),
            0.5,
            AskedQuestion.ANSWERED,
            List.of(
                new AskedQuestion.AskedCandidate(
                    1, "offline", "SELECT 3", "valid", Optional.of(0.5))),
            Optional.empty(),
            Optional.empty());
    try (StateStore store = open()) {
      long before = store.memory().version();
      store.memory().teach(pair);
      store.memory().teach(other);
      store.memory().teach(pair);
      assertThat(store.memory().version()).isGreaterThan(before);
      store.memory().asked(asked);
      store.memory().accept("a1", true, Optional.of("fine"));
    }
    try (StateStore store = open()) {
      assertThat(store.memory().taught()).containsExactly(pair, other);
      assertThat(store.memory().taught()).isSameAs(store.memory().taught());
      assertThat(store.memory().forget("how many?", "ada")).isTrue();
      assertThat(store.memory().forget("how many?", "ada")).isFalse();
      assertThat(store.memory().taught()).containsExactly(other);
      assertThat(store.memory().history())
          .singleElement()
          .satisfies(
              kept -> {
                assertThat(kept.accepted()).contains(true);
                assertThat(kept.comment()).contains("fine");
                assertThat(kept.candidates()).isEqualTo(asked.candidates());
              });
      assertThat(store.memory().ofQuery("q1")).isPresent();
      assertThat(store.memory().lastOf("c1")).isPresent();
      assertThat(store.memory().lastOf("c2")).isEmpty();
      assertThat(store.memory().suggestions()).isEmpty();
    }
  }

  private static UnaryOperator<Conversation> asking(String text) {
    Turn turn =
        new Turn(
            text,
            new Question(
                text + " \0\"日本🦉", List.of(List.of("a", "b")), List.of(), Map.of("k", "v")));
    return before -> new Conversation(List.of(turn), List.of("one", "two"));
  }

  @Test
  void keepsNamedConversationsOfTheirOwnersAfterReopening() {
    Conversation kept;
    try (StateStore store = open()) {
      store.conversations().change("sales", "ada", asking("how many?"));
      kept = store.conversations().change("sales", "ada", UnaryOperator.identity()).conversation();
      assertThat(kept.turns())
          .singleElement()
          .satisfies(t -> assertThat(t.asked()).isEqualTo("how many?"));
    }
    try (StateStore store = open();
        StateStore other = open()) {
      assertThat(store.conversations().change("sales", "ada", UnaryOperator.identity()))
          .isEqualTo(new ConversationStore.Kept("ada", kept));
      assertThat(store.conversations().change("sales", "ben", asking("mine?")))
          .isEqualTo(new ConversationStore.Kept("ada", kept));
      other.conversations().change("sales", "ada", before -> Conversation.NEW);
      assertThat(store.conversations().change("sales", "ada", UnaryOperator.identity()))
          .isEqualTo(new ConversationStore.Kept("ada", Conversation.NEW));
    }
  }

  @Test
  void aConversationEndsAfterAWhileAndItsNameIsFree() {
    var now = new AtomicLong(NOW.toEpochMilli());
    InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    try (StateStore store = open()) {
      var conversations = new StoredConversations(store, clock);
      conversations.change("sales", "ada", asking("one"));
      now.addAndGet(StoredConversations.IDLE.toMillis());
      assertThat(conversations.change("sales", "ben", before -> before).owner()).isEqualTo("ada");
      now.addAndGet(1);
      assertThat(conversations.change("sales", "ben", before -> before))
          .isEqualTo(new ConversationStore.Kept("ben", Conversation.NEW));
    }
  }

  @Test
  void ofManyConversationsTheLastAreKept() {
    var now = new AtomicLong(NOW.toEpochMilli());
    InstantSource clock = () -> Instant.ofEpochMilli(now.getAndIncrement());
    try (StateStore store = open()) {
      var conversations = new StoredConversations(store, clock);
      conversations.change("of ben", "ben", asking("mine"));
      for (int i = 0; i < StoredConversations.MOST + 20; i++) {
        conversations.change("c" + i, "ada", asking("one"));
      }
      int kept =
          store.inTransaction(
              handle ->
                  handle
                      .createQuery("SELECT count(*) FROM conversations WHERE owner = 'ada'")
                      .mapTo(Integer.class)
                      .one());
      assertThat(kept).isEqualTo(StoredConversations.MOST);
      assertThat(conversations.change("c0", "ada", before -> before).conversation().turns())
          .isEmpty();
      assertThat(conversations.change("of ben", "ben", before -> before).conversation().turns())
          .hasSize(1);
    }
  }

  @Test
  void keepsCommentsAfterReopening() {
    var table = new Comments.Subject(new TableName("pg", "public", "People"), Optional.empty());
    var town = new Comments.Subject(table.table(), Optional.of("town"));
    try (StateStore store = open()) {
      store.comments().put(table, Optional.of("those we know"), "ada");
      store.comments().put(town, Optional.of("where they live"), "ada");
      store.comments().put(town, Optional.of("where they work"), "ada");
    }
    try (StateStore store = open()) {
      assertThat(store.comments().all())
          .containsOnly(Map.entry(table, "those we know"), Map.entry(town, "where they work"));
      store.comments().put(table, Optional.empty(), "ada");
      assertThat(store.comments().all()).containsOnlyKeys(town);
    }
  }

  @Test
  void replacesAViewOnlyIfTold() {
    try (StateStore store = open()) {
      store.views().create(view("v", "SELECT 1"), false);
      assertThatThrownBy(() -> store.views().create(view("V", "SELECT 2"), false))
          .isInstanceOf(KurobeException.class)
          .extracting(e -> ((KurobeException) e).code())
          .isEqualTo(ErrorCode.DUPLICATE_TABLE);
      store.views().create(view("V", "SELECT 2"), true);
      assertThat(store.views().list()).containsExactly(view("V", "SELECT 2"));
    }
  }

  @Test
  void keepsTextOfAnyKind() {
    String text = "SELECT '" + "日本 🦉 \" \\ \n".repeat(10_000) + "'";
    try (StateStore store = open()) {
      store.views().create(view("日本", text), false);
      store.history().record(entry(1, "SELECT '\0'" + text.repeat(2))).join();
    }
    try (StateStore store = open()) {
      assertThat(store.views().find("日本")).contains(view("日本", text));
      assertThat(store.history().latest(10))
          .singleElement()
          .satisfies(
              kept ->
                  assertThat(kept.sql())
                      .startsWith("SELECT '\uFFFD'SELECT '日本 🦉 \" \\ \n日本")
                      .hasSizeBetween(99_999, 100_000));
    }
  }

  @Test
  void writesHistoryBeforeItCloses() {
    try (StateStore store = open()) {
      for (int i = 0; i < 3_000; i++) {
        store.history().record(entry(i, "SELECT 1"));
      }
    }
    try (StateStore store = open()) {
      int written =
          store.inTransaction(
              handle ->
                  handle
                      .createQuery(
                          "SELECT count(*) FROM query_history WHERE sqlstate = '42601'"
                              + " AND ended - started = 5")
                      .mapTo(Integer.class)
                      .one());
      assertThat(written).isEqualTo(3_000);
      assertThat(store.history().latest(3))
          .containsExactlyElementsOf(
              IntStream.of(2_999, 2_998, 2_997).mapToObj(i -> entry(i, "SELECT 1")).toList());
    }
  }

  @Test
  void whatEndedIsWrittenOnceItSaysSo() throws Exception {
    try (StateStore store = open()) {
      for (int i = 0; i < 20; i++) {
        store.history().record(entry(i, "SELECT 1")).get(10, TimeUnit.SECONDS);
        assertThat(surviving()).hasSize(i + 1).contains(entry(i, "SELECT 1"));
      }
    }
  }
}

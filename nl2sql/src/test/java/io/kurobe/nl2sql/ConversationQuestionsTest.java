package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.conversation.Clarification;
import io.kurobe.nl2sql.conversation.ClarifyingQuestions;
import io.kurobe.nl2sql.conversation.ConversationQuestions;
import io.kurobe.nl2sql.conversation.ConversationStore;
import io.kurobe.nl2sql.conversation.Conversations;
import io.kurobe.nl2sql.conversation.Rewriter;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.WholeQuestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A dialogue, turn by turn. */
class ConversationQuestionsTest {
  private final OfflineQuestions offline = new OfflineQuestions();
  private final ConversationQuestions questions =
      new ConversationQuestions(
          new ClarifyingQuestions(
              offline, new Clarification(offline, (sql, support) -> Optional.empty())),
          new Conversations(
              () -> 0, ConversationStore.inMemory(100_000, Conversations.IDLE, () -> 0)),
          new Rewriter(offline));

  /** Asks as a statement would, and gives the question that was answered. */
  private String ask(String text, Map<String, String> options) {
    Question question = new Question(text, List.of(), List.of(), options);
    WholeQuestion whole = questions.whole(question, Ask.SESSION, Schemas.DEMO);
    AskOutcome outcome = questions.ask(whole.question(), Ask.SESSION, Schemas.DEMO);
    questions.ended(whole, outcome, Ask.SESSION);
    if (outcome instanceof AskOutcome.Refused refused
        && refused.reason().code() == ErrorCode.AMBIGUOUS_QUESTION) {
      throw refused.reason();
    }
    return whole.question().text();
  }

  private String ask(String text) {
    return ask(text, Map.of());
  }

  @Test
  void aQuestionThatIsNotUnderstoodIsNotGoneOnFrom() {
    ask("number of orders per country");
    ask("what is the weather in Atlantis");
    assertThat(ask("only in 2025")).isEqualTo("number of orders in the year 2025 per country");
  }

  @Test
  void theSameFragmentAgainMeansTheSame() {
    ask("number of orders per country");
    String first = ask("and by channel too");
    assertThat(ask("and by channel too")).isEqualTo(first);
  }

  @Test
  void asksBackWhereAValueIsOfSeveralColumnsAndTakesTheNumber() {
    Map<String, String> clarify = Map.of("clarify", "true");
    assertThatThrownBy(() -> ask("how many orders in Berlin", clarify))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.AMBIGUOUS_QUESTION);
              assertThat(e.getMessage()).contains("1) ", "2) ", "Berlin");
            });
    assertThat(ask("2")).startsWith("how many orders with ").contains("city Berlin");
    assertThat(ask("and in 2025?")).contains("city Berlin", "in the year 2025");
  }

  @Test
  void wordsTakeAChoiceToo() {
    Map<String, String> clarify = Map.of("clarify", "true");
    assertThatThrownBy(() -> ask("how many orders in Berlin", clarify))
        .isInstanceOf(KurobeException.class);
    assertThat(ask("the store")).isEqualTo("how many orders with store city Berlin");
  }

  @Test
  void anotherQuestionAfterChoicesStandsAlone() {
    Map<String, String> clarify = Map.of("clarify", "true");
    assertThatThrownBy(() -> ask("how many orders in Berlin", clarify))
        .isInstanceOf(KurobeException.class);
    assertThat(ask("how many campaigns are there")).isEqualTo("how many campaigns are there");
  }

  @Test
  void whatIsClearIsNotAskedBack() {
    assertThat(ask("number of orders per status", Map.of("clarify", "true")))
        .isEqualTo("number of orders per status");
  }
}

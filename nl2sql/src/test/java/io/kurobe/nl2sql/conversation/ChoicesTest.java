package io.kurobe.nl2sql.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoicesTest {
  private static final List<String> CHOICES =
      List.of("orders from the city Georgia", "orders from the country Georgia");

  @Test
  void theMessageKeepsTheChoices() {
    KurobeException refusal = Choices.ask("Georgia", CHOICES);
    assertThat(refusal.code()).isEqualTo(ErrorCode.AMBIGUOUS_QUESTION);
    assertThat(refusal.getMessage())
        .isEqualTo(
            "'Georgia' may mean several things: 1) orders from the city Georgia;"
                + " 2) orders from the country Georgia");
    assertThat(Choices.of(refusal)).isEqualTo(CHOICES);
  }

  @Test
  void aNumberOrWordsTakeOne() {
    assertThat(Choices.taken(CHOICES, "2")).contains(CHOICES.get(1));
    assertThat(Choices.taken(CHOICES, "the first one")).contains(CHOICES.get(0));
    assertThat(Choices.taken(CHOICES, "I meant the country")).contains(CHOICES.get(1));
    assertThat(Choices.taken(CHOICES, "orders")).isEmpty();
    assertThat(Choices.taken(CHOICES, "how many customers")).isEmpty();
    assertThat(Choices.taken(List.of(), "2")).isEmpty();
  }

  @Test
  void aNumberThatIsNoChoiceIsRefused() {
    assertThatThrownBy(() -> Choices.taken(CHOICES, "3"))
        .isInstanceOf(KurobeException.class)
        .hasMessageContaining("2 choices");
  }
}

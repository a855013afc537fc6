package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A word that matters is in the query or in the refusal. */
class HonestyTest {
  @ParameterizedTest
  @CsvSource({
    "how many purple orders are there, purple",
    "average total amount of orders per astrologer, astrologer",
    "customers from Atlantis, Atlantis",
    "the standard deviation of list prices of products, standard deviation"
  })
  void namesTheWordThatItWouldHaveToLeaveOut(String question, String word) {
    assertThat(Ask.refusal(Schemas.MARKET, question)).hasMessageContaining("'" + word + "'");
  }
}

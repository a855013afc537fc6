package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.nl2sql.conversation.Rewriter;
import io.kurobe.planner.question.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told to go on from the question before, and what it is then taken for. */
class RewriterTest {
  private static final Rewriter REWRITER = new Rewriter(new OfflineQuestions());

  private static Optional<String> rewritten(String before, String asked) {
    return REWRITER.rewrite(
        before, new Question(asked, List.of(), List.of(), Map.of()), Schemas.DEMO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "how many orders were placed last month | and this month? | how many orders were placed"
            + " this month",
        "number of orders per country | by region instead | number of orders per region",
        "number of orders per country | only in 2025 | number of orders in the year 2025 per"
            + " country",
        "how many customers are there in Germany | what about Austria | how many customers are"
            + " there in Austria",
        "how many orders were paid with PayPal | and by card? | how many orders were paid with"
            + " card",
        "number of orders per channel | without cancelled | number of orders with status not"
            + " cancelled per channel",
        "number of web sessions per device | only phone | number of web sessions with device"
            + " \"phone\" per device",
        "products in the category Tents | sort them by list price | products in the category Tents"
            + " sorted by list price",
        "products in the category Tents | how many are there | how many products in the category"
            + " Tents",
        "total cost per medium | what about clicks | total clicks per medium",
        "average salary per role | and the total | total salary per role",
        "number of orders in 2024 | compare with 2025 | number of orders between 2024 and 2025 per"
            + " year",
        "how many orders in Germany | compare with France | how many orders in Germany or France"
            + " per country",
        "how many orders in Germany last year | for all countries | how many orders last year",
        "how many orders in Germany last year | of all time | how many orders in Germany",
        "number of orders in 2025 per quarter | no, I meant 2024 | number of orders in the year"
            + " 2024 per quarter",
        "revenue per country | top 5 | top 5 countries by revenue",
        "which country has the most customers | the fewest? | which country has the fewest"
            + " customers",
        "top 5 customers by total amount | top 10 | top 10 customers by total amount",
      })
  void goesOn(String before, String asked, String whole) {
    assertThat(rewritten(before, asked)).contains(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "how many customers are there",
        "revenue per region",
        "and how many stores are in France?",
        "show me all campaigns",
        "which product has the highest list price",
        "no, how many customers are there",
        "asdf qwer"
      })
  void standsAlone(String asked) {
    assertThat(rewritten("number of orders per country in 2025", asked)).isEmpty();
  }

  @Test
  void aLongQuestionTakesNoLongerThanItIsWorth() {
    assertThat(rewritten("number of orders per country", "and ".repeat(400) + "in 2025"))
        .isNotNull();
  }
}

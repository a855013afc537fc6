package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineQuestionsTest {
  @Test
  void countsRowsAlongAKeyWithinAYear() {
    assertThat(Ask.sql(Schemas.SHOP, "how many orders did customers from Berlin place in 2024"))
        .isEqualTo(
            "SELECT COUNT(*) AS orders_count FROM shop.public.orders o"
                + " JOIN shop.public.customers c ON o.customer_id = c.id"
                + " WHERE c.city = 'Berlin'"
                + " AND o.ordered_at >= DATE '2024-01-01' AND o.ordered_at < DATE '2025-01-01'");
  }

  @Test
  void joinsAcrossSourcesAlongADeclaredRelation() {
    assertThat(
            Ask.sql(
                Schemas.SHOP, "how many web sessions did customers from Germany have last month"))
        .contains("FROM web.main.web_sessions w JOIN shop.public.customers c")
        .contains("FLOOR(CURRENT_DATE TO MONTH) - INTERVAL '1' MONTH")
        .contains("c.country = 'Germany'");
  }

  @Test
  void findsRowsWithoutOthers() {
    assertThat(Ask.sql(Schemas.SHOP, "customers without orders"))
        .contains("c.id NOT IN (SELECT o.customer_id FROM shop.public.orders o");
  }

  @Test
  void ranksByHowManyBelong() {
    assertThat(Ask.sql(Schemas.LIBRARY, "which author has the most books"))
        .endsWith("ORDER BY COUNT(*) DESC NULLS LAST LIMIT 1");
  }

  @Test
  void countsEachRowOnceWhereAConditionIsOnTheManySide() {
    assertThat(Ask.sql(Schemas.HOSPITAL, "How many patients were admitted to Cardiology in 2023?"))
        .contains("COUNT(*)")
        .contains("p.patient_id IN (SELECT a.patient_id FROM clinic.care.admissions a");
  }

  @Test
  void knowsThatTheOldestWasBornFirst() {
    assertThat(Ask.sql(Schemas.HOSPITAL, "which doctor is the oldest?"))
        .endsWith("ORDER BY d.birth_date LIMIT 1");
  }

  @Test
  void joinsByNamesWhereNoKeyIsDeclared() {
    assertThat(Ask.sql(Schemas.FOOTBALL, "average age of players per club"))
        .contains("ON p.club_id = c.club_id");
  }

  @Test
  void saysWhatItDidAtEachStep() {
    assertThat(Ask.outcome(Schemas.SHOP, "how many customers are there").steps())
        .extracting(AskOutcome.AskStep::agent)
        .contains("read", "link", "build", "rank", "say");
  }

  @Test
  void namesTheWordsThatNothingIsCalled() {
    var refusal = Ask.refusal(Schemas.SHOP, "what is the weather in Paris");
    assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_ANSWERABLE);
    assertThat(refusal).hasMessageContaining("'weather'").hasMessageContaining("'Paris'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "\u0000\u0001\u0002",
        "????",
        "12345",
        "日本語の質問です",
        "Wie viele Bestellungen gab es gestern?",
        "'; DROP TABLE customers; --",
        "asdf qwer zxcv"
      })
  void refusesWhatIsNoQuestionItKnows(String text) {
    assertThat(Ask.refusal(Schemas.HOSPITAL, text).code().sqlState()).startsWith("KA");
  }

  @Test
  @Timeout(30)
  void refusesAHugeQuestionAtOnce() {
    long start = System.nanoTime();
    var refusal = Ask.refusal(Schemas.SHOP, "how many customers ".repeat(5_300));
    assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_UNDERSTOOD);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void addsUpPerGroupAcrossSeveralTables() {
    assertThat(Ask.sql(Schemas.SHOP, "revenue per region last year"))
        .startsWith("SELECT r.name, SUM(o.total_amount) AS total_amount")
        .contains("JOIN shop.public.stores s ON o.store_id = s.id")
        .endsWith("GROUP BY r.id, r.name");
  }

  @Test
  void addsUpWhatWasSoldToFindWhatSoldMost() {
    assertThat(Ask.sql(Schemas.SHOP, "which product sold the most"))
        .endsWith("GROUP BY p.id, p.name ORDER BY SUM(o.quantity) DESC NULLS LAST LIMIT 1");
  }

  @Test
  void limitsToTheTopByAnAmount() {
    assertThat(Ask.sql(Schemas.SHOP, "top 5 customers by total spend"))
        .contains("ORDER BY SUM(o.total_amount) DESC NULLS LAST LIMIT 5");
  }

  @Test
  void comparesMoneyWithTheAmountOfARow() {
    assertThat(Ask.sql(Schemas.SHOP, "orders over 100 euros"))
        .endsWith("WHERE o.total_amount > 100");
  }

  @Test
  void groupsByCalendarUnits() {
    assertThat(Ask.sql(Schemas.SHOP, "orders per month in 2023"))
        .startsWith("SELECT FLOOR(o.ordered_at TO MONTH) AS \"month\", COUNT(*)")
        .endsWith("GROUP BY FLOOR(o.ordered_at TO MONTH)");
  }

  @Test
  void countsOverGroupsInHaving() {
    assertThat(Ask.sql(Schemas.SHOP, "customers with more than 5 orders"))
        .endsWith("GROUP BY c.id, c.name HAVING COUNT(*) > 5");
  }

  @Test
  void showsWhatWasAskedForOfStoredValues() {
    assertThat(Ask.sql(Schemas.SHOP, "list the names and e-mail of customers in Germany"))
        .isEqualTo(
            "SELECT c.name, c.email FROM shop.public.customers c WHERE c.country = 'Germany'");
  }

  @Test
  void findsValuesOfSeveralWordsWhereNoColumnIsNamed() {
    assertThat(Ask.sql(Schemas.SHOP, "how many customers are from New York"))
        .endsWith("WHERE c.city = 'New York'");
  }

  @Test
  void ordersByWhatWasAskedFor() {
    assertThat(Ask.sql(Schemas.LIBRARY, "books published after 1950 sorted by title"))
        .isEqualTo(
            "SELECT b.\"Title\" FROM library.public.\"Book\" b"
                + " WHERE b.\"PublicationYear\" > 1950 ORDER BY b.\"Title\"");
  }

  /** What is listed is shown, not what it is ordered by. */
  @Test
  void ordersWhatIsListed() {
    assertThat(Ask.sql(Schemas.LIBRARY, "list members ordered by joined date descending"))
        .isEqualTo(
            "SELECT m.\"FirstName\", m.\"LastName\" FROM library.public.\"Member\" m"
                + " ORDER BY m.\"JoinDate\" DESC NULLS LAST");
    String newestFirst =
        "SELECT b.\"Title\" FROM library.public.\"Book\" b"
            + " ORDER BY b.\"PublicationYear\" DESC NULLS LAST";
    assertThat(Ask.sql(Schemas.LIBRARY, "list the books ordered by year descending"))
        .isEqualTo(newestFirst);
    assertThat(Ask.sql(Schemas.LIBRARY, "show the titles of books in descending order of year"))
        .isEqualTo(newestFirst);
  }

  @Test
  void scopeLimitsTheTables() {
    var outcome =
        new OfflineQuestions()
            .ask(
                new Question(
                    "how many customers are there", List.of(List.of("web")), List.of(), Map.of()),
                Ask.SESSION,
                Schemas.SHOP);
    assertThat(outcome).isInstanceOf(AskOutcome.Refused.class);
  }

  @Test
  void sameQuestionSameAnswer() {
    String first = Ask.sql(Schemas.SHOP, "average price of products per category");
    assertThat(Ask.sql(Schemas.SHOP, "average price of products per category")).isEqualTo(first);
  }

  @Test
  void emptyCatalogHasNothingToAsk() {
    assertThat(Ask.refusal(CatalogText.of(""), "how many orders").code())
        .isEqualTo(ErrorCode.NOT_ANSWERABLE);
  }

  @Test
  void confidenceIsAShare() {
    assertThat(Ask.answer(Schemas.SHOP, "how many customers are there").confidence())
        .isBetween(0.8, 1.0);
  }
}

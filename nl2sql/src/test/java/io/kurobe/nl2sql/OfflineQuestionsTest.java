package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.planner.question.AskOutcome;
import java.time.Duration;
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
  @Timeout(5)
  void refusesAHugeQuestionAtOnce() {
    long start = System.nanoTime();
    var refusal = Ask.refusal(Schemas.SHOP, "how many customers ".repeat(5_300));
    assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_UNDERSTOOD);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }
}

package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sums and averages: of the right column, and of each row once. */
class AmountsTest {
  @Test
  void averagesWhatARowAmountsTo() {
    assertThat(Ask.sql(Schemas.MARKET, "average order value by month"))
        .startsWith("SELECT FLOOR(o.ordered_at TO MONTH) AS \"month\", AVG(o.total_amount)");
    assertThat(Ask.sql(Schemas.HOSPITAL, "average admission cost by month"))
        .startsWith("SELECT FLOOR(a.admitted_on TO MONTH) AS \"month\", AVG(a.cost)");
  }

  @Test
  void addsUpWhatATableOfThatNameHolds() {
    assertThat(Ask.sql(Schemas.MARKET, "total ad spend per channel"))
        .startsWith("SELECT c.channel, SUM(a.amount)")
        .contains("JOIN web.main.campaigns c ON a.campaign_id = c.id");
  }

  @Test
  void refusesToAddARowTwiceAndSaysWhy() {
    assertThat(Ask.refusal(Schemas.MARKET, "total amount of orders per device"))
        .hasMessageContaining("an order can belong to several web sessions")
        .hasMessageContaining("its total amount would be counted more than once");
    assertThat(Ask.refusal(Schemas.CLINIC, "total fee per treatment kind"))
        .hasMessageContaining("a visit can belong to several treatments");
    assertThat(Ask.refusal(Schemas.FREIGHT, "total distance per container contents"))
        .hasMessageContaining("a voyage can belong to several containers");
  }
}

package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** In a noun compound the last noun is meant; those before it say whose it is. */
class CompoundNounsTest {
  @Test
  void lastNounIsMeantAndReachedOverTheOneBeforeIt() {
    assertThat(Ask.sql(Schemas.MARKET, "number of page views per customer country"))
        .startsWith("SELECT c2.name, COUNT(*)")
        .contains("JOIN shop.public.customers c ON w.customer_id = c.id")
        .contains("JOIN shop.public.countries c2 ON c.country_code = c2.code")
        .endsWith("GROUP BY c2.code, c2.name");
  }

  @Test
  void wayOverTheQualifierIsTakenThoughAShorterOneExists() {
    assertThat(Ask.sql(Schemas.MARKET, "revenue per customer country"))
        .contains("JOIN shop.public.countries c2 ON c.country_code = c2.code");
  }

  @Test
  void ofSaysWhoseAsWell() {
    assertThat(Ask.sql(Schemas.MARKET, "number of page views by country of the customer"))
        .contains("JOIN shop.public.countries c2 ON c.country_code = c2.code");
  }

  @Test
  void headIsAColumnOfTheQualifier() {
    assertThat(Ask.sql(Schemas.MARKET, "orders per order status")).endsWith("GROUP BY o.status");
    assertThat(Ask.sql(Schemas.MARKET, "total budget per campaign medium"))
        .endsWith("GROUP BY c.channel");
    assertThat(Ask.sql(Schemas.MARKET, "how many orders by customer city"))
        .endsWith("GROUP BY c.city");
  }

  @Test
  void headIsATableThatTheQualifierRefersTo() {
    assertThat(Ask.sql(Schemas.MARKET, "average list price per product category"))
        .startsWith("SELECT c.name, AVG(p.list_price)");
    assertThat(Ask.sql(Schemas.CLINIC, "number of treatments per pet breed"))
        .startsWith("SELECT b.name, COUNT(*)")
        .contains("JOIN vet.public.breeds b ON p.breed_id = b.id");
    assertThat(Ask.sql(Schemas.CLINIC, "total fee per pet owner"))
        .startsWith("SELECT o.name, SUM(v.fee)");
    assertThat(Ask.sql(Schemas.HOSPITAL, "number of admissions per doctor ward"))
        .contains("ON d.ward_id = w.ward_id");
  }

  @Test
  void headOfManyIsCountedItself() {
    assertThat(Ask.sql(Schemas.MARKET, "number of customer orders"))
        .startsWith("SELECT COUNT(*) AS orders_count");
  }

  @Test
  void qualifierOfWhatIsShownRepeatsNoRow() {
    assertThat(Ask.sql(Schemas.MARKET, "list customer countries"))
        .endsWith("WHERE c.code IN (SELECT c2.country_code FROM shop.public.customers c2)");
  }
}

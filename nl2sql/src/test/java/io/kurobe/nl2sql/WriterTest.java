package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The SQL that comes of questions, as it is written. */
class WriterTest {
  @Test
  void quotesNamesOnlyWhereTheyNeedIt() {
    assertThat(Ask.sql(Schemas.LIBRARY, "titles of books"))
        .isEqualTo("SELECT b.\"Title\" FROM library.public.\"Book\" b");
    assertThat(
            Ask.sql(
                CatalogText.of("a.b.chess: id int key, name text, \"rank\" int"),
                "how many chess are there"))
        .isEqualTo("SELECT COUNT(*) AS chess_count FROM a.b.chess c");
  }

  @Test
  void doublesQuotesInValues() {
    var catalog = CatalogText.of("a.b.pubs: id int key, name text = O'Neill's, town text");
    assertThat(Ask.sql(catalog, "town of the pub \"O'Neill's\"")).endsWith("= 'O''Neill''s'");
  }

  @Test
  void ordersDifferentRowsByWhatIsNotShown() {
    assertThat(Ask.sql(Schemas.FREIGHT, "different contents of containers ordered by weight"))
        .isEqualTo(
            "SELECT c.contents FROM cargo.public.containers c"
                + " GROUP BY c.contents ORDER BY MIN(c.weight)");
  }

  @Test
  void keepsTheDirectionThatWasSaidBefore() {
    assertThat(Ask.sql(Schemas.SHOP, "names of products in descending order by price"))
        .endsWith("ORDER BY p.price DESC NULLS LAST");
  }

  @Test
  void comparesWithTheAverageOfWhatWasNamed() {
    assertThat(Ask.sql(Schemas.SHOP, "products with a price above the average"))
        .endsWith("p.price > (SELECT AVG(price) FROM shop.public.products)");
  }

  @Test
  void comparesAges() {
    var catalog = CatalogText.of("a.b.pupils: id int key, name text, age int, room int");
    assertThat(Ask.sql(catalog, "pupils over 12 years old")).endsWith("WHERE p.age > 12");
  }
}

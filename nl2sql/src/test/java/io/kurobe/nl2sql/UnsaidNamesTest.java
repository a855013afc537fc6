package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.KurobeException;
import org.junit.jupiter.api.Test;

/** What is understood although the question does not name it, and what is refused for that. */
class UnsaidNamesTest {
  /** Nobody declared a key here; the seasons of a grower are numbers kept as text. */
  private static final CatalogText FARM =
      CatalogText.of(
          """
          land.public.grower: growerid int, first_name text, last_name text, seasons text = 3|12
          land.public.parcel: parcelid int, growerid int, crop text = Rye|Oats, opened_year int, owner_nation text = Peru|Chile
          """);

  @Test
  void findsKeysByTheirNames() {
    assertThat(Ask.sql(FARM, "which grower has the most parcels"))
        .contains("JOIN land.public.grower g ON p.growerid = g.growerid")
        .endsWith("ORDER BY COUNT(*) DESC NULLS LAST LIMIT 1");
  }

  @Test
  void comparesNumbersThatAreKeptAsText() {
    assertThat(Ask.sql(FARM, "how many growers have more than 10 seasons"))
        .contains("CAST(NULLIF(g.seasons, '') AS DOUBLE PRECISION) > 10");
  }

  @Test
  void takesTheYearThatAVerbIsAbout() {
    assertThat(Ask.sql(FARM, "how many parcels opened after 2000"))
        .endsWith("WHERE p.opened_year > 2000");
  }

  @Test
  void splitsAPersonsName() {
    assertThat(Ask.sql(FARM, "number of seasons of the grower Ada Lund"))
        .contains("g.first_name = 'Ada' AND g.last_name = 'Lund'");
  }

  @Test
  void showsWhatTwoGroupsHaveInCommon() {
    assertThat(
            Ask.sql(
                FARM,
                "crops of parcels with owner nation Peru and of parcels with owner nation Chile"))
        .contains(" INTERSECT ");
  }

  @Test
  void refusesWhatOnlyAVerbAsksFor() {
    KurobeException refusal = Ask.refusal(FARM, "who bought each parcel");
    assertThat(refusal).hasMessageContaining("who");
  }
}

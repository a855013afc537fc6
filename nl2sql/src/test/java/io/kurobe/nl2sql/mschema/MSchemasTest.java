package io.kurobe.nl2sql.mschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.CatalogText;
import io.kurobe.nl2sql.OfflineQuestions;
import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** M-Schema of the unified catalog. */
class MSchemasTest {
  private static final CatalogText CATALOG =
      CatalogText.of(
          """
          shop.public.regions: id int key, name text = North|South
          shop.public.stores: id int key, region_id int -> regions.id, opened_on date = 2020-01-31|2021-02-28
          web.main.visits: id int key, store_id int
          web.main.visits.store_id = shop.public.stores.id
          """);

  private static MSchema of(List<List<String>> scope) {
    return MSchemas.of(CATALOG.catalog(), new Scope(scope), CATALOG::frequentValues);
  }

  @Test
  void tellsTablesOfAllSourcesAndTheKeysBetweenThem() {
    String told = MSchemaForm.FEDERATED.write(of(List.of()));

    assertThat(told)
        .startsWith("【DB_ID】 shop, web\n【Schema】\n# Table: shop.public.regions\n[\n")
        .contains("Primary Key")
        .contains("(name:TEXT, Examples: [North, South])")
        .contains("(opened_on:DATE, Examples: [2020-01-31])")
        .contains("web.main.visits.store_id=shop.public.stores.id");
  }

  @Test
  void keepsToItsScope() {
    assertThat(of(List.of(List.of("web"))).tables())
        .extracting(table -> table.place().table())
        .containsExactly("visits");
    assertThat(of(List.of(List.of("web"))).keys()).isEmpty();
    assertThat(of(List.of(List.of("shop", "stores"), List.of("regions"))).tables()).hasSize(2);
  }

  @Test
  void refusesNamesOfNothing() {
    assertThatThrownBy(
            () ->
                new OfflineQuestions()
                    .schemaForModels(List.of(List.of("nowhere")), session(), CATALOG))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_TABLE))
        .hasMessageContaining("nowhere");
  }

  private static Session session() {
    return new Session(
        "test",
        new Principal("tester", Set.of()),
        ZoneId.of("UTC"),
        List.of(),
        Limits.DEFAULT,
        Map.of());
  }
}

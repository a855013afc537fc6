package io.kurobe.server.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.KurobeException;
import org.junit.jupiter.api.Test;

class LayerImportTest {
  @Test
  void takesOverModelsAndMetricsOfDbt() {
    Layer layer =
        LayerImport.of(
            """
            semantic_models:
              - name: orders
                description: Orders of the shop
                model: ref('orders')
                defaults: {agg_time_dimension: ordered_at}
                dimensions:
                  - {name: ordered_at, type: time}
                  - {name: state, type: categorical, expr: status, description: where it is}
                  - {name: is_big, type: categorical, expr: amount > 100}
                measures:
                  - {name: order_total, agg: sum, expr: amount}
                  - {name: order_count, agg: count, expr: "1"}
                  - {name: middle, agg: median, expr: amount}
            metrics:
              - {name: revenue, label: Turnover, type: simple, type_params: {measure: order_total}}
              - {name: orders_made, type: simple, type_params: {measure: {name: order_count}}}
              - {name: basket, type: ratio, type_params: {numerator: revenue, denominator: orders_made}}
              - name: sent
                type: simple
                filter: "{{ Dimension('order__status') }} = 'sent'"
                type_params: {measure: order_total}
              - {name: so_far, type: cumulative, type_params: {measure: order_total}}
            """,
            "shop",
            "public");
    assertThat(layer.yaml())
        .contains(
            "shop.public.orders:",
            "description: Orders of the shop",
            "time: ordered_at",
            "expression: SUM(amount)",
            "expression: COUNT(*)",
            "CAST(revenue AS DOUBLE) / NULLIF(orders_made, 0)",
            "filter: status = 'sent'",
            "- Turnover");
    assertThat(layer.left())
        .containsExactly(
            "dimension is_big of orders is computed: amount > 100",
            "measure middle is aggregated by median",
            "metric so_far has no counterpart");
  }

  @Test
  void takesOverTablesOfSnowflakesForm() {
    Layer layer =
        LayerImport.of(
            """
            name: shop
            tables:
              - name: purchases
                base_table: {database: DB, schema: PUBLIC, table: ORDERS}
                synonyms: [buys]
                dimensions:
                  - {name: STATE, expr: STATUS, synonyms: [condition], description: where it is}
                time_dimensions:
                  - {name: ORDERED_AT, expr: ORDERED_AT}
                facts:
                  - {name: NET, expr: AMOUNT - TAX}
                metrics:
                  - {name: REVENUE, expr: SUM(purchases.AMOUNT), synonyms: [turnover]}
            relationships: [{name: to_customers}]
            """,
            "shop",
            "public");
    assertThat(layer.yaml())
        .contains(
            "shop.public.orders:",
            "- buys",
            "time: ordered_at",
            "- condition",
            "expression: SUM(AMOUNT)",
            "- turnover");
    assertThat(layer.left()).hasSize(2);
  }

  @Test
  void refusesWhatIsNoLayer() {
    assertThatThrownBy(() -> LayerImport.of("a: b", "s", "p")).isInstanceOf(KurobeException.class);
    assertThatThrownBy(() -> LayerImport.of("a: [", "s", "p")).hasMessageContaining("line 1");
    assertThatThrownBy(() -> LayerImport.of("!!java.io.File [x]", "s", "p"))
        .isInstanceOf(KurobeException.class);
  }
}

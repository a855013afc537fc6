package io.kurobe.examples.demo;

import io.kurobe.examples.local.LocalPostgres;
import java.nio.file.Path;

/** The gateway's configuration for the demo, as a person would write it. */
final class DemoConfiguration {
  private DemoConfiguration() {}

  static String yaml(int port, LocalPostgres postgres, DemoDirectory directory) {
    return """
        # Written by 'kurobe demo' at each start.
        server:
          host: 127.0.0.1
          port: %d
          data: %s
        sources:
          shop:
            type: postgres
            url: %s
            user: %s
          web:
            type: duckdb
            path: %s
        # Joins that no foreign key declares, across sources too.
        relations:
          - web.main.web_sessions.customer_id = shop.public.customers.id
          - web.main.web_sessions.order_id = shop.public.orders.id
          - web.main.web_sessions.country_code = shop.public.countries.code
          - web.main.page_views.session_id = web.main.web_sessions.id
          - web.main.page_views.product_id = shop.public.products.id
        security:
          mode: open
        """
        .formatted(
            port,
            quoted(directory.root().resolve("state")),
            '"' + postgres.url(Demo.DATABASE) + '"',
            postgres.user(),
            quoted(directory.duckDb()));
  }

  /** A path as a YAML string; double quotes with escapes take any character. */
  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

package io.kurobe.nl2sql.mschema;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both forms of the M-Schema of a PostgreSQL database and a DuckDB file with a relation between the
 * two, against files that were reviewed. With {@code -Dkurobe.golden=DIRECTORY} the files are
 * written there.
 */
class FederatedGoldenTest {
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "sales.public.customers.name", List.of("Harbour Ltd", "Mill & Sons", "Quay, North"),
          "sales.public.customers.since", List.of("2021-03-01", "2022-07-15"),
          "files.main.page_views.page", List.of("/start", "/offers"),
          "files.main.page_views.customer_id", List.of("1", "2"));

  @TempDir private Path directory;

  @Test
  void aKeyFromPostgresToDuckDbIsTold() throws Exception {
    PostgresServer.Database database =
        PostgresServer.database(
            "golden",
            """
            CREATE TABLE customers (
              id integer PRIMARY KEY, name varchar(40) NOT NULL, since date, balance numeric(12, 2));
            COMMENT ON TABLE customers IS 'who buys';
            COMMENT ON COLUMN customers.balance IS 'owed to us,
            in euros';
            CREATE TABLE orders (
              customer_id integer REFERENCES customers, number integer, "placed at" timestamptz,
              PRIMARY KEY (customer_id, number));
            """);
    Path file = directory.resolve("views.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE page_views (customer_id INTEGER, page VARCHAR, seen TIMESTAMP)");
    }
    try (var allocator = new RootAllocator();
        var duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
        Source sales =
            source(
                SourceConfig.ofUrl("sales", "postgres", database.url(), database.user()),
                new SourceRuntime(allocator, duckDb));
        Source files =
            source(
                SourceConfig.ofPath("files", "duckdb", file.toString()),
                new SourceRuntime(allocator, duckDb))) {
      var relation =
          new Relation(
              new TableName("files", "main", "page_views"),
              List.of("customer_id"),
              new TableName("sales", "public", "customers"),
              List.of("id"));
      var catalog =
          new Catalog(
              List.of(sales, files),
              List.of(relation),
              (whole, session) -> whole,
              Clock.systemUTC(),
              Runnable::run);

      MSchema schema = of(catalog.snapshot());

      check("federated.mschema", MSchemaForm.FEDERATED.write(schema));
      check("strict.mschema", MSchemaForm.STRICT.write(schema));
    }
  }

  private static MSchema of(CatalogSnapshot catalog) {
    return MSchemas.of(
        catalog,
        Scope.ALL,
        (table, column) -> VALUES.getOrDefault(table + "." + column, List.of()));
  }

  private static Source source(SourceConfig config, SourceRuntime runtime) {
    return ServiceLoader.load(SourceFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.type().equals(config.type()))
        .findFirst()
        .orElseThrow()
        .create(config, runtime);
  }

  private static void check(String name, String written) throws IOException {
    String target = System.getProperty("kurobe.golden");
    if (target != null) {
      Files.writeString(Path.of(target, name), written);
    }
    try (InputStream golden = FederatedGoldenTest.class.getResourceAsStream(name)) {
      assertThat(golden).as("the golden file " + name).isNotNull();
      assertThat(written).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}

package io.kurobe.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableIndex;
import io.kurobe.adapters.source.TableIndex.Order;
import io.kurobe.adapters.source.TableIndex.Part;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.adapters.source.TableMetadata.Deferral;
import io.kurobe.adapters.source.TableMetadata.ForeignKey;
import io.kurobe.adapters.source.TableMetadata.Generation;
import io.kurobe.adapters.source.TableMetadata.KeyRule;
import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.type.SqlType;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresCatalogTest {
  private final BufferAllocator allocator = new RootAllocator();
  private final PostgresServer.Database database =
      PostgresServer.database(
          "catalog",
          """
          CREATE SCHEMA "Übersee";
          CREATE SCHEMA empty;
          CREATE TABLE customers (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            email text NOT NULL UNIQUE,
            country char(2) DEFAULT 'DE',
            region text,
            UNIQUE (region, country) INCLUDE (email));
          CREATE TABLE counters (
            number serial, twice int GENERATED ALWAYS AS (factor * 2) STORED, factor int DEFAULT 3);
          CREATE INDEX "By Factor" ON counters (factor DESC, (factor + number)) WHERE factor > 1;
          CREATE INDEX by_hash ON counters USING hash (number);
          COMMENT ON TABLE customers IS 'Who buys';
          COMMENT ON COLUMN customers.email IS 'Where to write';
          CREATE UNIQUE INDEX ON customers (lower(email));
          CREATE UNIQUE INDEX ON customers (region) WHERE country = 'DE';
          CREATE TABLE products (
            maker integer, code text, gone integer, name text, PRIMARY KEY (code, maker));
          ALTER TABLE products DROP COLUMN gone;
          CREATE TABLE "Übersee"."Order Lines" (
            customer bigint REFERENCES customers,
            product_maker integer, product_code text,
            CONSTRAINT bought FOREIGN KEY (product_code, product_maker)
              REFERENCES products (code, maker) ON UPDATE CASCADE ON DELETE SET NULL
              DEFERRABLE INITIALLY DEFERRED);
          CREATE VIEW german AS SELECT * FROM customers WHERE country = 'DE';
          CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM customers;
          CREATE TABLE events (at date NOT NULL, kind text) PARTITION BY RANGE (at);
          CREATE TABLE events_2023 PARTITION OF events
            FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
          CREATE TABLE events_2024 PARTITION OF events
            FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
          INSERT INTO events
            SELECT date '2023-01-01' + n, CASE WHEN n % 4 = 0 THEN NULL ELSE 'k' || n % 3 END
            FROM generate_series(0, 699) AS n;
          CREATE TABLE numbers AS SELECT n, n % 10 AS digit FROM generate_series(1, 1000) AS n;
          ANALYZE events_2023; ANALYZE events_2024; ANALYZE numbers;
          CREATE TYPE mood AS ENUM ('sad', 'glad');
          CREATE DOMAIN price AS numeric(10, 2);
          CREATE DOMAIN fine_price AS price NOT NULL CHECK (VALUE < 100);
          CREATE TYPE pair AS (a integer, b text);
          CREATE TYPE nested AS (p pair);
          CREATE TABLE types (
            c01 boolean, c02 smallint, c03 integer, c04 bigint, c05 real, c06 double precision,
            c07 numeric(12, 3), c08 numeric, c09 numeric(50, 10), c10 numeric(3, -2),
            c11 numeric(2, 5), c12 text, c13 varchar(20), c14 char(7), c15 bytea, c16 date,
            c17 time, c18 timestamp(3), c19 timestamptz, c20 interval, c21 interval year to month,
            c22 interval day to second(3), c23 uuid, c24 json, c25 jsonb, c26 integer[],
            c27 numeric(5, 1)[], c28 pair, c29 nested, c30 mood, c31 inet, c32 int4range,
            c33 fine_price, c34 pair[], c35 money, c36 xml, c37 timetz, c38 customers, c39 mood[]);
          """);
  private final Source source = source(List.of());
  private final CatalogMetadata catalog = source.readCatalog();

  @AfterAll
  void close() {
    source.close();
    allocator.close();
  }

  private Source source(List<String> schemas) {
    SourceConfig plain = SourceConfig.ofUrl("shop", "postgres", database.url(), database.user());
    return new PostgresSource(
        new SourceConfig(
            plain.name(),
            plain.type(),
            plain.url(),
            plain.path(),
            plain.user(),
            plain.password(),
            schemas,
            plain.defaultSchema(),
            plain.poolSize(),
            plain.poolIdle(),
            plain.timeout(),
            plain.numericScale(),
            plain.models(),
            plain.selection(),
            plain.tables()),
        allocator);
  }

  private TableMetadata table(String schema, String name) {
    return catalog.schemas().stream()
        .filter(s -> s.name().equals(schema))
        .flatMap(s -> s.tables().stream())
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void listsSchemasAndTablesWithoutPartitionsAndCompositeTypes() {
    assertThat(catalog.schemas())
        .extracting(SchemaMetadata::name)
        .containsExactly("empty", "public", "Übersee");
    assertThat(catalog.schemas().get(1).tables())
        .extracting(TableMetadata::name)
        .containsExactly(
            "counted", "counters", "customers", "events", "german", "numbers", "products", "types");
    assertThat(table("public", "german").kind()).isEqualTo(TableMetadata.Kind.VIEW);
    assertThat(table("public", "counted").kind()).isEqualTo(TableMetadata.Kind.MATERIALIZED_VIEW);
    assertThat(table("public", "events").kind()).isEqualTo(TableMetadata.Kind.TABLE);
  }

  @Test
  void showsOnlyTheSchemasConfigured() {
    try (Source some = source(List.of("Übersee"))) {
      CatalogMetadata restricted = some.readCatalog();
      assertThat(restricted.schemas()).extracting(SchemaMetadata::name).containsExactly("Übersee");
      // Its targets are not shown.
      assertThat(restricted.schemas().get(0).tables().get(0).foreignKeys()).isEmpty();
    }
  }

  @Test
  void readsKeysInOrder() {
    TableMetadata customers = table("public", "customers");
    assertThat(customers.primaryKey()).containsExactly("id");
    assertThat(customers.uniqueKeys())
        .containsExactlyInAnyOrder(List.of("email"), List.of("region", "country"));
    assertThat(table("public", "products").primaryKey()).containsExactly("code", "maker");
    assertThat(table("Übersee", "Order Lines").foreignKeys())
        .containsExactly(
            new ForeignKey(
                "Order Lines_customer_fkey",
                List.of("customer"),
                "public",
                "customers",
                List.of("id"),
                Optional.of("customers_pkey"),
                KeyRule.NO_ACTION,
                KeyRule.NO_ACTION,
                Deferral.NOT_DEFERRABLE),
            new ForeignKey(
                "bought",
                List.of("product_code", "product_maker"),
                "public",
                "products",
                List.of("code", "maker"),
                Optional.of("products_pkey"),
                KeyRule.CASCADE,
                KeyRule.SET_NULL,
                Deferral.INITIALLY_DEFERRED));
  }

  @Test
  void readsIndexesWithTheirPartsAndConditions() {
    assertThat(table("public", "customers").primaryKeyName()).contains("customers_pkey");
    assertThat(table("public", "customers").indexes())
        .extracting(TableIndex::name, TableIndex::unique)
        .containsExactly(
            tuple("customers_email_key", true),
            tuple("customers_lower_idx", true),
            tuple("customers_pkey", true),
            tuple("customers_region_country_email_key", true),
            tuple("customers_region_idx", true));
    TableIndex byFactor = table("public", "counters").indexes().get(0);
    assertThat(byFactor.name()).isEqualTo("By Factor");
    assertThat(byFactor.kind()).isEqualTo(TableIndex.Kind.OTHER);
    assertThat(byFactor.condition()).contains("factor > 1");
    assertThat(byFactor.parts())
        .containsExactly(
            new Part("factor", true, Order.DESCENDING),
            new Part("(factor + number)", false, Order.ASCENDING));
    TableIndex byHash = table("public", "counters").indexes().get(1);
    assertThat(byHash.kind()).isEqualTo(TableIndex.Kind.HASHED);
    assertThat(byHash.parts()).containsExactly(new Part("number", true, Order.NONE));
  }

  @Test
  void tellsWhatFillsAColumn() {
    assertThat(table("public", "counters").columns())
        .extracting(Column::generation)
        .containsExactly(Generation.SEQUENCE, Generation.COMPUTED, Generation.NONE);
    assertThat(table("public", "customers").columns().get(0).generation())
        .isEqualTo(Generation.SEQUENCE);
  }

  @Test
  void readsCommentsDefaultsAndNullability() {
    TableMetadata customers = table("public", "customers");
    assertThat(customers.comment()).contains("Who buys");
    assertThat(customers.columns()).hasSize(4);
    Column email = customers.columns().get(1);
    assertThat(email.comment()).contains("Where to write");
    assertThat(email.nullable()).isFalse();
    Column country = customers.columns().get(2);
    assertThat(country.nullable()).isTrue();
    assertThat(country.defaultValue()).contains("'DE'::bpchar");
    assertThat(country.nativeType()).isEqualTo("character(2)");
    assertThat(table("public", "products").comment()).isEmpty();
    assertThat(table("public", "products").columns())
        .extracting(Column::name)
        .containsExactly("maker", "code", "name");
  }

  @Test
  void mapsEveryType() {
    SqlType pair =
        SqlType.row(
            List.of(
                new SqlType.Field("a", SqlType.INTEGER, true),
                new SqlType.Field("b", SqlType.VARCHAR, true)));
    Map<String, SqlType> types = new LinkedHashMap<>();
    table("public", "types").columns().forEach(c -> types.put(c.name(), c.type()));
    List<SqlType> expected =
        List.of(
            SqlType.BOOLEAN,
            SqlType.SMALLINT,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.REAL,
            SqlType.DOUBLE,
            SqlType.decimal(12, 3),
            SqlType.decimal(38, 12),
            SqlType.decimal(38, 12),
            SqlType.decimal(5, 0),
            SqlType.decimal(5, 5),
            SqlType.VARCHAR,
            SqlType.VARCHAR,
            SqlType.character(7),
            SqlType.VARBINARY,
            SqlType.DATE,
            SqlType.TIME,
            SqlType.TIMESTAMP,
            SqlType.TIMESTAMP_TZ,
            SqlType.VARCHAR,
            SqlType.INTERVAL_YEAR_MONTH,
            SqlType.INTERVAL_DAY_TIME,
            SqlType.UUID,
            SqlType.JSON,
            SqlType.JSON,
            SqlType.array(SqlType.INTEGER),
            SqlType.array(SqlType.decimal(5, 1)),
            pair,
            SqlType.VARCHAR,
            SqlType.VARCHAR,
            SqlType.VARCHAR,
            SqlType.VARCHAR,
            SqlType.decimal(10, 2),
            SqlType.VARCHAR,
            SqlType.VARCHAR,
            SqlType.VARCHAR,
            SqlType.VARCHAR,
            SqlType.VARCHAR,
            SqlType.array(SqlType.VARCHAR));
    assertThat(List.copyOf(types.values())).isEqualTo(expected);
    List<Column> columns = table("public", "types").columns();
    assertThat(columns.get(29).nativeType()).isEqualTo("mood");
    assertThat(columns.get(17).nativeType()).isEqualTo("timestamp(3) without time zone");
    assertThat(columns.get(32).nullable()).isFalse();
  }

  @Test
  void estimatesRowsAlsoOfPartitionedTables() {
    assertThat(table("public", "numbers").rowCount()).hasValue(1_000);
    assertThat(table("public", "events").rowCount()).hasValue(700);
    assertThat(table("public", "german").rowCount()).isEmpty();
    assertThat(table("public", "products").rowCount()).isEmpty();
  }

  @Test
  void readsStatistics() {
    TableStatistics numbers = source.statistics("public", "numbers").orElseThrow();
    assertThat(numbers.rowCount()).isEqualTo(1_000);
    // All different: pg_stats says -1, of the rows.
    assertThat(numbers.columns().get("n").distinctValues()).hasValue(1_000);
    assertThat(numbers.columns().get("digit").distinctValues()).hasValue(10);
    assertThat(numbers.columns().get("digit").nullFraction()).hasValue(0);
    assertThat(numbers.columns().get("digit").averageBytes()).hasValue(4);
    assertThat(numbers.columns().get("digit").frequentValues())
        .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(source.statistics("public", "events"))
        .hasValueSatisfying(s -> assertThat(s.rowCount()).isEqualTo(700));
    assertThat(source.statistics("public", "german")).isEmpty();
    assertThat(source.statistics("public", "no such table")).isEmpty();
  }

  @Test
  void readsTheTypesItDeclares() {
    database.execute("INSERT INTO types (c33) VALUES (1)");
    List<SqlType.Field> columns = new ArrayList<>();
    for (Column column : table("public", "types").columns()) {
      columns.add(new SqlType.Field(column.name(), column.type(), column.nullable()));
    }
    var request =
        new ReadRequest(
            "SELECT * FROM types", columns, ZoneOffset.UTC, Duration.ofSeconds(20), 100);
    assertThat(Rows.of(source.read(request))).hasSize(1);
  }

  @Test
  void queriesAreAsManyForOneTableAsForThousands() {
    PostgresServer.Database large =
        PostgresServer.database(
            "catalog_large",
            """
            DO $$ BEGIN
              FOR i IN 1..1000 LOOP
                EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, a text, b numeric(9, 2))', i);
              END LOOP;
            END $$;
            """);
    int few = statementsOfRead(database);
    assertThat(statementsOfRead(large)).isEqualTo(few).isLessThanOrEqualTo(10);
  }

  private int statementsOfRead(PostgresServer.Database database) {
    int before = database.statements("kurobe").size();
    try (Source some =
        new PostgresSource(
            SourceConfig.ofUrl("some", "postgres", database.url(), database.user()), allocator)) {
      assertThat(some.readCatalog().schemas()).isNotEmpty();
    }
    return (int)
        database.statements("kurobe").stream().skip(before).filter(s -> s.contains("pg_")).count();
  }

  @Test
  void unknownTableHasNoStatistics() {
    assertThat(source.statistics("nowhere", "t")).isEqualTo(Optional.empty());
  }
}

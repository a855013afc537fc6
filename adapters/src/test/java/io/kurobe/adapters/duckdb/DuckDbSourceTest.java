package io.kurobe.adapters.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceContract;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.adapters.source.TableIndex;
import io.kurobe.adapters.source.TableIndex.Order;
import io.kurobe.adapters.source.TableIndex.Part;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Generation;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Field;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSourceTest extends SourceContract {
  @TempDir private Path directory;

  private final BufferAllocator allocator = new RootAllocator();
  private DuckDbInstance duckDb;
  private Source source;

  @BeforeEach
  void open() throws SQLException {
    Path file = directory.resolve("shop.duckdb");
    create(
        file,
        """
        CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR, born DATE, height DECIMAL(5, 2));
        INSERT INTO people VALUES (1, 'Ada', '1815-12-10', 1.65), (2, 'Žofia 山', NULL, NULL),
          (3, '', '1970-01-01', 2), (4, NULL, '1582-10-04', -0.01);
        COMMENT ON TABLE people IS 'who we know';
        COMMENT ON COLUMN people.born IS 'birthday';
        CREATE SCHEMA "Other";
        CREATE TABLE visits (id BIGINT NOT NULL DEFAULT 7, person INTEGER REFERENCES people (id),
          code VARCHAR UNIQUE, tags VARCHAR[],
          place STRUCT("a b" INTEGER, c DECIMAL(4, 2)[]), kind ENUM ('x', 'y'),
          seen TIMESTAMP_NS, big HUGEINT, props MAP(VARCHAR, INTEGER), i INTERVAL, small UTINYINT);
        CREATE SEQUENCE numbers;
        CREATE TABLE "Other".odd (id BIGINT DEFAULT nextval('numbers'), "a, ""b" INTEGER, name VARCHAR,
          twice INTEGER GENERATED ALWAYS AS ("a, ""b" * 2));
        CREATE UNIQUE INDEX by_all ON "Other".odd ((lower(name) || ', '), "a, ""b", name);
        CREATE VIEW "Other"."Tall" AS SELECT * FROM people WHERE height > 1;
        """);
    duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
    source = make(SourceConfig.ofPath("shop", "duckdb", file.toString()));
  }

  @AfterEach
  void close() {
    source.close();
    duckDb.close();
    allocator.close();
  }

  private static void create(Path file, String script) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        var statement = connection.createStatement()) {
      statement.execute(script);
    }
  }

  private Source make(SourceConfig config) {
    return new DuckDbSourceFactory().create(config, new SourceRuntime(allocator, duckDb));
  }

  @Override
  protected Source source() {
    return source;
  }

  @Override
  protected BufferAllocator allocator() {
    return allocator;
  }

  @Override
  protected String numbers(int count) {
    return "SELECT i AS n FROM range(1, " + (count + 1) + ") t(i) ORDER BY i";
  }

  @Override
  protected String slow() {
    return "SELECT count(*) FROM range(100000000000) t(x) WHERE x * x % 7 = 3";
  }

  @Override
  protected String failing() {
    return "SELECT 10 // (i - 900000) FROM range(1000000) t(i)";
  }

  @Override
  protected Sample wide() {
    return new Sample(
        "170141183460469231731687303715884105727::HUGEINT",
        SqlType.decimal(38, 0),
        "170141183460469231731687303715884105727");
  }

  @Override
  protected Optional<String> nanoseconds() {
    return Optional.of("TIMESTAMP_NS '1969-12-31 23:59:59.999999999'");
  }

  @Override
  protected Optional<Source> down() {
    return Optional.of(make(SourceConfig.ofPath("gone", "duckdb", "/nowhere/gone.duckdb")));
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        new Sample("true", SqlType.BOOLEAN, true),
        new Sample("NULL", SqlType.BIGINT, null),
        new Sample("(-128)::TINYINT", SqlType.TINYINT, (byte) -128),
        new Sample("255::UTINYINT", SqlType.SMALLINT, (short) 255),
        new Sample("9223372036854775807", SqlType.BIGINT, Long.MAX_VALUE),
        new Sample(
            "18446744073709551615::UBIGINT",
            SqlType.decimal(20, 0),
            new BigDecimal("18446744073709551615")),
        new Sample("'-inf'::DOUBLE", SqlType.DOUBLE, Double.NEGATIVE_INFINITY),
        new Sample("1.25::DECIMAL(5, 2)", SqlType.decimal(5, 2), new BigDecimal("1.25")),
        new Sample("'Žofia 山'", SqlType.VARCHAR, "Žofia 山"),
        new Sample("''", SqlType.VARCHAR, ""),
        new Sample("'{}'::JSON", SqlType.JSON, "{}"),
        new Sample(
            "'ab'::BLOB",
            SqlType.VARBINARY,
            ByteBuffer.wrap("ab".getBytes(StandardCharsets.UTF_8))),
        new Sample("DATE '1582-10-04'", SqlType.DATE, LocalDate.of(1582, 10, 4)),
        new Sample("TIME '23:59:59.999999'", SqlType.TIME, LocalTime.of(23, 59, 59, 999_999_000)),
        new Sample(
            "TIMESTAMP '2024-02-29 12:00:00.000001'",
            SqlType.TIMESTAMP,
            LocalDateTime.of(2024, 2, 29, 12, 0, 0, 1000)),
        new Sample(
            "TIMESTAMPTZ '2024-02-29 12:00:00.000001+01'",
            SqlType.TIMESTAMP_TZ,
            Instant.parse("2024-02-29T11:00:00.000001Z")),
        new Sample("INTERVAL '1 year 2 days'", SqlType.VARCHAR, "P1Y2D"),
        new Sample(
            "'00112233-4455-6677-8899-aabbccddeeff'::UUID",
            SqlType.UUID,
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
        new Sample("[1, 2]", SqlType.array(SqlType.INTEGER), List.of(1, 2)),
        new Sample("MAP {'a': 1}", SqlType.map(SqlType.VARCHAR, SqlType.INTEGER), Map.of("a", 1)));
  }

  @Test
  void readsIndexesAndNamesOfKeys() {
    CatalogMetadata catalog = source.readCatalog();
    assertThat(table(catalog, "main", "people").primaryKeyName()).contains("people_id_pkey");
    assertThat(table(catalog, "main", "people").indexes())
        .singleElement()
        .satisfies(
            index -> {
              assertThat(index.name()).isEqualTo("people_id_pkey");
              assertThat(index.unique()).isTrue();
              assertThat(index.parts()).containsExactly(new Part("id", true, Order.ASCENDING));
            });
    assertThat(table(catalog, "main", "visits").indexes())
        .extracting(TableIndex::name)
        .containsExactly("visits_code_key");
    TableMetadata odd = table(catalog, "Other", "odd");
    assertThat(odd.indexes())
        .singleElement()
        .satisfies(
            index ->
                assertThat(index.parts())
                    .containsExactly(
                        new Part("((lower(\"name\") || ', '))", false, Order.ASCENDING),
                        new Part("a, \"b", true, Order.ASCENDING),
                        new Part("name", true, Order.ASCENDING)));
    assertThat(odd.columns())
        .extracting(TableMetadata.Column::generation)
        .containsExactly(Generation.SEQUENCE, Generation.NONE, Generation.NONE, Generation.UNKNOWN);
  }

  @Test
  void readsKeysCommentsDefaultsAndTypes() {
    CatalogMetadata catalog = source.readCatalog();
    TableMetadata people = table(catalog, "main", "people");
    assertThat(people.comment()).contains("who we know");
    assertThat(people.primaryKey()).containsExactly("id");
    assertThat(people.rowCount()).isEqualTo(OptionalLong.of(4));
    assertThat(people.columns().get(0).nullable()).isFalse();
    assertThat(people.columns().get(2).comment()).contains("birthday");
    TableMetadata visits = table(catalog, "main", "visits");
    assertThat(visits.uniqueKeys()).containsExactly(List.of("code"));
    assertThat(visits.foreignKeys()).hasSize(1);
    assertThat(visits.foreignKeys().get(0).columns()).containsExactly("person");
    assertThat(visits.foreignKeys().get(0).targetTable()).isEqualTo("people");
    assertThat(visits.foreignKeys().get(0).targetColumns()).containsExactly("id");
    assertThat(visits.columns().get(0).defaultValue()).contains("7");
    assertThat(visits.columns())
        .extracting(TableMetadata.Column::type)
        .containsExactly(
            SqlType.BIGINT,
            SqlType.INTEGER,
            SqlType.VARCHAR,
            SqlType.array(SqlType.VARCHAR),
            SqlType.row(
                List.of(
                    new Field("a b", SqlType.INTEGER, true),
                    new Field("c", SqlType.array(SqlType.decimal(4, 2)), true))),
            SqlType.VARCHAR,
            SqlType.TIMESTAMP,
            SqlType.decimal(38, 0),
            SqlType.map(SqlType.VARCHAR, SqlType.INTEGER),
            SqlType.VARCHAR,
            SqlType.SMALLINT);
    assertThat(table(catalog, "Other", "Tall").kind()).isEqualTo(TableMetadata.Kind.VIEW);
    assertThat(source.statistics("main", "people").orElseThrow().rowCount()).isEqualTo(4);
    assertThat(source.attachedAs()).contains("shop");
  }

  @Test
  void runsInTheSessionsZone() {
    assertThat(
            Rows.of(
                source.read(
                    request(
                        "SELECT CAST(to_timestamp(0) AS VARCHAR)",
                        List.of(new Field("v", SqlType.VARCHAR, true)),
                        ZoneId.of("Asia/Tokyo")))))
        .containsExactly(row("1970-01-01 09:00:00+09"));
  }

  @Test
  void servesFilesAsTables() throws Exception {
    Files.writeString(directory.resolve("a1.csv"), "id,name\n1,x\n");
    Files.writeString(directory.resolve("a2.csv"), "id,name\n2,y\n");
    Files.writeString(directory.resolve("b.json"), "[{\"id\": 3}]");
    create(
        directory.resolve("tmp.duckdb"),
        "COPY (SELECT 4 AS id) TO '" + directory.resolve("c.parquet") + "'");
    Map<String, String> tables =
        Map.of(
            "all_a", directory.resolve("a*.csv").toString(),
            "b", directory.resolve("b.json").toString(),
            "c", directory.resolve("c.parquet").toString());
    try (Source files = make(SourceConfig.ofTables("files", "duckdb", tables))) {
      assertThat(files.readCatalog().schemas().get(0).tables())
          .extracting(TableMetadata::name)
          .containsExactly("all_a", "b", "c");
      assertThat(
              Rows.of(
                  files.read(
                      request(
                          "SELECT id FROM all_a UNION ALL FROM b UNION ALL FROM c ORDER BY id",
                          List.of(new Field("id", SqlType.BIGINT, true))))))
          .containsExactly(row(1L), row(2L), row(3L), row(4L));
    }
  }

  @Test
  void namesTheFileThatIsMissingOrBrokenAndTriesAgain() throws Exception {
    Path broken = directory.resolve("broken.duckdb");
    Files.writeString(broken, "no database at all, but long enough to have a header".repeat(500));
    try (Source bad = make(SourceConfig.ofPath("bad", "duckdb", broken.toString()))) {
      assertUnavailable(bad, "broken.duckdb");
      Files.delete(broken);
      assertUnavailable(bad, "broken.duckdb");
      create(broken, "CREATE TABLE t (i INTEGER)");
      assertThat(bad.readCatalog().schemas()).hasSize(1);
    }
    try (Source files =
        make(SourceConfig.ofTables("views", "duckdb", Map.of("t", "no/such/dir/x.parquet")))) {
      assertUnavailable(files, "x.parquet");
      assertUnavailable(files, "x.parquet");
    }
  }

  private static void assertUnavailable(Source source, String file) {
    assertThatThrownBy(source::readCatalog)
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
              assertThat(e).hasMessageContaining(source.name()).hasMessageContaining(file);
              assertThat(e.getMessage()).doesNotContain("/");
            });
  }
}

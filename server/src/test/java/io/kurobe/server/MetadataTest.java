package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.calcite.avatica.AvaticaSpecificDatabaseMetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
  private static TestGateway gateway;

  private static TableMetadata table(String name, TableMetadata.Kind kind) {
    return new TableMetadata(
        name,
        kind,
        Optional.of("all " + name),
        List.of(
            new TableMetadata.Column(
                "id", SqlType.BIGINT, false, "int8", Optional.of("the key"), Optional.of("1")),
            new TableMetadata.Column(
                "Price",
                SqlType.decimal(12, 2),
                true,
                "numeric(12,2)",
                Optional.empty(),
                Optional.empty())),
        List.of("id"),
        List.of(),
        List.of(),
        OptionalLong.of(3));
  }

  private static SourceCatalog source(String name, SchemaMetadata... schemas) {
    return new SourceCatalog(
        SourceConfig.ofPath(name, "duckdb", "x"), "main", new CatalogMetadata(List.of(schemas)));
  }

  @BeforeAll
  static void start(@TempDir Path data) {
    List<TableMetadata> many =
        IntStream.range(0, 6_000)
            .mapToObj(i -> table("t" + (10_000 + i), TableMetadata.Kind.TABLE))
            .toList();
    gateway =
        TestGateway.start(
            data,
            new CatalogSnapshot(
                1,
                List.of(
                    source(
                        "sales",
                        new SchemaMetadata(
                            "public",
                            List.of(
                                table("orders", TableMetadata.Kind.TABLE),
                                table("order_s", TableMetadata.Kind.VIEW))),
                        new SchemaMetadata("crm", List.of())),
                    source("big", new SchemaMetadata("main", many))),
                List.of()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void listsCatalogsSchemasAndTablesSorted(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding)) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).containsExactly("big", "sales");
      assertThat(column(metadata.getSchemas(), "TABLE_SCHEM"))
          .containsExactly("main", "crm", "public");
      assertThat(column(metadata.getTables("sales", "pub%", "order\\_%", null), "TABLE_NAME"))
          .containsExactly("order_s");
      assertThat(
              column(metadata.getTables(null, null, "order%", new String[] {"TABLE"}), "REMARKS"))
          .containsExactly("all orders");
      assertThat(column(metadata.getTables("", null, "%", null), "TABLE_NAME")).isEmpty();
      assertThat(column(metadata.getTableTypes(), "TABLE_TYPE"))
          .containsExactly("FOREIGN TABLE", "MATERIALIZED VIEW", "TABLE", "VIEW");
      assertThat(column(metadata.getTypeInfo(), "TYPE_NAME")).contains("DECIMAL", "UUID");
      assertThat(
              metadata
                  .unwrap(AvaticaSpecificDatabaseMetaData.class)
                  .getRemoteAvaticaProperties()
                  .getProperty("GET_DATABASE_PRODUCT_NAME"))
          .isEqualTo("Kurobe");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void describesColumnsOfTables(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding);
        ResultSet columns = connection.getMetaData().getColumns("sales", null, "orders", "P%")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("COLUMN_NAME")).isEqualTo("Price");
      assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.DECIMAL);
      assertThat(columns.getString("TYPE_NAME")).isEqualTo("DECIMAL");
      assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(12);
      assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(2);
      assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(2);
      assertThat(columns.getString("IS_NULLABLE")).isEqualTo("YES");
      assertThat(columns.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void givesLargeMetadataInSeveralFrames(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding)) {
      assertThat(column(connection.getMetaData().getColumns("big", null, null, null), "TABLE_NAME"))
          .hasSize(12_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void settingCatalogAndSchemaSteersTheSearchPath(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding)) {
      connection.setCatalog("SALES");
      connection.setSchema("crm");
      connection.setReadOnly(false);
      connection.setAutoCommit(true);
      try (ResultSet result = connection.createStatement().executeQuery("session")) {
        assertThat(result.next()).isTrue();
        assertThat(result.getString(2)).contains("[sales.crm]");
      }
      connection.commit();
      connection.rollback();
    }
  }

  private static List<String> column(ResultSet rows, String name) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(name));
      }
    }
    return values;
  }

  @Test
  void largeAnswersComeCompressedToWhoAsks() throws Exception {
    RawClient.json(
        gateway.port(), "{\"request\":\"openConnection\",\"connectionId\":\"z\",\"info\":{}}", "");
    String tables = "{\"request\":\"getTables\",\"connectionId\":\"z\",\"catalog\":\"big\"}";
    HttpResponse<byte[]> compressed = ask(tables, "deflate, gzip;q=0.5");
    assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
    HttpResponse<byte[]> plain = ask(tables, "gzip;q=0");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(compressed.body().length).isLessThan(plain.body().length / 8);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text).contains("t10000", "t14999");
      assertThat(withoutNumber(text))
          .isEqualTo(withoutNumber(new String(plain.body(), StandardCharsets.UTF_8)));
    }
    String catalogs = "{\"request\":\"getCatalogs\",\"connectionId\":\"z\"}";
    assertThat(ask(catalogs, "gzip").headers().firstValue("Content-Encoding")).isEmpty();
    String created = "{\"request\":\"createStatement\",\"connectionId\":\"z\"}";
    String number =
        RawClient.json(gateway.port(), created, "").replaceAll(".*\"statementId\":(\\d+).*", "$1");
    String rows =
        "{\"request\":\"prepareAndExecute\",\"connectionId\":\"z\",\"sql\":\"rows"
            + " 5000\",\"statementId\":"
            + number
            + ",\"maxRowCount\":-1,\"maxRowsInFirstFrame\":-1}";
    HttpResponse<byte[]> ofStatement = ask(rows, "gzip");
    assertThat(ofStatement.body().length).isGreaterThan(50_000);
    assertThat(ofStatement.headers().firstValue("Content-Encoding")).isEmpty();
  }

  private static String withoutNumber(String answer) {
    return answer.replaceAll("\"statementId\":\\d+", "");
  }

  private static HttpResponse<byte[]> ask(String body, String encodings) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/"))
                .header("Content-Type", "application/json")
                .header("Accept-Encoding", encodings)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }
}

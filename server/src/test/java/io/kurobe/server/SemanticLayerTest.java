package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a semantic layer says is how questions are read, and its mistakes are told with lines. */
class SemanticLayerTest {
  private static final String SOURCES =
      """
      sources:
        files: {type: duckdb, path: a.duckdb}
      semantic: [layer.yaml]
      """;

  private static final String LAYER =
      """
      tables:
        files.main.sales:
          description: What was sold
          synonyms: [deals]
          filter: state <> 'void'
          time: sold_on
          columns:
            amount: {description: price paid, unit: EUR, synonyms: [turnover]}
            channel: {values: {web: [online, the internet]}}
            clerk: {hidden: true}
      metrics:
        net amount:
          table: files.main.sales
          expression: SUM(amount) - SUM(discount)
          synonyms: [earnings]
          unit: EUR
        mean net:
          table: files.main.sales
          expression: net_amount / COUNT(*)
        web share:
          table: files.main.sales
          expression: SUM(amount)
          filter: channel = 'web'
      instructions:
        - Amounts are without tax.
      """;

  @TempDir private static Path directory;

  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start() throws SQLException, IOException {
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("a.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE sales (id INTEGER PRIMARY KEY, town VARCHAR, channel VARCHAR, state"
              + " VARCHAR, amount DECIMAL(9,2), discount DECIMAL(9,2), clerk VARCHAR, paid_on DATE,"
              + " sold_on DATE)");
      statement.execute(
          "INSERT INTO sales VALUES"
              + " (1, 'Graz', 'web', 'done', 100, 10, 'x', '2026-01-01', '2025-05-01'),"
              + " (2, 'Graz', 'shop', 'done', 50, 0, 'y', '2025-05-01', '2025-06-01'),"
              + " (3, 'Bonn', 'web', 'done', 30, 5, 'x', '2025-05-01', '2024-06-01'),"
              + " (4, 'Bonn', 'web', 'void', 999, 0, 'x', '2025-05-01', '2025-06-01')");
    }
    Files.writeString(directory.resolve("layer.yaml"), LAYER);
    gateway = ConfiguredGateway.start(directory, SOURCES);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static List<String> rows(String sql) throws SQLException {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      return ConfiguredGateway.rows(statement.executeQuery(sql));
    }
  }

  @Test
  void aTablesFilterHoldsForQuestionsAndNotForSql() throws SQLException {
    assertThat(rows("ASK 'how many sales are there'")).containsExactly("3");
    assertThat(rows("SELECT COUNT(*) FROM sales")).containsExactly("4");
  }

  @Test
  void synonymsMeanTablesColumnsAndValues() throws SQLException {
    assertThat(rows("ASK 'how many deals are there'")).containsExactly("3");
    assertThat(rows("ASK 'how many online deals'")).containsExactly("2");
    assertThat(rows("ASK 'total turnover per town'"))
        .containsExactlyInAnyOrder("Graz 150.00", "Bonn 30.00");
    assertThat(rows("EXPLAIN ASK 'total turnover per town'").get(0))
        .contains("semantic", "'turnover' means amount");
  }

  @Test
  void metricsAreComputedAsDefined() throws SQLException {
    assertThat(rows("ASK 'net amount per town'"))
        .containsExactlyInAnyOrder("Graz 140.00", "Bonn 25.00");
    assertThat(rows("ASK 'total net amount'")).containsExactly("165.00");
    assertThat(rows("ASK 'earnings per channel'"))
        .containsExactlyInAnyOrder("web 115.00", "shop 50.00");
    assertThat(rows("ASK 'web share per town'"))
        .containsExactlyInAnyOrder("Graz 100.00", "Bonn 30.00");
    assertThat(rows("ASK 'mean net per town'"))
        .hasSize(2)
        .anySatisfy(row -> assertThat(row).startsWith("Graz 70"));
    assertThat(rows("ASK SQL 'net amount per town'").get(0)).contains("discount");
  }

  @Test
  void aPeriodIsAboutTheTimeThatIsSaid() throws SQLException {
    assertThat(rows("ASK 'how many sales were there in 2025'")).containsExactly("2");
  }

  @Test
  void aDialogueGoesOnInTheSameWords() throws SQLException {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      assertThat(ConfiguredGateway.rows(statement.executeQuery("ASK 'earnings per town'")))
          .hasSize(2);
      assertThat(ConfiguredGateway.rows(statement.executeQuery("ASK 'only online'")))
          .containsExactlyInAnyOrder("Graz 90.00", "Bonn 25.00");
    }
  }

  @Test
  void whatIsHiddenIsHiddenFromQuestionsAlone() throws SQLException {
    assertThat(SqlStates.of(() -> rows("ASK 'number of sales per clerk'"))).startsWith("KA");
    assertThat(rows("SELECT COUNT(DISTINCT clerk) FROM sales")).containsExactly("2");
  }

  @Test
  void metricsAreShown() throws SQLException {
    assertThat(rows("SHOW METRICS"))
        .contains("net amount files.main.sales SUM(amount) - SUM(discount) null EUR null earnings");
  }

  @Test
  void modelsAreToldWhatItSays() throws SQLException {
    assertThat(rows("SHOW MSCHEMA").get(0))
        .contains("What was sold", "price paid, in EUR", "net amount = SUM(amount)")
        .doesNotContain("clerk");
  }

  private static void refused(String layer, String... messages) throws IOException {
    Path other = Files.createTempDirectory(directory, "wrong");
    Files.writeString(other.resolve("layer.yaml"), layer);
    Files.copy(directory.resolve("a.duckdb"), other.resolve("a.duckdb"));
    assertThatThrownBy(() -> ConfiguredGateway.start(other, SOURCES))
        .satisfies(e -> assertThat(e.getMessage()).as(e.getMessage()).contains(messages));
  }

  @Test
  void mistakesAreToldWithTheirLines() throws IOException {
    refused("tables:\n  files.main.sale: {}\n", "layer.yaml:2", "did you mean 'sales'?");
    refused(
        "tables:\n  files.main.sales:\n    columns:\n      amont: {}\n",
        "layer.yaml:4",
        "did you mean 'amount'?");
    refused("tables:\n  files.main.sales: {synonims: [x]}\n", "layer.yaml:2", "'synonyms'");
    refused("tables:\n  files.main.sales:\n    synonyms: [town]\n", "cannot mean", "sales.town");
    refused(
        "metrics:\n  a: {table: files.main.sales, expression: b + 1}\n"
            + "  b: {table: files.main.sales, expression: a + 1}\n",
        "layer.yaml:2",
        "defined by itself");
    refused(
        "metrics:\n  a b: {table: files.main.sales, expression: SUM(amount)}\n"
            + "  a_b: {table: files.main.sales, expression: AVG(amount)}\n",
        "layer.yaml:3",
        "defined otherwise in layer.yaml:2");
    refused(
        "metrics:\n  x: {table: files.main.sales, expression: SUM(amout)}\n",
        "layer.yaml:2",
        "did you mean 'amount'?");
    refused(
        "tables:\n  files.main.sales: {synonyms: [x]}\n"
            + "metrics:\n  m: {table: files.main.sales, expression: COUNT(*), synonyms: [X]}\n",
        "layer.yaml:4",
        "'X' cannot mean metric m");
  }
}

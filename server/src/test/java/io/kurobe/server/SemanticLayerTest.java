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
        duty:
          table: files.main.sales
          joins: [files.main.sales.town = files.main.towns.name, files.main.towns.land = files.main.lands.code]
          expression: SUM(amount * towns.weight * lands.rate)
          filter: lands.code <> 'XX'
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
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("a.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE lands (code VARCHAR PRIMARY KEY, rate INTEGER)");
      statement.execute("INSERT INTO lands VALUES ('AT', 1), ('DE', 10)");
      statement.execute(
          "CREATE TABLE towns (name VARCHAR PRIMARY KEY, land VARCHAR, weight INTEGER, twin"
              + " VARCHAR)");
      statement.execute("INSERT INTO towns VALUES ('Graz', 'AT', 2, 'x'), ('Bonn', 'DE', 3, 'x')");
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
    assertThat(rows("EXPLAIN ASK 'total turnover per town'"))
        .anySatisfy(row -> assertThat(row).contains("semantic", "'turnover' means amount"));
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
  void metricsAreRestrictedGroupedAndOfAPeriod() throws SQLException {
    assertThat(rows("ASK 'net amount per town in 2025'")).containsExactly("Graz 140.00");
    assertThat(rows("ASK 'net amount per channel in Graz'"))
        .containsExactlyInAnyOrder("web 90.00", "shop 50.00");
    assertThat(rows("ASK 'earnings in 2024'")).containsExactly("25.00");
    assertThat(rows("ASK 'net amount per year'"))
        .hasSize(2)
        .anySatisfy(row -> assertThat(row).contains("140.00"));
  }

  @Test
  void aMetricReadsTheTablesThatItJoins() throws SQLException {
    assertThat(rows("ASK 'total duty'")).containsExactly("1200.00");
    assertThat(rows("ASK 'duty per town'")).containsExactlyInAnyOrder("Graz 300.00", "Bonn 900.00");
    assertThat(rows("ASK 'duty per channel in 2025'"))
        .containsExactlyInAnyOrder("web 200.00", "shop 100.00");
    assertThat(rows("ASK 'which town has the highest duty'")).containsExactly("Bonn");
    assertThat(rows("SHOW METRICS").toString())
        .contains("duty files.main.sales, files.main.towns, files.main.lands");
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
        "metrics:\n  x:\n    table: files.main.sales\n    expression: SUM(towns.weight)\n"
            + "    joins: [files.main.sales.channel = files.main.towns.twin]\n",
        "layer.yaml:2",
        "would count rows several times: twin is no key of files.main.towns");
    refused(
        "metrics:\n  x:\n    table: files.main.sales\n    expression: SUM(towns.weigt)\n"
            + "    joins: [files.main.sales.town = files.main.towns.name]\n",
        "layer.yaml:2",
        "did you mean 'towns.weight'?");
    refused(
        "metrics:\n  x:\n    table: files.main.sales\n    expression: SUM(amount)\n"
            + "    joins: [towns]\n",
        "layer.yaml:5",
        "'towns' is no join");
    refused(
        "metrics:\n  x:\n    table: files.main.sales\n    expression: SUM(amount)\n"
            + "    joins: [files.main.towns.land = files.main.lands.code]\n",
        "layer.yaml:5",
        "which no join before it leads to");
    refused(
        "metrics:\n  x: {table: files.main.sales, expression: amount * 2}\n",
        "layer.yaml:2",
        "it is no aggregate");
    refused(
        "metrics:\n  x: {table: files.main.sales, expression: SUM(amount)}\n"
            + "  y: {table: files.main.sales, expression: AVG(x)}\n",
        "layer.yaml:3",
        "aggregates what is an aggregate already");
    refused(
        "tables:\n  files.main.sales:\n    columns:\n      channel: {values: {web: [town]}}\n",
        "layer.yaml:4",
        "cannot mean value 'web'",
        "sales.town");
    refused(
        "metrics:\n  m: {table: files.main.sales, expression: COUNT(*)}\n"
            + "  n: {table: files.main.sales, expression: MIN(amount), synonyms: [m]}\n",
        "layer.yaml:3",
        "'m' cannot mean metric n");
    refused(
        "tables:\n  files.main.sales: {synonyms: [x]}\n"
            + "metrics:\n  m: {table: files.main.sales, expression: COUNT(*), synonyms: [X]}\n",
        "layer.yaml:4",
        "'X' cannot mean metric m");
  }
}

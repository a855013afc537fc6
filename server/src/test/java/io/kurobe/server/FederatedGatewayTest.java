package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole gateway over a real PostgreSQL and a real DuckDB, asked by the stock driver. */
@Timeout(120)
class FederatedGatewayTest {
  private static PostgresServer.Database sales;
  private static Gateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    sales =
        PostgresServer.database(
            "gateway_sales",
            """
            CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, region text);
            COMMENT ON TABLE customers IS 'who buys';
            INSERT INTO customers SELECT i, 'customer ' || i, CASE i % 2 WHEN 0 THEN 'north'
              ELSE 'south' END FROM generate_series(1, 1000) i;
            CREATE TABLE kinds (b boolean, s smallint, i bigint, r real, d double precision,
              n numeric(12, 3), t text, c char(5), y bytea, day date, ts timestamp,
              tz timestamptz, u uuid, j jsonb, a int[]);
            INSERT INTO kinds VALUES (true, -3, 9007199254740993, 0.5, 2.25, -12.340, 'Größe', 'ab',
              '\\x00ff', '1969-12-31', '2026-07-01 10:00:00.123', '2026-07-01 10:00:00+00',
              '00112233-4455-6677-8899-aabbccddeeff', '{"k": 1}', '{1,NULL,3}');
            """);
    Path file = directory.resolve("web.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE visits AS SELECT i AS id, i % 1000 + 1 AS customer_id, i % 7 AS pages"
              + " FROM range(50000) t(i)");
    }
    Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state}
        sources:
          sales: {type: postgres, url: "%s", user: %s}
          web: {type: duckdb, path: web.duckdb}
          gone: {type: postgres, url: "jdbc:postgresql://127.0.0.1:1/nothing", user: x}
        relations:
          - web.main.visits.customer_id = sales.public.customers.id
        """
            .formatted(sales.url(), sales.user()));
    Configuration.Reading reading =
        ConfigurationReader.create().read(directory.resolve("kurobe.yaml"));
    assertThat(reading).isInstanceOf(Configuration.Valid.class);
    gateway = Gateway.start(((Configuration.Valid) reading).configuration());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Connection connect(String encoding) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:"
            + gateway.port()
            + "/;timeZone=UTC;serialization="
            + encoding);
  }

  /** The stock client sends the server what it is given beside the URL, not what is in it. */
  private static Connection connectTo(String properties) throws SQLException {
    Properties given = new Properties();
    for (String property : properties.split(";")) {
      given.setProperty(property.split("=")[0], property.split("=")[1]);
    }
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:" + gateway.port() + "/", given);
  }

  @ParameterizedTest
  @CsvSource({
    "catalog=salse, did you mean sales?",
    "searchPath=sales.publik, did you mean public?",
    "searchPath=nowhere.public, There are sales",
  })
  void refusesToConnectToWhatIsNotThere(String properties, String hint) {
    assertThatThrownBy(() -> connectTo(properties).close()).hasMessageContaining(hint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"catalog=SALES;schema=Public", "catalog=gone;schema=any", "catalog=views"})
  void connectsToWhatIsThereOrCannotBeTold(String properties) throws SQLException {
    try (Connection connection = connectTo(properties);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1")) {
      assertThat(row.next()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void joinsPostgresAndDuckDb(String encoding) throws SQLException {
    try (Connection connection = connect(encoding);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT c.region, COUNT(*) AS visits, SUM(v.pages) AS pages"
                    + " FROM sales.public.customers c JOIN web.main.visits v"
                    + " ON v.customer_id = c.id GROUP BY c.region ORDER BY c.region")) {
      List<String> seen = new ArrayList<>();
      while (rows.next()) {
        seen.add(rows.getString(1) + " " + rows.getLong("visits"));
      }
      assertThat(seen).containsExactly("north 25000", "south 25000");
      assertThat(rows.getMetaData().getTableName(1)).isEqualTo("customers");
      assertThat(rows.getMetaData().getColumnLabel(2)).isEqualTo("visits");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void carriesEveryType(String encoding) throws SQLException {
    try (Connection connection = connect(encoding);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM sales.public.kinds")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getBoolean("b")).isTrue();
      assertThat(row.getInt("s")).isEqualTo(-3);
      assertThat(row.getLong("i")).isEqualTo(9_007_199_254_740_993L);
      assertThat(row.getFloat("r")).isEqualTo(0.5f);
      assertThat(row.getDouble("d")).isEqualTo(2.25);
      assertThat(row.getBigDecimal("n")).isEqualByComparingTo(new BigDecimal("-12.340"));
      assertThat(row.getString("t")).isEqualTo("Größe");
      assertThat(row.getString("c")).isEqualTo("ab   ");
      assertThat(row.getBytes("y")).isEqualTo(new byte[] {0, -1});
      assertThat(row.getDate("day").toString()).isEqualTo("1969-12-31");
      assertThat(row.getTimestamp("ts")).isEqualTo(Timestamp.valueOf("2026-07-01 10:00:00.123"));
      assertThat(row.getTimestamp("tz").toInstant().toString()).isEqualTo("2026-07-01T10:00:00Z");
      assertThat(row.getString("u")).isEqualTo("00112233-4455-6677-8899-aabbccddeeff");
      assertThat(row.getString("j")).isEqualTo("{\"k\": 1}");
      assertThat((Object[]) row.getArray("a").getArray()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void bindsParameters(String encoding) throws SQLException {
    try (Connection connection = connect(encoding);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT name FROM sales.public.customers WHERE id = ? AND region = ?")) {
      statement.setInt(1, 4);
      statement.setString(2, "north");
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("customer 4");
      }
    }
    try (Connection connection = connect(encoding);
        PreparedStatement statement =
            connection.prepareStatement("SELECT COUNT(*) FROM sales.public.kinds WHERE day = ?")) {
      statement.setDate(1, Date.valueOf("1969-12-31"));
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void answersQuestionsAloneAndInside(String encoding) throws SQLException {
    try (Connection connection = connect(encoding);
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("ASK 'how many customers are there'")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(1_000);
      }
      try (ResultSet rows =
          statement.executeQuery("SELECT COUNT(*) FROM (ASK 'number of visits per region') t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(2);
      }
      assertThat(SqlStates.of(() -> statement.executeQuery("ASK 'what do the whales sing'")))
          .startsWith("KA");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void errorsSayWhatAndWhereAndTheNextStatementWorks(String encoding) throws SQLException {
    try (Connection connection = connect(encoding);
        Statement statement = connection.createStatement()) {
      assertThat(SqlStates.of(() -> statement.executeQuery("SELEC 1"))).isEqualTo("42601");
      assertThat(SqlStates.of(() -> statement.executeQuery("SELECT * FROM sales.public.customer")))
          .isEqualTo("42P01");
      assertThat(
              SqlStates.of(() -> statement.executeQuery("SELECT nam FROM sales.public.customers")))
          .isEqualTo("42703");
      assertThat(SqlStates.of(() -> statement.executeQuery(""))).isEqualTo("42601");
      assertThat(SqlStates.of(() -> statement.executeQuery("ASK ''"))).isNotEqualTo("XX000");
      assertThat(SqlStates.of(() -> statement.executeQuery("ASK '" + "why ".repeat(25_000) + "'")))
          .startsWith("KA");
      assertThat(SqlStates.of(() -> statement.executeQuery("(".repeat(20_000))))
          .isNotEqualTo("XX000");
      try (ResultSet rows = statement.executeQuery("SELECT 1 AS one")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt("one")).isEqualTo(1);
      }
    }
  }

  @Test
  void showsTheUnifiedCatalog() throws SQLException {
    try (Connection connection = connect("json");
        ResultSet tables =
            connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
      List<String> seen = new ArrayList<>();
      while (tables.next()) {
        seen.add(tables.getString("TABLE_CAT") + "." + tables.getString("TABLE_NAME"));
      }
      assertThat(seen).contains("sales.customers", "sales.kinds", "web.visits");
    }
  }

  @Test
  void aSourceThatIsDownIsSaidAndHurtsNoOther() throws Exception {
    assertThat(RawClient.get(gateway.port(), "/health").body())
        .contains("\"status\":\"degraded\"")
        .containsPattern("\"name\":\"sales\",\"up\":true")
        .containsPattern("\"name\":\"gone\",\"up\":false");
  }

  /** Statements of the gateway that its PostgreSQL is at. */
  private static int atWork() throws SQLException {
    try (Connection connection = sales.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kurobe'"
                    + " AND datname = current_database() AND state <> 'idle'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void closingAStatementFreesTheSource() throws Exception {
    try (Connection connection = connect("json");
        Statement statement = connection.createStatement()) {
      CompletableFuture<String> waiting =
          CompletableFuture.supplyAsync(
              () ->
                  SqlStates.of(
                      () ->
                          statement
                              .executeQuery(
                                  "SELECT COUNT(*) FROM sales.public.customers a,"
                                      + " sales.public.customers b, sales.public.customers c,"
                                      + " sales.public.customers d WHERE a.name || b.name <"
                                      + " c.name || d.name")
                              .next()));
      while (gateway.running().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      while (atWork() == 0) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      RawClient.closeStatement(gateway.port(), connection, statement);
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(gateway.running()).isEmpty();
      while (atWork() > 0) {
        // The client has its answer first; the test's own time-out bounds this.
        TimeUnit.MILLISECONDS.sleep(50);
      }
      try (ResultSet rows =
          connection
              .createStatement()
              .executeQuery("SELECT COUNT(*) FROM sales.public.customers")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(1_000);
      }
    }
  }
}

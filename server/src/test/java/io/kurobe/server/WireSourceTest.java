package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Vectors as real sources make them, over the columnar wire. */
@Timeout(300)
class WireSourceTest {
  private static final int ROWS = 30_000;

  private static Gateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("d.duckdb"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE many AS SELECT i AS id, i % 3 = 0 AS flag, 'name ' || i AS name,
            CASE WHEN i % 5 = 0 THEN NULL ELSE [i, NULL, -i] END AS list,
            [[i], NULL, []] AS nested, {'x': i, 'y': 'y' || i} AS place, MAP {'k': i} AS props,
            CASE WHEN i % 2 = 0 THEN repeat('x', (i % 100)::INTEGER) END AS sometimes,
            ('00000000-0000-0000-0000-' || lpad(i::VARCHAR, 12, '0'))::UUID AS u,
            i::DECIMAL(38, 4) AS exact,
            TIMESTAMP '2024-01-01' + INTERVAL 1 MICROSECOND * i AS ts
          FROM range(30000) t(i);
          CREATE TABLE fine AS SELECT TIMESTAMP_NS '2024-01-01 00:00:00.123456789' AS ts;
          """);
    }
    PostgresServer.Database database =
        PostgresServer.database(
            "wire_source",
            """
            CREATE TABLE many AS SELECT i AS id, 'text ' || repeat('ü', i % 300) AS name,
              CASE WHEN i % 7 > 0 THEN i END AS third, ARRAY[i, NULL, i + 1] AS list
            FROM generate_series(0, 29999) i;
            """);
    Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state}
        sources:
          d: {type: duckdb, path: d.duckdb}
          p: {type: postgres, url: "%s", user: %s}
        """
            .formatted(database.url(), database.user()));
    Configuration.Reading reading =
        ConfigurationReader.create().read(directory.resolve("kurobe.yaml"));
    gateway = Gateway.start(((Configuration.Valid) reading).configuration());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static boolean isSomethingOpen() {
    return gateway.runtime().allocator().getAllocatedMemory() > 0
        || gateway.openStatements() > 0
        || !gateway.running().isEmpty();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (int i = 0; i < 1_000 && isSomethingOpen(); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(gateway.runtime().allocator().getAllocatedMemory()).isZero();
    assertThat(gateway.openStatements()).isZero();
    assertThat(gateway.running()).isEmpty();
  }

  private static WireClient.Result read(String sql, String page) throws Exception {
    WireClient client = WireClient.open(gateway.port(), "s-" + System.nanoTime(), "");
    WireClient.Result result = client.read(-1, "'sql':\"" + sql + "\"", page);
    client.close();
    return result;
  }

  @Test
  void rowsOfDuckDbArriveAsTheyAre() throws Exception {
    for (String page : List.of("{}", "{'rows':777}")) {
      WireClient.Result result = read("SELECT * FROM d.many ORDER BY id", page);
      assertThat(result.rows()).hasSize(ROWS);
      for (int i = 0; i < ROWS; i++) {
        long id = i;
        assertThat(result.rows().get(i))
            .as("row %d, page %s", i, page)
            .isEqualTo(
                Arrays.<@Nullable Object>asList(
                    id,
                    i % 3 == 0,
                    "name " + i,
                    i % 5 == 0 ? null : Arrays.asList(id, null, -id),
                    Arrays.asList(List.of(id), null, List.of()),
                    List.of(id, "y" + i),
                    Map.of("k", id),
                    i % 2 == 0 ? "x".repeat(i % 100) : null,
                    new UUID(0, Long.parseLong(Integer.toString(i), 16)),
                    new BigDecimal(i + ".0000"),
                    LocalDateTime.parse("2024-01-01T00:00:00").plusNanos(i * 1_000L)));
      }
    }
  }

  @Test
  void rowsOfPostgresArriveAsTheyAre() throws Exception {
    WireClient.Result result = read("SELECT * FROM p.many ORDER BY id", "{}");
    assertThat(result.pages()).hasSizeGreaterThan(2);
    assertThat(result.pages())
        .allSatisfy(page -> assertThat(page.vectors()).isLessThan((2 << 20) + 4_096L));
    assertThat(result.rows()).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      assertThat(result.rows().get(i))
          .as("row %d", i)
          .isEqualTo(
              Arrays.<@Nullable Object>asList(
                  i,
                  "text " + "ü".repeat(i % 300),
                  i % 7 > 0 ? i : null,
                  Arrays.asList(i, null, i + 1)));
    }
  }

  @Test
  void whatTwoSourcesGiveTogetherArrives() throws Exception {
    WireClient.Result result =
        read(
            "SELECT d.name, p.third FROM d.many d JOIN p.many p ON d.id = p.id"
                + " WHERE d.id < 100 ORDER BY d.id",
            "{}");
    assertThat(result.rows()).hasSize(100);
    assertThat(result.rows().get(8)).isEqualTo(List.of("name 8", 8));
    assertThat(result.signature().at("/columns/1/catalogName").asText()).isEqualTo("p");
  }

  @Test
  void whatIsCutIsWarnedOf() throws Exception {
    WireClient client = WireClient.open(gateway.port(), "s-" + System.nanoTime(), "");
    WireClient.Answer answer = client.execute(-6, "SELECT ts FROM d.fine");
    assertThat(answer.state()).isEqualTo("end");
    assertThat(answer.header("Kurobe-Warnings"))
        .matches("-6 q\\d{8}_\\d{6}_\\d{5} 01004:[^ ]*cut\\+to\\+microseconds[^ ]*");
    client.close();
  }

  @Test
  void aTypeOfNothingButNullIsOne() throws Exception {
    WireClient.Result result = read("SELECT NULL AS nothing, 1 AS one", "{}");
    assertThat(result.rows()).containsExactly(Arrays.asList(null, 1));
    assertThat(result.pages()).hasSize(1);
  }
}

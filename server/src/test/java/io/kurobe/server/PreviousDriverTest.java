package io.kurobe.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Drivers of releases before against the server of this one: what they sent was recorded, one
 * exchange a line, and is sent again. A recording is kept as long as its driver may be met; {@code
 * -Dkurobe.golden=write-driver} records what the driver of this release sends.
 */
@Timeout(60)
class PreviousDriverTest {
  private static final Path RECORDINGS =
      Path.of(System.getProperty("kurobe.root", ".."), "server/src/test/resources/drivers");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0", "0.1.0-from-later"})
  void isAnsweredAsItExpects(String version) throws Exception {
    try (TestGateway gateway = TestGateway.start(data)) {
      List<JsonNode> recorded = recorded(version);
      List<Future<String>> given = new ArrayList<>();
      ExecutorService threads = Executors.newCachedThreadPool();
      for (JsonNode exchange : recorded) {
        Future<String> told = threads.submit(() -> told(sent(gateway, exchange, Map.of())));
        given.add(told);
        if (!isCancelled(exchange)) {
          told.get(20, TimeUnit.SECONDS);
        }
      }
      threads.shutdown();
      for (int i = 0; i < recorded.size(); i++) {
        assertThat(comparable(given.get(i).get(20, TimeUnit.SECONDS)))
            .as(recorded.get(i).path("body").asText())
            .isEqualTo(comparable(recorded.get(i).path("answer").asText()));
      }
      gateway.awaitNothingOpen();
    }
  }

  private static List<JsonNode> recorded(String version) throws Exception {
    List<JsonNode> exchanges = new ArrayList<>();
    for (String line : Files.readAllLines(RECORDINGS.resolve("0.1.0.jsonl"), UTF_8)) {
      exchanges.add(version.endsWith("-from-later") ? withMore(line) : JSON.readTree(line));
    }
    return exchanges;
  }

  /** A request as a driver of a later release may send it: it says what nobody knows yet. */
  private static JsonNode withMore(String line) throws Exception {
    ObjectNode exchange = (ObjectNode) JSON.readTree(line);
    if (exchange.path("path").asText().startsWith("/v1/")) {
      ObjectNode body = (ObjectNode) JSON.readTree(exchange.path("body").asText());
      body.put("deadline", 12.5).putObject("trace").putArray("spans").add("a").addNull();
      ObjectNode page = body.withObject("/page");
      page.put("order", "columns").putArray("compression").add("zstd").add("brotli-9");
      exchange.put("body", body.toString());
    }
    exchange.withObject("/headers").put("kurobe-later", "yes");
    return exchange;
  }

  private static HttpResponse<byte[]> sent(
      TestGateway gateway, JsonNode exchange, Map<String, String> otherHeaders) throws Exception {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .path("headers")
        .fields()
        .forEachRemaining(h -> headers.put(h.getKey(), h.getValue().asText()));
    headers.putAll(otherHeaders);
    URI address = URI.create("http://127.0.0.1:" + gateway.port() + exchange.path("path").asText());
    return TappedGateway.sent(
        HTTP, address, headers, exchange.path("body").asText().getBytes(UTF_8));
  }

  /** The next request ends it: they are sent side by side. */
  private static boolean isCancelled(JsonNode exchange) {
    return exchange.path("answer").asText().contains("sqlState=57014");
  }

  /** Whether the last rows are known to be that is a matter of moments. */
  private static String comparable(String answer) {
    return answer.replaceAll(" (more|end) ", " page ");
  }

  /** What the driver goes by in an answer. */
  private static String told(HttpResponse<byte[]> answer) throws Exception {
    String state = answer.headers().firstValue("Kurobe-State").orElse("");
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    String told = answer.statusCode() + " " + type + " " + state;
    if (type.startsWith("application/json")) {
      JsonNode body = JSON.readTree(answer.body());
      List<String> members = new ArrayList<>();
      for (String member : List.of("response", "code", "sqlState", "found", "signature")) {
        if (body.has(member)) {
          members.add(
              member + (body.path(member).isObject() ? "" : "=" + body.path(member).asText()));
        }
      }
      return told + members;
    }
    WireClient.Page page = WireClient.page(answer.body());
    return told + " " + page;
  }

  @Test
  void aVersionThatIsNotSpokenIsRefusedWithWhatIs() throws Exception {
    try (TestGateway gateway = TestGateway.start(data)) {
      for (JsonNode exchange : recorded("0.1.0")) {
        if (exchange.path("path").asText().startsWith("/v1/")) {
          for (String version : List.of("0", "2", "1.1", "latest")) {
            HttpResponse<byte[]> answer =
                sent(gateway, exchange, Map.of("kurobe-protocol", version));
            JsonNode error = JSON.readTree(answer.body());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(error.path("sqlState").asText()).isEqualTo("08P01");
            assertThat(error.path("message").asText())
                .contains(
                    "Kurobe-Protocol", "The server speaks version 1; use a driver of its release.");
          }
        }
      }
      assertThat(gateway.openStatements()).isZero();
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "kurobe.golden",
      matches = "write-driver",
      disabledReason = "records, and is run when a release is made")
  void recordsTheDriverOfThisRelease() throws Exception {
    try (TestGateway gateway = TestGateway.start(data);
        TappedGateway tapped = TappedGateway.before(gateway.port())) {
      use(tapped.url());
      StringBuilder lines = new StringBuilder();
      for (TappedGateway.Exchange exchange : tapped.exchanges()) {
        ObjectNode line = JSON.createObjectNode().put("path", exchange.path());
        exchange.headers().forEach(line.putObject("headers")::put);
        line.put("body", exchange.text()).put("answer", told(exchange.answer()));
        lines.append(line).append('\n');
      }
      Files.createDirectories(RECORDINGS);
      Files.writeString(RECORDINGS.resolve("0.1.0.jsonl"), lines);
    }
  }

  /** Everything a driver asks of the wire. */
  private static void use(String url) throws Exception {
    try (Connection connection =
        DriverManager.getConnection(url + "?applicationName=recorded", "ada", "")) {
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(1_000);
        read(statement.executeQuery("rows 2500"));
        statement.setMaxRows(5);
        read(statement.executeQuery("rows 2500"));
        statement.execute("zone Asia/Tokyo");
      }
      try (PreparedStatement prepared = connection.prepareStatement("echo ? ?")) {
        prepared.setLong(1, 7);
        prepared.setString(2, "Größe");
        read(prepared.executeQuery());
      }
      try (Statement statement = connection.createStatement()) {
        read(statement.executeQuery("types 3"));
        refused(statement, "broken");
      }
      cancelled(connection);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(10);
        statement.executeQuery("rows 1000").close();
      }
      // What was left unread is told in the background.
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static void read(ResultSet rows) throws SQLException {
    try (rows) {
      while (rows.next()) {
        rows.getObject(1);
      }
    }
  }

  private static void refused(Statement statement, String sql) {
    assertThat(SqlStates.of(() -> statement.executeQuery(sql))).isEqualTo("42703");
  }

  private static void cancelled(Connection connection) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Statement statement = connection.createStatement()) {
      Future<String> waiting =
          thread.submit(() -> SqlStates.of(() -> statement.executeQuery("wait").next()));
      // The first page has gone, the second is waited for.
      TimeUnit.MILLISECONDS.sleep(2_500);
      statement.cancel();
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
    } finally {
      thread.shutdownNow();
    }
  }
}

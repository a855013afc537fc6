package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients of Avatica's protobuf read that are not written in Java, such as those for Python
 * and Go: the messages' members themselves, and questions that Avatica's own client never asks.
 */
@Timeout(60)
class ProtobufClientsTest {
  private static final String CONNECTION = "of-another-language";

  private static PostgresServer.Database sales;
  private static ConfiguredGateway gateway;

  @TempDir Path data;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    sales =
        PostgresServer.database(
            "protobuf_clients",
            "CREATE TABLE orders (region int, id int, weight real, PRIMARY KEY (region, id))",
            "CREATE TABLE lines (id int PRIMARY KEY, region int, order_id int,"
                + " FOREIGN KEY (region, order_id) REFERENCES orders)",
            "CREATE INDEX by_weight ON orders (weight)",
            "INSERT INTO orders SELECT 1, i, CASE WHEN i > 1 THEN i + 0.5 END"
                + " FROM generate_series(1, 30) i");
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              sales: {type: postgres, url: "%s", user: %s}
            """
                .formatted(sales.url(), sales.user()));
    ask(new Service.OpenConnectionRequest(CONNECTION, Map.of("user", "ada")));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String http() {
    return gateway.url().replace("jdbc:kurobe:", "http:");
  }

  /** The message in which a request was answered. */
  private static Common.WireMessage ask(Service.Request request) throws Exception {
    return ask(URI.create(http()), "python-requests/2.28.1", request);
  }

  private static Common.WireMessage ask(URI gateway, String client, Service.Request request)
      throws Exception {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(gateway)
            .header("Content-Type", "application/x-google-protobuf")
            .header("User-Agent", client)
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    new ProtobufTranslationImpl().serializeRequest(request)));
    byte[] answer =
        HttpClient.newHttpClient()
            .send(post.build(), HttpResponse.BodyHandlers.ofByteArray())
            .body();
    return Common.WireMessage.parseFrom(answer);
  }

  private static int statement() throws Exception {
    return Responses.CreateStatementResponse.parseFrom(
            ask(new Service.CreateStatementRequest(CONNECTION)).getWrappedMessage())
        .getStatementId();
  }

  private static Common.Frame run(int statement, String sql, int rows) throws Exception {
    return Responses.ExecuteResponse.parseFrom(
            ask(new Service.PrepareAndExecuteRequest(CONNECTION, statement, sql, 0, rows))
                .getWrappedMessage())
        .getResults(0)
        .getFirstFrame();
  }

  private static Common.Frame fetch(int statement, long offset) throws Exception {
    return Responses.FetchResponse.parseFrom(
            ask(new Service.FetchRequest(CONNECTION, statement, offset, 100)).getWrappedMessage())
        .getFrame();
  }

  @Test
  void readAReal() throws Exception {
    int statement = statement();
    List<Common.Row> rows =
        new ArrayList<>(
            run(statement, "SELECT weight FROM sales.public.orders ORDER BY id", 5).getRowsList());
    assertThat(rows).hasSize(5);
    while (rows.size() < 30) {
      rows.addAll(fetch(statement, rows.size()).getRowsList());
    }
    assertThat(rows.get(0).getValue(0).getScalarValue().getNull()).isTrue();
    for (int i = 2; i <= 30; i++) {
      Common.TypedValue weight = rows.get(i - 1).getValue(0).getScalarValue();
      assertThat(weight.getType()).isEqualTo(Common.Rep.FLOAT);
      assertThat(weight.getDoubleValue()).as("for Go and Python").isEqualTo(i + 0.5);
      assertThat(weight.getNumberValue()).as("for Java").isEqualTo(Float.floatToIntBits(i + 0.5f));
    }
  }

  @Test
  void readRealsInAnArray() throws Exception {
    Common.ColumnValue reals =
        run(statement(), "SELECT ARRAY[CAST(1.5 AS REAL), NULL, CAST(-2.25 AS REAL)]", 5)
            .getRows(0)
            .getValue(0);
    assertThat(reals.getArrayValueList())
        .extracting(Common.TypedValue::getDoubleValue)
        .containsExactly(1.5, 0.0, -2.25);
    assertThat(reals.getArrayValue(1).getNull()).isTrue();
  }

  @Test
  void javaReadsTheSameReals() throws Exception {
    String url = "jdbc:avatica:remote:url=" + http() + ";serialization=protobuf";
    try (Connection connection = DriverManager.getConnection(url, "ada", "");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT weight FROM sales.public.orders WHERE id IN (1, 2)")) {
      List<Float> weights = new ArrayList<>();
      while (result.next()) {
        weights.add((Float) result.getObject(1));
      }
      assertThat(weights).containsExactlyInAnyOrder(null, 2.5f);
    }
  }

  /** For Python an empty frame is an error before the last row, and for Go the last. */
  @Test
  void getNoEmptyFrameBeforeTheLastRow() throws Exception {
    try (TestGateway scripted = TestGateway.start(data)) {
      URI late = URI.create("http://127.0.0.1:" + scripted.port());
      for (String client : List.of("python-requests/2.28.1", "Go-http-client/1.1")) {
        ask(late, client, new Service.OpenConnectionRequest(CONNECTION, Map.of("user", "ada")));
        Common.Frame frame = lateFrame(late, client);
        assertThat(frame.getRowsCount()).as(client).isEqualTo(1);
        ask(late, client, new Service.CloseConnectionRequest(CONNECTION));
      }
      String java = "Java/17.0.15";
      ask(late, java, new Service.OpenConnectionRequest(CONNECTION, Map.of("user", "ada")));
      Common.Frame empty = lateFrame(late, java);
      assertThat(empty.getRowsCount()).isZero();
      assertThat(empty.getDone()).isFalse();
    }
  }

  private static Common.Frame lateFrame(URI gateway, String client) throws Exception {
    int statement =
        Responses.CreateStatementResponse.parseFrom(
                ask(gateway, client, new Service.CreateStatementRequest(CONNECTION))
                    .getWrappedMessage())
            .getStatementId();
    Service.Request run =
        new Service.PrepareAndExecuteRequest(CONNECTION, statement, "late 4500", 0, 100);
    return Responses.ExecuteResponse.parseFrom(ask(gateway, client, run).getWrappedMessage())
        .getResults(0)
        .getFirstFrame();
  }

  private static List<String> answer(MetaDataOperation question, Object... arguments)
      throws Exception {
    int statement = statement();
    QueryState state = new QueryState(question, arguments);
    Responses.SyncResultsResponse answer =
        Responses.SyncResultsResponse.parseFrom(
            ask(new Service.SyncResultsRequest(CONNECTION, statement, state, 0))
                .getWrappedMessage());
    if (!answer.getMoreResults()) {
      return List.of();
    }
    List<String> rows = new ArrayList<>();
    for (Common.Row row : fetch(statement, 0).getRowsList()) {
      List<String> texts = new ArrayList<>();
      for (Common.ColumnValue value : row.getValueList()) {
        Common.TypedValue scalar = value.getScalarValue();
        if (scalar.getType() == Common.Rep.STRING) {
          texts.add(scalar.getStringValue());
        } else if (!scalar.getNull()) {
          texts.add(Long.toString(scalar.getNumberValue()));
        }
      }
      rows.add(String.join(" ", texts));
    }
    return rows;
  }

  @Test
  void askForKeysAndIndexesAsTheStateOfAStatement() throws Exception {
    assertThat(answer(MetaDataOperation.GET_PRIMARY_KEYS, "sales", "public", "orders"))
        .containsExactly(
            "sales public orders id 2 orders_pkey", "sales public orders region 1 orders_pkey");
    assertThat(answer(MetaDataOperation.GET_PRIMARY_KEYS, null, null, "nothing")).isEmpty();
    String toRegion = "sales public orders region sales public lines region 1 ";
    String toOrder = "sales public orders id sales public lines order_id 2 ";
    assertThat(answer(MetaDataOperation.GET_IMPORTED_KEYS, null, null, "lines"))
        .satisfiesExactly(
            one -> assertThat(one).startsWith(toRegion),
            two -> assertThat(two).startsWith(toOrder));
    assertThat(answer(MetaDataOperation.GET_IMPORTED_KEYS, null, null, "orders")).isEmpty();
    assertThat(answer(MetaDataOperation.GET_EXPORTED_KEYS, null, null, "orders")).hasSize(2);
    assertThat(
            answer(
                MetaDataOperation.GET_CROSS_REFERENCE, null, null, "orders", null, null, "lines"))
        .hasSize(2);
    assertThat(answer(MetaDataOperation.GET_INDEX_INFO, null, "public", "orders", false, true))
        .hasSize(3)
        .anyMatch(row -> row.contains("by_weight"));
    assertThat(answer(MetaDataOperation.GET_INDEX_INFO, null, "public", "orders", true, true))
        .hasSize(2)
        .allMatch(row -> row.contains("orders_pkey"));
    assertThat(answer(MetaDataOperation.GET_TABLES, null, null, "%", null)).hasSize(2);
  }

  @Test
  void areToldWhatIsNotAnsweredSo() throws Exception {
    Common.WireMessage answer =
        ask(
            new Service.SyncResultsRequest(
                CONNECTION, statement(), new QueryState(MetaDataOperation.GET_UDTS), 0));
    Responses.ErrorResponse error = Responses.ErrorResponse.parseFrom(answer.getWrappedMessage());
    assertThat(error.getSqlState()).isEqualTo("0A000");
    assertThat(error.getErrorMessage()).contains("system.jdbc");
    QueryState query = new QueryState("SELECT 1");
    Responses.ErrorResponse gone =
        Responses.ErrorResponse.parseFrom(
            ask(new Service.SyncResultsRequest(CONNECTION, statement(), query, 0))
                .getWrappedMessage());
    assertThat(gone.getSqlState()).isEqualTo("57014");
  }
}

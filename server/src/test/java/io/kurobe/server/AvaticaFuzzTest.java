package io.kurobe.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Avatica's messages cut short, changed, repeated and told of what is another connection's. */
@Timeout(120)
class AvaticaFuzzTest {
  private static final int CHANGED = 1_500;

  @TempDir private Path data;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = TestGateway.start(data);
  }

  @AfterEach
  void nothingStaysOpen() throws Exception {
    // Those of others that messages were changed to.
    for (String connection :
        List.of("mine", "other", "x", "7", "-1", "1e99", "1E+99", "true", "", "null")) {
      send(AvaticaEncoding.JSON, new Service.CloseConnectionRequest(connection));
    }
    gateway.awaitNothingOpen();
    gateway.close();
  }

  private HttpResponse<String> post(AvaticaEncoding encoding, byte[] body) throws Exception {
    HttpResponse<String> answer = RawClient.post(gateway.port(), encoding.type(), body, "");
    assertThat(answer.statusCode()).isIn(200, 400, 413, 500);
    // The scripted planner's own: a number of rows that is none.
    if (!new String(body, UTF_8).matches("(?s).*(rows|echo).*")) {
      assertThat(answer.body()).as(new String(body, UTF_8)).doesNotContain("XX000");
    }
    if (answer.statusCode() != 200) {
      assertThat(answer.body()).isNotEmpty().doesNotContain("Exception", "java.");
    }
    return answer;
  }

  private HttpResponse<String> send(AvaticaEncoding encoding, Service.Request request)
      throws Exception {
    return post(encoding, encoding.write(request));
  }

  /** One of each that there is, of a connection that is open and a statement that is. */
  private List<Service.Request> requests(int statement) {
    StatementHandle handle = new StatementHandle("mine", statement, null);
    List<TypedValue> values = List.of(TypedValue.ofSerial(Rep.STRING, "x"));
    return List.of(
        new Service.OpenConnectionRequest("mine", Map.of("user", "ada")),
        new Service.CreateStatementRequest("mine"),
        new Service.PrepareRequest("mine", "echo ?", -1),
        new Service.PrepareAndExecuteRequest("mine", statement, "rows 2000", -1, 10),
        new Service.ExecuteRequest(handle, values, 10),
        new Service.FetchRequest("mine", statement, 10, 10),
        new Service.PrepareAndExecuteBatchRequest("mine", statement, List.of("rows 1")),
        new Service.CatalogsRequest("mine"),
        new Service.SchemasRequest("mine", null, "%"),
        new Service.TablesRequest("mine", null, "%", "%", List.of("TABLE")),
        new Service.ColumnsRequest("mine", null, "%", "%", "%"),
        new Service.TypeInfoRequest("mine"),
        new Service.TableTypesRequest("mine"),
        new Service.DatabasePropertyRequest("mine"),
        new Service.ConnectionSyncRequest("mine", new ConnectionPropertiesImpl()),
        new Service.CommitRequest("mine"),
        new Service.RollbackRequest("mine"),
        new Service.CloseStatementRequest("mine", statement));
  }

  private int open(String connection) throws Exception {
    send(AvaticaEncoding.JSON, new Service.OpenConnectionRequest(connection, Map.of()));
    String made = send(AvaticaEncoding.JSON, new Service.CreateStatementRequest(connection)).body();
    return JsonService.MAPPER.readTree(made).path("statementId").asInt();
  }

  private void assertWorks(AvaticaEncoding encoding) throws Exception {
    int statement = open("other");
    HttpResponse<String> answer =
        send(encoding, new Service.PrepareAndExecuteRequest("other", statement, "rows 3", -1, 10));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void messagesThatAreCutShortAreAnswered(AvaticaEncoding encoding) throws Exception {
    int statement = open("mine");
    for (Service.Request request : requests(statement)) {
      byte[] whole = encoding.write(request);
      for (int length = 0; length < whole.length; length++) {
        post(encoding, Arrays.copyOf(whole, length));
      }
    }
    assertWorks(encoding);
  }

  @ParameterizedTest
  @EnumSource
  void messagesThatAreChangedAreAnswered(AvaticaEncoding encoding) throws Exception {
    Random random = new Random(17);
    int statement = open("mine");
    List<byte[]> messages = new ArrayList<>();
    for (Service.Request request : requests(statement)) {
      messages.add(encoding.write(request));
    }
    for (int i = 0; i < CHANGED; i++) {
      byte[] message = messages.get(random.nextInt(messages.size())).clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt(256);
      }
      post(encoding, message);
    }
    assertWorks(encoding);
  }

  /** Members that are left out or of another type, of every kind of message. */
  @Test
  void membersOfAnotherTypeAreAnswered() throws Exception {
    int statement = open("mine");
    for (Service.Request request : requests(statement)) {
      var whole = JsonService.MAPPER.valueToTree(request);
      List<String> names = new ArrayList<>();
      whole.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        for (String value :
            List.of("null", "-1", "7", "1e99", "\"x\"", "true", "[]", "{}", "[[1]]")) {
          var changed = JsonService.MAPPER.valueToTree(request).deepCopy();
          ((com.fasterxml.jackson.databind.node.ObjectNode) changed)
              .set(name, JsonService.MAPPER.readTree(value));
          post(AvaticaEncoding.JSON, changed.toString().getBytes(UTF_8));
        }
      }
    }
    assertWorks(AvaticaEncoding.JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'JAVA_SQL_DATE','value':'x'}",
        "{'type':'JAVA_SQL_TIME','value':-5}",
        "{'type':'JAVA_SQL_TIMESTAMP','value':true}",
        "{'type':'BYTE_STRING','value':'%%%'}",
        "{'type':null,'value':5}",
        "{'type':'NO SUCH','value':1}",
        "{'type':'LONG','value':[1]}",
        "{'type':'ARRAY','value':5}",
        "{'type':'ARRAY','value':[1]}",
        "{'type':'ARRAY','value':[{'value':1}]}",
        "{'type':'ARRAY','value':[{'type':'NO SUCH','value':1}]}",
        "{'type':'MULTISET','value':[1]}",
        "{'type':'MULTISET','value':[[1]]}",
        "{'type':'STRUCT','value':[1]}",
        "5"
      })
  void parametersThatAreNotOfTheirTypeAreRefused(String value) throws Exception {
    open("mine");
    send(AvaticaEncoding.JSON, new Service.PrepareRequest("mine", "echo ? ?", -1));
    for (int statement = 1; statement <= 2; statement++) {
      String request =
          "{'request':'execute','statementHandle':{'connectionId':'mine','id':%d,'signature':null},"
              + "'parameterValues':[%s,%s],'maxRowCount':10}";
      String body = request.formatted(statement, value, value).replace('\'', '"');
      HttpResponse<String> answer = post(AvaticaEncoding.JSON, body.getBytes(UTF_8));
      assertThat(answer.body()).containsPattern("08P01|26000|22P02|42804");
    }
    assertWorks(AvaticaEncoding.JSON);
  }

  @ParameterizedTest
  @EnumSource
  void messagesThatAreRepeatedDoNothingTwiceThatIsNotToldSo(AvaticaEncoding encoding)
      throws Exception {
    int statement = open("mine");
    for (Service.Request request : requests(statement)) {
      for (int i = 0; i < 3; i++) {
        send(encoding, request);
      }
    }
    // What was closed stays so.
    assertThat(send(encoding, new Service.FetchRequest("mine", statement, 10, 10)).statusCode())
        .isEqualTo(500);
    assertWorks(encoding);
  }

  @ParameterizedTest
  @EnumSource
  void aStatementOfAnotherConnectionIsNotFound(AvaticaEncoding encoding) throws Exception {
    open("other");
    open("mine");
    open("mine");
    int mine = open("mine");
    assertThat(
            send(encoding, new Service.PrepareAndExecuteRequest("mine", mine, "rows 9000", -1, 10))
                .statusCode())
        .isEqualTo(200);
    int before = gateway.openStatements();
    for (Service.Request request :
        List.of(
            new Service.FetchRequest("other", mine, 10, 10),
            new Service.ExecuteRequest(new StatementHandle("other", mine, null), List.of(), 10))) {
      HttpResponse<String> answer = send(encoding, request);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).doesNotContain("name 1");
    }
    send(encoding, new Service.CloseStatementRequest("other", mine));
    assertThat(gateway.openStatements()).isEqualTo(before);
    assertThat(send(encoding, new Service.FetchRequest("mine", mine, 10, 10)).body())
        .contains("name 1");
  }
}

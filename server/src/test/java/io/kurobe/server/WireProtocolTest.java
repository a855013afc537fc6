package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The exchanges of the columnar wire, by hand. */
@Timeout(60)
class WireProtocolTest {
  @TempDir private Path data;
  private TestGateway gateway;
  private WireClient client;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(data);
    client = WireClient.open(gateway);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    gateway.awaitNothingOpen();
    gateway.close();
  }

  @Test
  void whatHasOneRowComesInOneExchange() throws Exception {
    WireClient.Answer answer = client.execute(-1, "rows 1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.state()).isEqualTo("end");
    assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.apache.arrow.stream");
    assertThat(answer.header("Kurobe-Warnings")).matches("-1 q\\d{8}_\\d{6}_\\d{5}");
    WireClient.Result result = client.rest(-1, answer, "{}");
    assertThat(result.rows()).containsExactly(List.of(0L, "name 0"));
    assertThat(result.signature().at("/columns/0/catalogName").asText()).isEqualTo("shop");
    assertThat(gateway.openStatements()).isZero();
  }

  @Test
  void pagesOfAResultAreOneStream() throws Exception {
    WireClient.Result result = client.read(-1, "'sql':'rows 12345'", "{'rows':5000}");
    assertThat(result.rows()).hasSize(12_345);
    assertThat(result.rows().get(12_000)).isEqualTo(List.of(0L, "name 0"));
    assertThat(result.pages()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(result.pages()).allSatisfy(page -> assertThat(page.rows()).isLessThan(5_001));
    assertThat(gateway.openStatements()).isZero();
  }

  @Test
  void everyAnswerNamesTheVersion() throws Exception {
    List<HttpResponse<?>> answers =
        List.of(
            RawClient.post(gateway.port(), "application/json", new byte[0], ""),
            RawClient.get(gateway.port(), "/health"),
            RawClient.get(gateway.port(), "/v1/execute"),
            RawClient.get(gateway.port(), "/nothing"),
            client.ask("close", "").http(),
            client.send("execute", "2", new byte[0]).http());
    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(answer.headers().firstValue("Kurobe-Protocol")).contains("1"));
    assertThat(answers)
        .extracting(HttpResponse::statusCode)
        .containsExactly(400, 200, 405, 404, 200, 400);
  }

  @Test
  void aStatementIsPreparedAndRunTwiceAndClosedWithTheNext() throws Exception {
    WireClient.Answer prepared = client.ask("prepare", "'statement':-7,'sql':'echo ? ?'");
    assertThat(prepared.json().at("/signature/parameters")).hasSize(2);
    assertThat(prepared.json().at("/signature/columns/0/columnName").asText()).isEqualTo("id");
    for (int i = 1; i <= 2; i++) {
      String values =
          "'parameters':[{'type':'INTEGER','value':" + i + "},{'type':'STRING','value':'Größe'}]";
      assertThat(client.read(-7, values, "{}").rows()).containsExactly(List.of((long) i, "Größe"));
    }
    assertThat(gateway.openStatements()).isEqualTo(1);
    assertThat(client.ask("execute", "'statement':-8,'sql':'rows 0','close':[-7,-9]").state())
        .isEqualTo("end");
    assertThat(gateway.openStatements()).isZero();
    assertThat(client.ask("execute", "'statement':-7,'parameters':[]").sqlState())
        .isEqualTo("26000");
  }

  @Test
  void aResultThatIsLeftEndsAndWhatWasPreparedStays() throws Exception {
    client.ask("prepare", "'statement':-7,'sql':'rows 50000'");
    assertThat(client.ask("execute", "'statement':-7,'parameters':[],'page':{'rows':5}").state())
        .isEqualTo("more");
    assertThat(client.ask("progress", "'statement':-7").json().path("state").asText())
        .isEqualTo("RUNNING");
    // As a driver says it that may speak to a server before this.
    assertThat(client.ask("cancel", "'statement':-7,'leave':[-7,-9]").json().path("found"))
        .hasToString("false");
    assertThat(client.ask("progress", "'statement':-7").json().path("found")).hasToString("false");
    assertThat(client.read(-7, "'parameters':[]", "{}").rows()).hasSize(50_000);
    // As one before this says it.
    client.ask("execute", "'statement':-7,'parameters':[],'page':{'rows':5}");
    assertThat(client.ask("cancel", "'statement':-7").json().path("found")).hasToString("true");
    client.execute(-8, "rows 50000");
    assertThat(client.ask("close", "'leave':[-8],'close':[-7]").status()).isEqualTo(200);
    assertThat(gateway.openStatements()).isZero();
    assertThat(client.ask("close", "'leave':[null]").sqlState()).isEqualTo("08P01");
  }

  @Test
  void aCommandGivesNoRowsAndChangesTheSession() throws Exception {
    WireClient.Answer answer = client.execute(-1, "zone Asia/Tokyo");
    assertThat(answer.state()).isEqualTo("none");
    assertThat(answer.body()).isEmpty();
    assertThat(client.read(-1, "session").rows().get(0).get(1).toString()).startsWith("Asia/Tokyo");
  }

  @Test
  void anErrorIsOneLineWithItsCode() throws Exception {
    WireClient.Answer answer = client.execute(-1, "broken");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("code").asInt()).isEqualTo(1003);
    assertThat(answer.json().path("sqlState").asText()).isEqualTo("42703");
    assertThat(answer.json().path("message").asText())
        .matches(
            "there is no column 'usr' at line 1, column 8\\. Hint: Did you mean 'user'\\?"
                + " \\(q\\d{8}_\\d{6}_\\d{5}\\)");
    assertThat(gateway.openStatements()).isZero();
  }
}

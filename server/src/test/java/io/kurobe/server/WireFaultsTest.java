package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.WireClient.Answer;
import io.kurobe.server.config.DataSize;
import io.kurobe.server.config.LimitSettings;
import io.kurobe.server.config.RunningLimits;
import io.kurobe.server.config.ServerSettings;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the columnar wire, and what clients may do to it. */
@Timeout(120)
class WireFaultsTest {
  private static final int STATEMENTS = 50;
  private static final int RUNNING = 20;
  private static final String FEW = "{'rows':100}";

  @TempDir private Path data;
  private TestGateway gateway;
  private WireClient client;

  @BeforeEach
  void start() throws Exception {
    gateway =
        TestGateway.start(
            new ServerSettings(
                ServerSettings.DEFAULT_HOST,
                0,
                data,
                Optional.empty(),
                ZoneOffset.UTC,
                Duration.ofSeconds(50),
                Optional.empty()),
            new LimitSettings(
                Duration.ofMinutes(1),
                0,
                1_000,
                9,
                Duration.ofMinutes(30),
                STATEMENTS,
                Duration.ofMinutes(10),
                new RunningLimits(RUNNING, 0, 0, 0),
                new DataSize(20_000)));
    client = WireClient.open(gateway);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    gateway.awaitNothingOpen();
    gateway.close();
  }

  private Answer begin(int statement, String sql) throws Exception {
    Answer answer =
        client.ask("execute", "'statement':" + statement + ",'sql':'" + sql + "','page':" + FEW);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.state()).isEqualTo("more");
    return answer;
  }

  private CompletableFuture<Answer> later(String exchange, String members) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return client.ask(exchange, members);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private boolean cancelled(int statement) throws Exception {
    return client.ask("cancel", "'statement':" + statement).json().path("found").asBoolean();
  }

  @Test
  void aLateRowIsAwaitedWithSignsOfLife() throws Exception {
    Answer first = client.execute(-1, "late 4500");
    assertThat(first.state()).isEqualTo("more");
    assertThat(WireClient.page(first.body()).batches()).isZero();
    assertThat(first.body()).isNotEmpty();
    WireClient.Result result = client.rest(-1, first, "{}");
    assertThat(result.rows()).containsExactly(List.of(0L, "name 0"));
    assertThat(result.pages()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void cancelAnswersWhoWaitsAndEndsItAtTheSource() throws Exception {
    begin(-1, "wait");
    CompletableFuture<Answer> waiting = later("fetch", "'statement':-1,'offset':0");
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(cancelled(-1)).isTrue();
    Answer answer = waiting.get(10, TimeUnit.SECONDS);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.sqlState()).isEqualTo("57014");
    assertThat(answer.json().path("message").asText()).startsWith("the statement was cancelled (q");
    while (gateway.planner().cancelled.get() == 0) {
      // Whoever waited is told first; the test's own time-out bounds this.
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(gateway.planner().cancelled).hasValue(1);
    assertThat(cancelled(-1)).isFalse();
    assertThat(client.read(-1, "rows 3").rows()).hasSize(3);
  }

  @Test
  void cancelBetweenTwoPagesIsToldByTheNext() throws Exception {
    begin(-1, "rows 3000000");
    assertThat(cancelled(-1)).isTrue();
    assertThat(client.fetch(-1, 100, FEW).sqlState()).isEqualTo("57014");
    assertThat(gateway.openStatements()).isZero();
  }

  @Test
  void cancelOfWhatIsBeingPlannedAnswersItsExecute() throws Exception {
    CompletableFuture<Answer> planning = later("execute", "'statement':-1,'sql':'plan 5000'");
    // A cancel that overtakes its execute finds nothing.
    while (!cancelled(-1)) {
      assertThat(planning).isNotDone();
    }
    assertThat(planning.get(4, TimeUnit.SECONDS).sqlState()).isEqualTo("57014");
  }

  @Test
  void whatIsPreparedOutlivesItsCancel() throws Exception {
    client.ask("prepare", "'statement':-4,'sql':'rows 2000000'");
    for (int i = 0; i < 2; i++) {
      Answer first = client.ask("execute", "'statement':-4,'parameters':[],'page':" + FEW);
      assertThat(first.state()).isEqualTo("more");
      assertThat(cancelled(-4)).isTrue();
      assertThat(client.fetch(-4, 100, FEW).sqlState()).isEqualTo("57014");
    }
    assertThat(gateway.openStatements()).isEqualTo(1);
  }

  @Test
  void cancelOfNothingFindsNothing() throws Exception {
    assertThat(cancelled(-1)).isFalse();
    client.ask("prepare", "'statement':-2,'sql':'rows 1'");
    assertThat(cancelled(-2)).isFalse();
    client.read(-2, "'parameters':[]", "{}");
    assertThat(cancelled(-2)).isFalse();
  }

  @Test
  void anErrorInTheMiddleEndsTheResult() throws Exception {
    begin(-1, "fails 2500");
    long offset = 100;
    Answer answer = client.fetch(-1, offset, FEW);
    while (answer.status() == 200) {
      assertThat(answer.state()).isEqualTo("more");
      offset += WireClient.page(answer.body()).rows();
      answer = client.fetch(-1, offset, FEW);
    }
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.sqlState()).isEqualTo("HV000");
    assertThat(answer.header("Kurobe-Warnings")).startsWith("-1 q");
    assertThat(client.fetch(-1, offset, FEW).sqlState()).isEqualTo("57014");
    assertThat(gateway.openStatements()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 99, 101, Long.MAX_VALUE})
  void aPageIsGivenOnce(long offset) throws Exception {
    begin(-1, "rows 3000000");
    Answer answer = client.fetch(-1, offset, FEW);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.sqlState()).isEqualTo("08P01");
    assertThat(client.fetch(-1, 100, FEW).sqlState()).isEqualTo("57014");
  }

  @Test
  void executingOnANumberEndsWhatRunsThere() throws Exception {
    begin(-1, "wait");
    CompletableFuture<Answer> waiting = later("fetch", "'statement':-1,'offset':0");
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(client.read(-1, "rows 3").rows()).hasSize(3);
    assertThat(waiting.get(10, TimeUnit.SECONDS).sqlState()).isEqualTo("57014");
  }

  @Test
  void closingRidesAlongWhateverBecomesOfTheRest() throws Exception {
    begin(-1, "rows 3000000");
    begin(-2, "wait");
    assertThat(client.sqlState("execute", "'statement':-3,'sql':'broken','close':[-1,-2,-99]"))
        .isEqualTo("42703");
    gateway.awaitNothingOpen();
    begin(-1, "wait");
    assertThat(client.ask("close", "'close':[-1]").status()).isEqualTo(200);
    gateway.awaitNothingOpen();
  }

  @Test
  void aStatementIsItsConnectionsAlone() throws Exception {
    begin(-1, "rows 3000000");
    WireClient other = WireClient.open(gateway);
    assertThat(other.fetch(-1, 100, FEW).sqlState()).isEqualTo("57014");
    assertThat(other.ask("cancel", "'statement':-1").json().path("found").asBoolean()).isFalse();
    assertThat(other.ask("close", "'close':[-1]").status()).isEqualTo(200);
    WireClient stranger = client.as("mallory");
    for (String exchange : List.of("execute", "fetch", "prepare", "cancel", "close")) {
      Answer answer =
          stranger.ask(exchange, "'statement':-1,'offset':100,'sql':'rows 1','close':[-1]");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.sqlState()).isEqualTo("28000");
    }
    assertThat(client.fetch(-1, 100, FEW).state()).isEqualTo("more");
    other.close();
  }

  @Test
  void aClosedConnectionIsSaid() throws Exception {
    begin(-1, "rows 3000000");
    client.close();
    assertThat(client.fetch(-1, 100, FEW).sqlState()).isEqualTo("08003");
    assertThat(client.execute(-1, "rows 1").sqlState()).isEqualTo("08003");
  }

  @Test
  void numbersThatAreNotTheClientsAreRefused() throws Exception {
    for (String number : List.of("0", "1", "2147483647")) {
      String members = "'statement':" + number + ",'offset':0,'sql':'rows 1'";
      for (String exchange : List.of("execute", "fetch", "prepare", "cancel")) {
        assertThat(client.sqlState(exchange, members)).isEqualTo("08P01");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'sql':'rows 1'",
        "'statement':null,'sql':'rows 1'",
        "'statement':'-1','sql':'rows 1'",
        "'statement':-1.5,'sql':'rows 1'",
        "'statement':-99999999999,'sql':'rows 1'",
        "'statement':-1,'sql':5",
        "'statement':-1,'sql':true",
        "'statement':-1,'sql':1.5",
        "'statement':-1,'sql':['rows 1']",
        "'statement':-1,'sql':'rows 1','parameters':[]",
        "'statement':-1,'sql':'rows 1','maxRows':-1",
        "'statement':-1,'sql':'rows 1','maxRows':true",
        "'statement':-1,'sql':'rows 1','page':{'rows':-1}",
        "'statement':-1,'sql':'rows 1','page':7",
        "'statement':-1,'sql':'rows 1','close':-2",
        "'statement':-1,'sql':'rows 1','close':[null]",
        "'statement':-1,'sql':'rows 1','close':['-2']",
        "'statement':-1,'parameters':[{'type':'NO SUCH','value':1}]",
        "'statement':-1,'parameters':[{'type':'JAVA_SQL_TIME','value':-5}]",
        "'statement':-1,'parameters':[{'type':'JAVA_SQL_DATE','value':'x'}]",
        "'statement':-1,'parameters':[{'type':'BYTE_STRING','value':'%%%'}]",
        "'statement':-1,'parameters':[{'type':null,'value':5}]",
        "'statement':-1,'parameters':[5]",
        "'statement':-1,'parameters':{}"
      })
  void aRequestThatIsMalformedIsRefused(String members) throws Exception {
    Answer answer = client.ask("execute", members);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.sqlState()).isEqualTo("08P01");
    assertThat(answer.text()).doesNotContain("Exception", "java.", "jackson");
    assertThat(client.read(-1, "rows 1").rows()).hasSize(1);
  }

  @Test
  void bytesOfAnyKindAreAnswered() throws Exception {
    Random random = new Random(11);
    byte[] good =
        "{\"connection\":\"nobody's\",\"statement\":-1,\"offset\":0,\"sql\":\"rows 1\",\"close\":[-1]}"
            .getBytes(StandardCharsets.UTF_8);
    for (String exchange : List.of("execute", "fetch", "prepare", "cancel", "close")) {
      for (int length = 0; length < good.length; length++) {
        byte[] part = Arrays.copyOf(good, length);
        assertThat(client.send(exchange, "1", part).sqlState()).isEqualTo("08P01");
      }
      assertThat(client.send(exchange, "1", good).sqlState()).isEqualTo("08003");
      for (int i = 0; i < 200; i++) {
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        Answer answer = client.send(exchange, "1", bytes);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sqlState()).isEqualTo("08P01");
      }
      byte[] deep = ("{\"connection\":" + "[".repeat(9_999)).getBytes(StandardCharsets.UTF_8);
      assertThat(client.send(exchange, "1", deep).sqlState()).isEqualTo("08P01");
      for (String version : List.of("", "0", "2", "1.0", "x")) {
        assertThat(client.send(exchange, version, good).sqlState()).isEqualTo("08P01");
      }
    }
    assertThat(client.read(-1, "rows 1").rows()).hasSize(1);
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    Answer request = client.send("execute", "1", new byte[20_001]);
    assertThat(request.status()).isEqualTo(413);
    assertThat(request.sqlState()).isEqualTo("54000");
    assertThat(request.json().path("message").asText()).contains("limits.requestSize");
    Answer statement = client.execute(-1, "rows 1" + " ".repeat(2_000));
    assertThat(statement.status()).isEqualTo(413);
    assertThat(statement.sqlState()).isEqualTo("54000");
    assertThat(client.read(-1, "rows 1").rows()).hasSize(1);
  }

  @Test
  void whatALaterVersionAddsIsIgnored() throws Exception {
    Answer answer =
        client.ask(
            "execute",
            "'statement':-1,'sql':'rows 2','new':{'a':[1]},'page':{'rows':0,'shape':'round',"
                + "'compression':['snappy']}");
    assertThat(answer.state()).isEqualTo("end");
    assertThat(client.rest(-1, answer, "{}").rows()).hasSize(2);
  }

  @Test
  void thousandsOfStatementsNeverClosedAreBounded() throws Exception {
    int refused = 0;
    for (int i = 1; i <= 9_000; i++) {
      Answer answer =
          client.ask("execute", "'statement':" + -i + ",'sql':'rows 2000','page':{'rows':1}");
      refused += answer.sqlState().equals("53400") ? 1 : 0;
    }
    assertThat(refused).isEqualTo(9_000 - RUNNING);
    assertThat(gateway.openStatements()).isEqualTo(RUNNING);
    for (int i = 9_001; i <= 10_000; i++) {
      String state = client.sqlState("prepare", "'statement':" + -i + ",'sql':'rows 1'");
      assertThat(state).isEqualTo(i <= 9_000 + STATEMENTS - RUNNING ? "" : "53400");
    }
    assertThat(gateway.openStatements()).isEqualTo(STATEMENTS);
    assertThat(client.execute(-20_000, "rows 1").sqlState()).isEqualTo("53400");
    client.ask("close", "'close':[-1]");
    assertThat(client.execute(-20_000, "rows 1").state()).isEqualTo("end");
  }

  @Test
  void clientsThatReadNoByteOfTheirAnswersHoldUpNobody() throws Exception {
    // Forty answers of 400 KB fill what systems keep for sockets, and most stay with the gateway.
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 1; i <= 40; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", gateway.port()));
        silent.add(socket);
        client.askWithoutListening(socket, "execute", "'statement':-1,'sql':'rows 20000'");
      }
      for (int i = 2; i < 50; i++) {
        assertThat(client.read(-i, "'sql':'rows 12345'", "{}").rows()).hasSize(12_345);
      }
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
    client.ask("close", "'close':[-1]");
    assertThat(gateway.openStatements()).isZero();
  }

  @Test
  void aGatewayThatStopsLetsResultsBeReadAndRefusesNewOnes() throws Exception {
    begin(-1, "rows 2000");
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> gateway.gateway().close());
    Answer refused = client.execute(-2, "rows 1");
    while (refused.status() == 200) {
      refused = client.execute(-2, "rows 1");
    }
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.sqlState()).isEqualTo("57P01");
    assertThat(closing).isNotDone();
    long rows = 100;
    Answer page = client.fetch(-1, rows, "{'rows':950}");
    while (page.state().equals("more")) {
      rows += WireClient.page(page.body()).rows();
      // The statement itself has ended by now, but its client does not know.
      TimeUnit.MILLISECONDS.sleep(200);
      page = client.fetch(-1, rows, "{'rows':950}");
    }
    assertThat(page.state()).as(page.text()).isEqualTo("end");
    assertThat(rows + WireClient.page(page.body()).rows()).isEqualTo(2_000);
    closing.get(30, TimeUnit.SECONDS);
    start();
  }
}

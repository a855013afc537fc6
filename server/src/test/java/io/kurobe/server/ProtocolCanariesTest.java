package io.kurobe.server;

import static io.kurobe.server.GuardedGateway.basic;
import static io.kurobe.server.GuardedGateway.key;
import static io.kurobe.server.GuardedGateway.one;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Bob may read a marked value and alice may not: not by his connection, his statements, their ids,
 * his API key beside her password, or what is logged and recorded of him.
 */
@Timeout(120)
class ProtocolCanariesTest {
  private static final String MARK = "kestrel";
  private static final String SECRET = "SELECT item FROM files.main.vault ORDER BY 1";

  @TempDir private static Path directory;

  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.kurobe");
  private static final Queue<String> LOGGED = new ConcurrentLinkedQueue<>();
  private static final AppenderBase<ILoggingEvent> APPENDER =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          LOGGED.add(event.getFormattedMessage() + trace(event));
        }

        private static String trace(ILoggingEvent event) {
          return event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
        }
      };

  private static SecuredGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    APPENDER.setContext(LOGGER.getLoggerContext());
    APPENDER.start();
    LOGGER.addAppender(APPENDER);
    LOGGER.setLevel(Level.DEBUG);
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("files.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE vault AS SELECT 'kestrel' || i AS item FROM range(20000) t(i)");
      statement.execute("CREATE TABLE open AS SELECT 'seen' AS item");
    }
    gateway =
        new SecuredGateway(directory, "sources: {files: {type: duckdb, path: files.duckdb}}\n");
    gateway.say(
        "root",
        "GRANT SELECT ON files.main.vault TO USER bob",
        "GRANT SELECT ON files.main.open TO USER alice");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    LOGGER.setLevel(null);
    LOGGER.detachAppender(APPENDER);
    APPENDER.stop();
  }

  private static String avatica(String request, String connection, String more) {
    return "{\"request\":\"" + request + "\",\"connectionId\":\"" + connection + "\"" + more + "}";
  }

  private static void refused(HttpResponse<String> answer, String what) {
    assertThat(answer.body()).as(what).contains("\"sqlState\":\"28000\"").doesNotContain(MARK);
  }

  @Test
  void nobodyReadsOnWhereAnotherBegan() throws Exception {
    gateway.post("bob", "/", avatica("openConnection", "b-1", ""));
    gateway.post("alice", "/", avatica("openConnection", "a-1", ""));
    String created = gateway.post("bob", "/", avatica("createStatement", "b-1", "")).body();
    String id = created.replaceFirst("(?s).*\"statementId\":(\\d+).*", "$1");
    String statement = ",\"statementId\":" + id;
    String execute = statement + ",\"sql\":\"" + SECRET + "\",\"maxRowCount\":-1";
    assertThat(gateway.post("bob", "/", avatica("prepareAndExecute", "b-1", execute)).body())
        .contains(MARK);
    // After the first frame, which holds as many rows as any.
    String fetch = statement + ",\"offset\":5000,\"fetchMaxRowCount\":10";
    for (String body :
        List.of(
            avatica("fetch", "b-1", fetch),
            avatica("prepareAndExecute", "b-1", execute),
            avatica("createStatement", "b-1", ""),
            avatica("closeStatement", "b-1", statement),
            avatica("closeConnection", "b-1", ""),
            avatica("openConnection", "b-1", ""),
            avatica("connectionSync", "b-1", ",\"connProps\":{\"connProps\":\"connPropsImpl\"}"),
            avatica("getTables", "b-1", ""))) {
      refused(gateway.post("alice", "/", body), body);
    }
    // The number means nothing on a connection of her own.
    assertThat(gateway.post("alice", "/", avatica("fetch", "a-1", fetch)).body())
        .doesNotContain(MARK)
        .contains("\"response\":\"error\"");
    assertThat(gateway.post("bob", "/", avatica("fetch", "b-1", fetch)).body()).contains(MARK);
  }

  @Test
  void theColumnarWireIsNoOtherDoor() throws Exception {
    String members = "{\"connection\":\"b-2\",\"statement\":-1,\"offset\":0,\"sql\":\"%s\"}";
    String body = members.formatted(SECRET);
    gateway.post("bob", "/", avatica("openConnection", "b-2", ""));
    gateway.post("bob", "/v1/execute", body);
    for (String exchange : List.of("execute", "fetch", "prepare", "progress", "cancel", "close")) {
      HttpResponse<String> answer = gateway.post("alice", "/v1/" + exchange, body);
      assertThat(answer.statusCode()).as(exchange).isEqualTo(401);
      assertThat(answer.body()).as(exchange).doesNotContain(MARK);
    }
  }

  @Test
  void whoSendsARequestIsWhatItsProofSays() throws Exception {
    String key;
    try (Connection bob = gateway.connect("bob")) {
      key = key(bob, "CREATE API KEY theirs");
    }
    String alice = basic("alice", SecuredGateway.PASSWORD);
    String asBob =
        ",\"info\":{\"user\":\"bob\",\"avatica_user\":\"bob\",\"principal\":\"bob\",\"apiKey\":\""
            + key
            + "\"}";
    gateway.post(
        "/",
        avatica("openConnection", "a-2", asBob),
        List.of(
            "Authorization",
            alice,
            "X-Forwarded-User",
            "bob",
            "Remote-User",
            "bob",
            "From",
            "bob"));
    String created = gateway.post("alice", "/", avatica("createStatement", "a-2", "")).body();
    String execute =
        ",\"statementId\":"
            + created.replaceFirst("(?s).*\"statementId\":(\\d+).*", "$1")
            + ",\"sql\":\""
            + SECRET
            + "\",\"maxRowCount\":-1";
    assertThat(gateway.post("alice", "/", avatica("prepareAndExecute", "a-2", execute)).body())
        .doesNotContain(MARK)
        .contains("42P01");
    String open = avatica("openConnection", "a-3", "");
    for (List<String> proofs :
        List.of(
            List.of("Authorization", alice, "Authorization", "Bearer " + key),
            List.of("Authorization", "Bearer " + key, "Authorization", alice),
            List.of("Authorization", alice, "authorization", alice),
            List.of("Authorization", alice + ", Bearer " + key),
            List.of("Authorization", basic("alice", key)),
            List.of("Authorization", "Bearer " + key + " " + alice),
            List.of("Authorization", "Bearer " + unsigned("bob")),
            List.of("Authorization", "Bearer " + unsigned("root")))) {
      refused(gateway.post("/", open, proofs), proofs.toString());
    }
  }

  private static String unsigned(String user) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String header = base64.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    String claims =
        base64.encodeToString(
            ("{\"sub\":\"" + user + "\",\"exp\":9999999999}").getBytes(StandardCharsets.UTF_8));
    return header + "." + claims + ".";
  }

  @Test
  void nobodySeesOrKillsWhatAnotherRuns() throws Exception {
    try (Connection bob = gateway.connect("bob");
        Connection alice = gateway.connect("alice");
        Connection root = gateway.connect("root");
        Statement hers = alice.createStatement()) {
      String slow = GuardedGateway.LONG + " AND 'kestrel' <> ''";
      CompletableFuture<String> running =
          CompletableFuture.supplyAsync(() -> SqlStates.of(() -> one(bob, slow)));
      String id = "";
      while (id.isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(50);
        id =
            one(
                root,
                "SELECT query_id FROM system.runtime.queries WHERE principal = 'bob' AND ended IS"
                    + " NULL");
      }
      String kill = "KILL '" + id + "'";
      String unknown = "KILL 'q20260101_000000_00000'";
      assertThat(told(hers, kill).replace(id, "…"))
          .isEqualTo(told(hers, unknown).replace("q20260101_000000_00000", "…"));
      for (String table : List.of("queries", "sessions", "fragments")) {
        String of = id;
        assertThat(
                ConfiguredGateway.rows(hers.executeQuery("SELECT * FROM system.runtime." + table)))
            .as(table)
            .filteredOn(row -> !row.contains("KILL '"))
            .noneMatch(row -> row.contains("bob") || row.contains(of) || row.contains(MARK));
      }
      assertThat(running).isNotDone();
      try (Statement administrators = root.createStatement()) {
        administrators.execute(kill);
      }
      assertThat(running.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
    }
  }

  /** The message but for the id of the statement itself. */
  private static String told(Statement statement, String sql) {
    try {
      statement.execute(sql);
      return "done";
    } catch (SQLException e) {
      return e.getSQLState() + e.getMessage().replaceFirst("\\([^()]*\\)$", "");
    }
  }

  @Test
  void noValueIsLoggedOfWhoMayReadItEither() throws Exception {
    try (Connection bob = gateway.connect("bob");
        Statement statement = bob.createStatement()) {
      assertThat(one(bob, SECRET)).contains(MARK);
      // He is told which value is no number; the log is not.
      for (String sql :
          List.of(
              "SELECT CAST(item AS INTEGER) FROM files.main.vault",
              "SELECT CAST(item AS DATE) FROM files.main.vault ORDER BY 1",
              "SELECT SUM(CAST(item AS DOUBLE)) FROM files.main.vault GROUP BY item")) {
        assertThat(SqlStates.of(() -> statement.execute(sql))).as(sql).startsWith("22");
      }
    }
    assertThat(LOGGED).isNotEmpty().noneMatch(line -> line.contains(MARK));
  }
}

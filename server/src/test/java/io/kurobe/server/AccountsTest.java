package io.kurobe.server;

import static io.kurobe.server.GuardedGateway.ADMIN;
import static io.kurobe.server.GuardedGateway.LONG;
import static io.kurobe.server.GuardedGateway.PASSWORD;
import static io.kurobe.server.GuardedGateway.basic;
import static io.kurobe.server.GuardedGateway.key;
import static io.kurobe.server.GuardedGateway.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may use a gateway in mode users, through our driver and by hand. */
@Timeout(120)
class AccountsTest {
  @TempDir private Path directory;
  private GuardedGateway gateway;

  @BeforeEach
  void start() {
    gateway = GuardedGateway.start(directory);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void nothingIsAnsweredWithoutProofButThatItLives() throws Exception {
    List<String> routes =
        List.of(
            "/",
            "/health",
            "/metrics",
            "/v1/execute",
            "/v1/fetch",
            "/v1/prepare",
            "/v1/cancel",
            "/v1/close",
            "/elsewhere",
            "/health/live/",
            "//",
            "/health/../metrics",
            "/health/live/../../metrics",
            "/health/live;/../../metrics");
    String open = "{\"request\":\"openConnection\",\"connectionId\":\"c1\"}";
    for (String route : routes) {
      for (String method : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD")) {
        for (String proof :
            List.of(
                "",
                basic("", ""),
                "Basic !!!",
                "Bearer ",
                "Bearer kb_x",
                "Bearer a.b.c",
                "Negotiate abc")) {
          HttpResponse<String> answer = gateway.http(method, route, proof, open);
          // Jetty itself refuses an address that is ambiguous.
          assertThat(answer.statusCode()).as(method + " " + route).isIn(400, 401);
          if (answer.statusCode() == 401) {
            assertThat(answer.headers().allValues("WWW-Authenticate")).hasSize(2);
          }
          assertThat(answer.body()).doesNotContain("files", "jvm_", "openConnection");
        }
      }
    }
    assertThat(gateway.http("GET", "/health/live", "", "").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = gateway.http("POST", "/", "", open);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("\"sqlState\":\"28000\"");
  }

  @Test
  void usersComeWithTheirPasswordAndChangeItThemselves() throws Exception {
    gateway.administer("CREATE USER ada PASSWORD 'first secret'");
    assertThat(gateway.stateOf("ada", "wrong secret")).isEqualTo("28000");
    assertThat(gateway.stateOf("nobody", "first secret")).isEqualTo("28000");
    try (Connection connection = gateway.connect("ADA", "first secret");
        Statement statement = connection.createStatement()) {
      assertThat(one(connection, "SELECT 1 + 1")).isEqualTo("2");
      for (String sql :
          List.of(
              "CREATE USER bob PASSWORD 'x12345678'",
              "ALTER USER root PASSWORD 'x12345678'",
              "ALTER USER root DISABLE",
              "DROP USER root",
              "CREATE API KEY k FOR root")) {
        assertThat(SqlStates.of(() -> statement.execute(sql))).as(sql).isEqualTo("42501");
      }
      assertThat(SqlStates.of(() -> statement.execute("ALTER USER ada PASSWORD 'short'")))
          .isEqualTo("22023");
      statement.execute("ALTER USER ada PASSWORD 'second secret'");
      // The old password was right a moment ago, and is not any more.
      assertThat(SqlStates.of(() -> one(connection, "SELECT 1"))).isEqualTo("28000");
    }
    assertThat(gateway.stateOf("ada", "first secret")).isEqualTo("28000");
    assertThat(gateway.stateOf("ada", "second secret")).isEqualTo("null");
  }

  @Test
  void namesDifferInMoreThanCaseAndAreOfAForm() throws Exception {
    gateway.administer("CREATE USER ada");
    try (Connection root = gateway.connect(ADMIN, PASSWORD);
        Statement statement = root.createStatement()) {
      assertThat(SqlStates.of(() -> statement.execute("CREATE USER ADA"))).isEqualTo("42710");
      assertThat(SqlStates.of(() -> statement.execute("CREATE USER \"a:b\""))).isEqualTo("22023");
      assertThat(SqlStates.of(() -> statement.execute("DROP USER bob"))).isEqualTo("42704");
      statement.execute("DROP USER IF EXISTS bob");
      assertThat(SqlStates.of(() -> statement.execute("DROP USER root"))).isEqualTo("42501");
    }
    // One without a password has none that is right.
    assertThat(gateway.stateOf("ada", "")).isEqualTo("28000");
  }

  @Test
  void whoIsDisabledOrDroppedIsShutOutAtOnce() throws Exception {
    gateway.administer("CREATE USER ada PASSWORD 'first secret'");
    for (String shutOut : List.of("ALTER USER ada DISABLE", "DROP USER ada")) {
      try (Connection connection = gateway.connect("ada", "first secret")) {
        CompletableFuture<String> running =
            CompletableFuture.supplyAsync(() -> SqlStates.of(() -> one(connection, LONG)));
        awaitRunning();
        gateway.administer(shutOut);
        assertThat(running.get(20, TimeUnit.SECONDS)).isIn("57014", "28000");
        assertThat(SqlStates.of(() -> one(connection, "SELECT 1"))).isEqualTo("28000");
        assertThat(gateway.stateOf("ada", "first secret")).isEqualTo("28000");
      }
      if (shutOut.contains("DISABLE")) {
        gateway.administer("ALTER USER ada ENABLE");
      }
    }
    gateway.administer("CREATE USER ada PASSWORD 'third secret'");
    assertThat(gateway.stateOf("ada", "third secret")).isEqualTo("null");
  }

  /** Until a statement is at work: the metrics count them, whoever's they are. */
  private void awaitRunning() throws Exception {
    String at = "kurobe_statements_running 1";
    while (!gateway.http("GET", "/metrics", basic(ADMIN, PASSWORD), "").body().contains(at)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    // So that it is at its source, too.
    TimeUnit.MILLISECONDS.sleep(200);
  }

  @Test
  void aKeyIsShownOnceAndIsAsGoodAsItsScopes() throws Exception {
    gateway.administer("CREATE USER ada PASSWORD 'first secret'");
    String all;
    String asking;
    try (Connection ada = gateway.connect("ada", "first secret")) {
      all = key(ada, "CREATE API KEY laptop");
      asking = key(ada, "CREATE API KEY bot EXPIRES '90d' SCOPE 'ask'");
      assertThat(all).matches("kb_[0-9A-Za-z]{58}");
      assertThat(SqlStates.of(() -> key(ada, "CREATE API KEY LAPTOP"))).isEqualTo("42710");
      assertThat(SqlStates.of(() -> key(ada, "CREATE API KEY x EXPIRES '2001-01-01'")))
          .isEqualTo("22023");
      assertThat(SqlStates.of(() -> key(ada, "CREATE API KEY x SCOPE 'everything'")))
          .isEqualTo("22023");
      String shown = String.join("\n", ConfiguredGateway.rows(rows(ada, "SHOW API KEYS")));
      assertThat(shown)
          .contains("bot ada kb_" + asking.substring(3, 15) + " ask ", "laptop ada")
          .doesNotContain(asking.substring(15, 55), all.substring(15, 55));
    }
    try (Connection byKey = gateway.connectBy("apiKey", all)) {
      assertThat(one(byKey, "SHOW USERS")).isEqualTo("ada");
      assertThat(String.join("\n", ConfiguredGateway.rows(rows(byKey, "SHOW API KEYS"))))
          .doesNotContain("laptop ada kb_" + all.substring(3, 15) + "  null");
    }
    assertThat(gateway.stateOf("ada", all)).isEqualTo("null");
    assertThat(gateway.http("GET", "/metrics", basic("", all), "").statusCode()).isEqualTo(200);
    assertThat(gateway.stateOf("root", all)).isEqualTo("28000");
    try (Connection byKey = gateway.connectBy("apiKey", asking)) {
      for (String sql : List.of("SELECT 1", "SHOW TABLES", "CREATE API KEY more")) {
        assertThat(SqlStates.of(() -> one(byKey, sql))).as(sql).isEqualTo("42501");
      }
      assertThat(SqlStates.of(() -> byKey.getMetaData().getTables(null, null, null, null)))
          .isEqualTo("42501");
      assertThat(SqlStates.of(() -> one(byKey, "SELECT * FROM (ASK 'how many') t")))
          .isEqualTo("42501");
      assertThat(SqlStates.of(() -> one(byKey, "ASK 'how many unicorns are there'")))
          .startsWith("KA");
    }
    assertThat(gateway.http("GET", "/metrics", "Bearer " + asking, "").statusCode()).isEqualTo(403);
    assertThat(gateway.http("GET", "/metrics", "Bearer " + all, "").statusCode()).isEqualTo(200);
  }

  private static java.sql.ResultSet rows(Connection connection, String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }

  @Test
  void scopesOfMetadataAndSqlAreTakenAtTheirWord() throws Exception {
    try (Connection root = gateway.connect(ADMIN, PASSWORD)) {
      String metadata = key(root, "CREATE API KEY m SCOPE 'metadata'");
      String sql = key(root, "CREATE API KEY s SCOPE 'sql', 'metrics'");
      try (Connection byKey = gateway.connectBy("apiKey", metadata)) {
        assertThat(byKey.getMetaData().getTables(null, null, null, null)).isNotNull();
        assertThat(one(byKey, "SHOW CATALOGS")).isEqualTo("files");
        assertThat(SqlStates.of(() -> one(byKey, "SELECT 1"))).isEqualTo("42501");
        assertThat(
                SqlStates.of(() -> one(byKey, "SELECT 1 FROM system.jdbc.tables, (SELECT 1) AS t")))
            .isEqualTo("42501");
      }
      try (Connection byKey = gateway.connectBy("apiKey", sql)) {
        assertThat(one(byKey, "SELECT 1")).isEqualTo("1");
        assertThat(one(byKey, "SHOW CATALOGS")).isEqualTo("files");
        assertThat(SqlStates.of(() -> one(byKey, "SHOW USERS"))).isEqualTo("42501");
        assertThat(SqlStates.of(() -> one(byKey, "ASK 'how many'"))).isEqualTo("42501");
      }
    }
  }

  @Test
  void aKeyThatIsDroppedIsWorthNothingAtOnce() throws Exception {
    gateway.administer("CREATE USER ada PASSWORD 'first secret'");
    String text;
    try (Connection ada = gateway.connect("ada", "first secret")) {
      text = key(ada, "CREATE API KEY laptop");
    }
    try (Connection byKey = gateway.connectBy("apiKey", text);
        Connection byPassword = gateway.connect("ada", "first secret")) {
      CompletableFuture<String> running =
          CompletableFuture.supplyAsync(() -> SqlStates.of(() -> one(byKey, LONG)));
      awaitRunning();
      gateway.administer("DROP API KEY laptop FOR ada");
      assertThat(running.get(10, TimeUnit.SECONDS)).isIn("57014", "28000");
      assertThat(SqlStates.of(() -> one(byKey, "SELECT 1"))).isEqualTo("28000");
      assertThat(one(byPassword, "SELECT 1")).isEqualTo("1");
    }
    assertThat(SqlStates.of(() -> gateway.connectBy("apiKey", text).close())).isEqualTo("28000");
    String typo = text.substring(0, 30) + (text.charAt(30) == 'a' ? 'b' : 'a') + text.substring(31);
    assertThat(SqlStates.of(() -> gateway.connectBy("apiKey", typo).close())).isEqualTo("28000");
  }

  @Test
  void aConnectionIsItsUsersAndItsKeysAlone() throws Exception {
    gateway.administer("CREATE USER ada PASSWORD 'first secret'");
    String key;
    try (Connection root = gateway.connect(ADMIN, PASSWORD)) {
      key = key(root, "CREATE API KEY narrow SCOPE 'ask'");
    }
    String open = "{\"request\":\"openConnection\",\"connectionId\":\"c-1\"}";
    String create = "{\"request\":\"createStatement\",\"connectionId\":\"c-1\"}";
    String root = basic(ADMIN, PASSWORD);
    assertThat(gateway.http("POST", "/", root, open).body()).contains("openConnection");
    for (String other : List.of(basic("ada", "first secret"), "Bearer " + key)) {
      assertThat(gateway.http("POST", "/", other, create).body())
          .contains("\"sqlState\":\"28000\"");
      for (String exchange : List.of("execute", "fetch", "prepare", "cancel", "close")) {
        String members =
            "{\"connection\":\"c-1\",\"statement\":-1,\"offset\":0,\"sql\":\"SELECT 1\"}";
        assertThat(gateway.http("POST", "/v1/" + exchange, other, members).statusCode())
            .isEqualTo(401);
      }
    }
    assertThat(gateway.http("POST", "/", root, create).body()).contains("createStatement");
  }

  @Test
  void healthTellsTheSourcesToAdministratorsAlone() throws Exception {
    gateway.administer("CREATE USER ada PASSWORD 'first secret'");
    assertThat(gateway.http("GET", "/health", basic(ADMIN, PASSWORD), "").body())
        .contains("\"files\"");
    assertThat(gateway.http("GET", "/health", basic("ada", "first secret"), "").body())
        .matches("\\{\"status\":\"\\w+\"}");
  }

  @Test
  void usersAndKeysOutliveARestartAndTheFileDoesNotBringThePasswordBack() throws Exception {
    gateway.administer(
        "CREATE USER ada PASSWORD 'first secret'", "ALTER USER root PASSWORD 'another one'");
    String key;
    try (Connection ada = gateway.connect("ada", "first secret")) {
      key = key(ada, "CREATE API KEY laptop");
    }
    gateway.close();
    gateway = GuardedGateway.start(directory);
    assertThat(gateway.stateOf("ada", "first secret")).isEqualTo("null");
    assertThat(SqlStates.of(() -> gateway.connectBy("apiKey", key).close())).isEqualTo("null");
    assertThat(gateway.stateOf(ADMIN, PASSWORD)).isEqualTo("28000");
    assertThat(gateway.stateOf(ADMIN, "another one")).isEqualTo("null");
  }

  @Test
  void noSecretIsKeptOrShown() throws Exception {
    String key;
    try (Connection root = gateway.connect(ADMIN, PASSWORD);
        Statement statement = root.createStatement()) {
      statement.execute("CREATE USER ada /* PASSWORD */ PASSWORD 'canary-one'");
      statement.execute("ALTER USER ada PASSWORD\n-- ' a remark\n'canary-two'");
      assertThat(SqlStates.of(() -> statement.execute("ALTER USER ada PASWORD 'canary-six'")))
          .isEqualTo("42601");
      assertThat(SqlStates.of(() -> statement.execute("ALTER USER bob PASSWORD 'canary-three'")))
          .isEqualTo("42704");
      assertThat(SqlStates.of(() -> statement.execute("CREATE USER x PASSWORD 'canary-four")))
          .isEqualTo("42601");
      SQLException prepared =
          catchThrowableOfType(
              SQLException.class,
              () -> root.prepareStatement("CREATE USER ada PASSWORD 'canary-five'").execute());
      assertThat(prepared.getSQLState()).isEqualTo("42710");
      assertThat(prepared.getMessage()).doesNotContain("canary");
      key = key(root, "CREATE API KEY k");
      String shown =
          String.join(
              "\n",
              ConfiguredGateway.rows(rows(root, "SELECT statement FROM system.runtime.queries")));
      assertThat(shown).contains("PASSWORD '***'").doesNotContain("canary-");
    }
    gateway.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("kurobe.yaml")) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain("canary-", PASSWORD, key.substring(15, 55));
        }
      }
    }
    start();
  }

  @Test
  void guessingIsSlowedAndTheNextHasToWait() throws SQLException {
    gateway.administer("CREATE USER ada PASSWORD 'first secret'");
    for (int i = 0; i < 5; i++) {
      assertThat(gateway.stateOf("ada", "guess " + i)).isEqualTo("28000");
    }
    SQLException locked =
        catchThrowableOfType(SQLException.class, () -> gateway.connect("ada", "first secret"));
    assertThat(locked.getSQLState()).isEqualTo("28000");
    assertThat(locked.getMessage()).contains("too many", "Try again in");
    // Others are not held up by it.
    assertThat(gateway.stateOf(ADMIN, PASSWORD)).isEqualTo("null");
  }
}

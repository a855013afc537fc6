package io.kurobe.server;

import static io.kurobe.server.GuardedGateway.LONG;
import static io.kurobe.server.GuardedGateway.key;
import static io.kurobe.server.GuardedGateway.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways whose state is in one PostgreSQL: what one changes holds at the other soon. */
@Timeout(120)
class SharedUsersTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PASSWORD = "opensesame";

  @TempDir private static Path directory;

  private static ConfiguredGateway here;
  private static ConfiguredGateway there;

  @BeforeAll
  static void start() throws Exception {
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("a.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT 1 AS id");
    }
    PostgresServer.Database state = PostgresServer.database("shared");
    // At the same time, as both find nobody who administrates.
    CompletableFuture<ConfiguredGateway> first =
        CompletableFuture.supplyAsync(() -> gateway("one", state));
    there = gateway("two", state);
    here = first.get(60, TimeUnit.SECONDS);
  }

  private static ConfiguredGateway gateway(String name, PostgresServer.Database state) {
    try {
      return ConfiguredGateway.startAs(
          Files.createDirectory(directory.resolve(name)),
          """
          server: {port: 0, data: state, state: {url: "%s", user: %s}}
          sources: {files: {type: duckdb, path: ../a.duckdb}}
          security: {mode: users, admin: {user: root, password: opensesame}}
          """
              .formatted(state.url(), state.user()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void stop() {
    here.close();
    there.close();
  }

  private static Connection connect(ConfiguredGateway gateway, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(gateway.url(), user, password);
  }

  private static void administer(ConfiguredGateway gateway, String... statements)
      throws SQLException {
    try (Connection connection = connect(gateway, "root", PASSWORD);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String stateOf(ConfiguredGateway gateway, String user, String password) {
    return SqlStates.of(() -> one(connect(gateway, user, password), "SELECT 1"));
  }

  private interface Told {
    String state() throws Exception;
  }

  /** Fails unless something is so within a few seconds. */
  private static void soon(String expected, Told told) throws Exception {
    long until = System.nanoTime() + SOON.toNanos();
    while (!told.state().equals(expected)) {
      assertThat(System.nanoTime()).as("it was never noticed").isLessThan(until);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Test
  void aNewUserANewPasswordAndADroppedUserAreNoticed() throws Exception {
    administer(here, "CREATE USER ada PASSWORD 'first secret'");
    soon("null", () -> stateOf(there, "ada", "first secret"));
    administer(there, "ALTER USER ada PASSWORD 'second secret'");
    soon("28000", () -> stateOf(here, "ada", "first secret"));
    assertThat(stateOf(here, "ada", "second secret")).isEqualTo("null");
    administer(here, "DROP USER ada");
    soon("28000", () -> stateOf(there, "ada", "second secret"));
  }

  @Test
  void whoIsDisabledElsewhereIsShutOutWhereHeRuns() throws Exception {
    administer(here, "CREATE USER ben PASSWORD 'first secret'");
    soon("null", () -> stateOf(there, "ben", "first secret"));
    try (Connection ben = connect(there, "ben", "first secret")) {
      CompletableFuture<String> running =
          CompletableFuture.supplyAsync(() -> SqlStates.of(() -> one(ben, LONG)));
      TimeUnit.MILLISECONDS.sleep(500);
      assertThat(running).isNotDone();
      administer(here, "ALTER USER ben DISABLE");
      assertThat(running.get(SOON.toSeconds(), TimeUnit.SECONDS)).isIn("57014", "28000");
      assertThat(stateOf(there, "ben", "first secret")).isEqualTo("28000");
    }
  }

  @Test
  void aKeyThatIsDroppedElsewhereIsWorthNothing() throws Exception {
    administer(here, "CREATE USER kim PASSWORD 'first secret'");
    Properties byKey = new Properties();
    try (Connection kim = connect(here, "kim", "first secret");
        Statement statement = kim.createStatement()) {
      byKey.setProperty("apiKey", key(kim, "CREATE API KEY laptop"));
      Told there =
          () ->
              SqlStates.of(
                  () -> DriverManager.getConnection(SharedUsersTest.there.url(), byKey).close());
      soon("null", there);
      statement.execute("DROP API KEY laptop");
      soon("28000", there);
    }
  }

  @Test
  void aGrantThatIsTakenBackElsewhereIsGone() throws Exception {
    administer(
        here,
        "CREATE USER eve PASSWORD 'first secret'",
        "CREATE ROLE reader",
        "GRANT SELECT ON SOURCE files TO ROLE reader",
        "GRANT ROLE reader TO eve");
    soon("null", () -> stateOf(there, "eve", "first secret"));
    try (Connection eve = connect(there, "eve", "first secret")) {
      Told reading = () -> SqlStates.of(() -> one(eve, "SELECT id FROM files.main.t"));
      soon("null", reading);
      administer(here, "REVOKE ROLE reader FROM eve");
      soon("42P01", reading);
    }
  }

  @Test
  void whatBothWouldMakeIsMadeOnce() throws Exception {
    administer(here, "CREATE USER zoe PASSWORD 'first secret'");
    // At once, before the other has looked again.
    assertThat(SqlStates.of(() -> administer(there, "CREATE USER Zoe PASSWORD 'other secret'")))
        .isEqualTo("42710");
    soon("null", () -> stateOf(there, "zoe", "first secret"));
  }
}

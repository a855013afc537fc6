package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What clients are told of each kind of error, through our driver and the stock one in both
 * encodings: SQLSTATE, position, hint and query id, and nothing of the server's inside. The next
 * statement on the same connection works.
 */
@Timeout(120)
class ErrorsToClientsTest {
  private static final String QUERY_ID = "\\(q\\d{8}_\\d{6}_\\d{5}\\)";

  private static Gateway gateway;

  /** A statement and what is said of it. */
  private record Case(String sql, String sqlState, String... says) {}

  private static final List<Case> CASES =
      List.of(
          new Case("SELECT id FORM pg.public.people", "42601", "at line 1, column 16"),
          new Case("SELECT id\nFROM pg.public.people WHERE", "42601", "at line 2, column 27"),
          new Case(
              "SELECT nam FROM pg.public.people",
              "42703",
              "nam",
              "at line 1, column 8",
              "Hint: ",
              "name"),
          new Case(
              "SELECT *\n  FROM pg.public.peple",
              "42P01",
              "at line 2, column 8",
              "Hint: ",
              "people"),
          new Case(
              "SELECT LOWR(name) FROM pg.public.people", "42883", "LOWR", "at line 1, column 8"),
          new Case(
              "SELECT name FROM pg.public.people WHERE id = DATE '2026-01-01'",
              "42804",
              "at line 1, column 4"),
          new Case("SELECT id, COUNT(*) FROM pg.public.people", "42803", "at line 1, column 8"),
          new Case("SELECT 1 / (id - 1) AS q FROM pg.public.people", "22012"),
          new Case("SELECT 1 / (n - 1) AS q FROM files.main.t", "22012"),
          new Case("SELECT CAST(name AS INTEGER) AS i FROM pg.public.people", "22P02", "Ada"),
          new Case("SELECT CAST(n AS TINYINT) * CAST(100 AS TINYINT) FROM files.main.t", "22003"),
          new Case("SELECT n FROM pg.public.raising", "HV000", "source pg", "not in the mood"),
          new Case("SELECT * FROM gone.public.t", "HV00N", "source gone"),
          new Case("SET query_timeout = 301", "22023", "between 1 and 300"),
          new Case("SET query_timeout = 0", "22023", "between 1 and 300"),
          new Case("KILL 'q20260101_000000_00001'", "42704"),
          new Case("DELETE FROM pg.public.people", "0A000"),
          new Case("ASK 'what do the whales sing'", "KA004", "whales", "Hint: "));

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    PostgresServer.Database database =
        PostgresServer.database(
            "client_errors",
            """
            CREATE TABLE people (id int PRIMARY KEY, name text);
            INSERT INTO people VALUES (1, 'Ada');
            CREATE FUNCTION moody(i int) RETURNS int LANGUAGE plpgsql VOLATILE AS
              $$ BEGIN RAISE EXCEPTION 'not in the mood'; END $$;
            CREATE VIEW raising AS SELECT moody(id) AS n FROM people;
            """);
    Path file = directory.resolve("files.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT 1 AS n UNION ALL SELECT 100");
    }
    Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state}
        sources:
          pg: {type: postgres, url: "%s", user: %s}
          files: {type: duckdb, path: files.duckdb}
          gone: {type: postgres, url: "jdbc:postgresql://127.0.0.1:1/nothing", user: x}
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

  private static Connection connect(String client) throws SQLException {
    String address = "127.0.0.1:" + gateway.port();
    return DriverManager.getConnection(
        client.equals("ours")
            ? "jdbc:kurobe://" + address
            : "jdbc:avatica:remote:url=http://" + address + "/;serialization=" + client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "json", "protobuf"})
  void whatRunsAtOnce(String client) throws SQLException {
    try (Connection connection = connect(client);
        Statement statement = connection.createStatement()) {
      for (Case each : CASES) {
        Throwable thrown =
            catchThrowable(
                () -> {
                  if (statement.execute(each.sql())) {
                    readAll(statement.getResultSet());
                  }
                });
        assertTold(each, thrown);
        assertWorks(statement);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "json", "protobuf"})
  void whatIsPrepared(String client) throws SQLException {
    try (Connection connection = connect(client);
        Statement other = connection.createStatement()) {
      for (Case each : CASES) {
        Throwable thrown =
            catchThrowable(
                () -> {
                  try (PreparedStatement statement = connection.prepareStatement(each.sql())) {
                    if (statement.execute()) {
                      readAll(statement.getResultSet());
                    }
                  }
                });
        assertTold(each, thrown);
        assertWorks(other);
      }
    }
  }

  private static void readAll(ResultSet rows) throws SQLException {
    try (rows) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }

  private static void assertTold(Case expected, Throwable thrown) {
    assertThat(thrown).as(expected.sql()).isInstanceOf(Exception.class);
    String all = written(thrown);
    assertThat(
            SqlStates.of(
                () -> {
                  throw thrown;
                }))
        .as("%s: %s", expected.sql(), all)
        .isEqualTo(expected.sqlState());
    // Of what fails to be prepared the stock client keeps number and SQLSTATE alone.
    if (!all.contains("while preparing SQL")) {
      assertThat(all).as(expected.sql()).containsPattern(QUERY_ID);
      for (String each : expected.says()) {
        assertThat(all).as(expected.sql()).contains(each);
      }
    }
    // The client's own frames are its business; the server's have no place in a message.
    assertThat(all)
        .doesNotContain("io.kurobe.adapters", "io.kurobe.planner", "io.kurobe.server")
        .doesNotContain("KurobeException", "SqlValidatorException", "org.duckdb");
  }

  /** The messages of the exception and its causes, without the client's own stack. */
  private static String written(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString().lines().filter(line -> !line.startsWith("\tat ")).toList().toString();
  }

  private static void assertWorks(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT name FROM pg.public.people")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("Ada");
    }
  }
}

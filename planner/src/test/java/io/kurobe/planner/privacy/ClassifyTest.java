package io.kurobe.planner.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceConfig.Models;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.testing.Federation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classification over a PostgreSQL and two DuckDB sources, and what it keeps from whom. */
class ClassifyTest {
  @TempDir static Path directory;

  private static EmbeddedPostgres postgres;
  private static Federation federation;
  private static Consumer<QuestionSupport> asked = support -> {};

  @BeforeAll
  static void open() throws IOException, SQLException {
    postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE clients (id integer PRIMARY KEY, email text, info text, town text,"
              + " seen_from inet)");
      statement.execute(
          "INSERT INTO clients SELECT n, 'c' || n || '@example.org', 'user' || n || '@mail.test',"
              + " 'Town ' || n % 5, '10.0.0.1' FROM generate_series(1, 200) n");
      statement.execute("CREATE TABLE big (c1 text, c2 text)");
      statement.execute(
          "INSERT INTO big SELECT CASE WHEN n > 60000 THEN 'p' || n || '@mail.test' ELSE '' END,"
              + " 'word' || n % 9 FROM generate_series(1, 120000) n");
      statement.execute("ANALYZE");
    }
    federation = federation(AccessControl.OPEN);
  }

  private static Federation federation(AccessControl accessControl) throws SQLException {
    List<SourceConfig> sources =
        List.of(
            SourceConfig.ofUrl(
                "pg", "postgres", postgres.getJdbcUrl("postgres", "postgres"), "postgres"),
            duckDb("web", Models.NO_VALUES),
            duckDb("secret", Models.CLOSED));
    return Federation.of(
        sources,
        accessControl,
        (question, session, support) -> {
          asked.accept(support);
          return new AskOutcome.Refused(
              new KurobeException(ErrorCode.NOT_UNDERSTOOD, "no"), List.of());
        });
  }

  private static SourceConfig duckDb(String name, Models models) throws SQLException {
    Path file = directory.resolve(name + ".duckdb");
    if (!file.toFile().exists()) {
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE visits (page VARCHAR, data VARCHAR)");
        statement.execute(
            "INSERT INTO visits SELECT 'page' || n % 7, '+49 30 9018' || (1000 + n)"
                + " FROM range(300) t(n)");
        statement.execute(
            "CREATE TABLE large AS SELECT 'k' || n AS page,"
                + " 'v' || n || '@mail.test' AS data FROM range(200000) t(n)");
      }
    }
    SourceConfig of = SourceConfig.ofPath(name, "duckdb", file.toString());
    return new SourceConfig(
        of.name(),
        of.type(),
        of.url(),
        of.path(),
        of.user(),
        of.password(),
        of.schemas(),
        of.defaultSchema(),
        of.poolSize(),
        of.poolIdle(),
        of.timeout(),
        of.numericScale(),
        models,
        of.selection(),
        of.tables());
  }

  @AfterAll
  static void close() throws IOException {
    federation.close();
    postgres.close();
  }

  private static List<List<Object>> classified(String where) {
    return federation.query(
        "SELECT column_name, kind, state FROM system.privacy.columns WHERE "
            + where
            + " ORDER BY column_name");
  }

  private static <T> List<T> asking(java.util.function.Function<QuestionSupport, T> what) {
    List<T> answers = new ArrayList<>();
    asked = support -> answers.add(what.apply(support));
    try {
      federation.query("ASK 'how many " + System.nanoTime() + "'");
    } catch (KurobeException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.NOT_UNDERSTOOD);
    } finally {
      asked = support -> {};
    }
    return answers;
  }

  @Test
  void namesAndTypesProposeAndValuesAddToIt() {
    assertThat(classified("table_name = 'clients' AND column_name IN ('email', 'seen_from')"))
        .isEqualTo(
            List.of(List.of("email", "email", "proposed"), List.of("seen_from", "ip", "proposed")));
    assertThat(federation.query("CLASSIFY TABLE pg.public.clients"))
        .extracting(row -> row.get(3))
        .contains("email", "info")
        .doesNotContain("town", "id");
    assertThat(classified("table_name = 'clients' AND column_name = 'info'"))
        .isEqualTo(List.of(List.of("info", "email", "proposed")));
    assertThat(federation.query("SELECT reasons FROM system.privacy.columns"))
        .allSatisfy(row -> assertThat(row.get(0).toString()).doesNotContain("@"));
  }

  @Test
  void largeTablesAreSampledFromAllOverThem() {
    // The first rows tell nothing: only later ones hold addresses.
    assertThat(federation.query("CLASSIFY TABLE pg.public.big"))
        .extracting(row -> row.get(3))
        .containsExactly("c1");
    assertThat(federation.query("CLASSIFY SOURCE web"))
        .extracting(row -> row.get(2) + "." + row.get(3) + " " + row.get(4))
        .contains("visits.data phone", "large.data email");
  }

  @Test
  void peopleHaveTheLastWord() {
    federation.query("CLASSIFY COLUMN pg.clients.town AS 'address'");
    assertThat(classified("column_name = 'town'"))
        .isEqualTo(List.of(List.of("town", "address", "confirmed")));
    federation.query("CLASSIFY COLUMN clients.town AS NONE");
    assertThat(
            federation.query(
                "SELECT kind IS NULL, state FROM system.privacy.columns"
                    + " WHERE column_name = 'town'"))
        .isEqualTo(List.of(List.of(true, "rejected")));
    federation.query("CLASSIFY COLUMN clients.Town AS DEFAULT");
    assertThat(classified("column_name = 'town'")).isEmpty();
  }

  @Test
  void refusesWhatIsNoColumnOrNoKind() {
    assertCode("CLASSIFY COLUMN clients.nothing AS NONE", ErrorCode.UNKNOWN_COLUMN);
    assertCode("CLASSIFY COLUMN nowhere.x.y.c AS NONE", ErrorCode.UNKNOWN_TABLE);
    assertCode("CLASSIFY COLUMN clients.town AS 'colour'", ErrorCode.INVALID_SETTING);
    assertCode("CLASSIFY SOURCE nowhere", ErrorCode.UNKNOWN_SOURCE);
    assertCode("CLASSIFY clients", ErrorCode.SYNTAX);
  }

  private static void assertCode(String sql, ErrorCode code) {
    assertThatThrownBy(() -> federation.query(sql))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).as(sql).isEqualTo(code));
  }

  @Test
  void whoIsNoAdministratorSaysNothingAndSeesOnlyOfWhatTheyMaySee() throws SQLException {
    AccessControl guarded =
        (session, table) ->
            table.table().equals("clients")
                ? new TableAccess(
                    true, java.util.Set.of("email"), Optional.empty(), java.util.Map.of())
                : TableAccess.NONE;
    try (Federation guardedFederation = federation(guarded)) {
      assertThat(guardedFederation.query("SELECT column_name FROM system.privacy.columns"))
          .isEqualTo(List.of(List.of("seen_from")));
      for (String sql :
          List.of(
              "CLASSIFY COLUMN clients.town AS NONE",
              "CLASSIFY TABLE clients",
              "CLASSIFY SOURCE pg")) {
        assertThatThrownBy(() -> guardedFederation.query(sql))
            .isInstanceOfSatisfying(
                KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_ALLOWED));
      }
    }
  }

  @Test
  void valuesOfClassifiedColumnsReachNoQuestion() {
    TableName clients = new TableName("pg", "public", "clients");
    assertThat(asking(support -> support.frequentValues(clients, "email")).get(0)).isEmpty();
    assertThat(asking(support -> support.frequentValues(clients, "info")).get(0)).isEmpty();
    assertThat(asking(support -> support.frequentValues(clients, "town")).get(0)).hasSize(5);
    // An answer that was kept is not given once the column is classified.
    federation.query("CLASSIFY COLUMN clients.town AS 'other'");
    assertThat(asking(support -> support.frequentValues(clients, "town")).get(0)).isEmpty();
    federation.query("CLASSIFY COLUMN clients.town AS DEFAULT");
    federation.query("CLASSIFY COLUMN clients.info AS NONE");
    assertThat(asking(support -> support.frequentValues(clients, "info")).get(0)).isNotEmpty();
    federation.query("CLASSIFY COLUMN clients.info AS DEFAULT");
  }

  @Test
  void theGateClosesWhatTheConfigurationCloses() {
    List<ModelGate> gates = asking(QuestionSupport::models);
    ModelGate gate = gates.get(0);
    assertThat(gate.catalog().sources())
        .extracting(source -> source.name())
        .containsExactly("pg", "web");
    TableName web = new TableName("web", "main", "visits");
    TableName secret = new TableName("secret", "main", "visits");
    TableName clients = new TableName("pg", "public", "clients");
    assertThat(gate.givesValues(clients, "town")).isTrue();
    assertThat(gate.givesValues(clients, "email")).isFalse();
    assertThat(gate.givesValues(web, "page")).isFalse();
    assertThat(gate.givesValues(secret, "page")).isFalse();
    assertThat(gate.givesValues(clients, "nothing")).isFalse();
    assertThat(gate.examples(clients, "town", List.of("Town 1", "Town 2"))).hasSize(2);
    assertThat(gate.examples(web, "page", List.of("page1"))).isEmpty();
    assertThat(gate.examples(clients, "email", List.of("c1"))).isEmpty();
    // What looks personal does not pass, whatever was known of the column.
    assertThat(
            gate.examples(
                clients, "town", List.of("a@b.org", "c@d.org", "e@f.org", "g@h.org", "i@j.org")))
        .isEmpty();
    assertThat(gate.givesValues(clients, "town")).isFalse();
    federation.query("CLASSIFY COLUMN clients.town AS DEFAULT");
  }
}

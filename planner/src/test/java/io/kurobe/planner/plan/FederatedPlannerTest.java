package io.kurobe.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements over a PostgreSQL and a DuckDB, from text to rows. */
class FederatedPlannerTest {
  @TempDir static Path directory;

  private static PostgresServer.Database shop;
  private static Federation federation;

  @BeforeAll
  static void openSources() throws SQLException {
    shop =
        PostgresServer.database(
            "planner_shop",
            """
            CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, city text,
                                    joined date);
            CREATE TABLE orders (id bigint PRIMARY KEY,
                                 customer_id bigint NOT NULL REFERENCES customers,
                                 amount numeric(10,2), placed timestamp);
            INSERT INTO customers VALUES
              (1, 'Ada', 'Berlin', '2023-01-02'), (2, 'bob', 'Kobe', '2023-05-06'),
              (3, 'Çelik', NULL, '2024-02-29');
            INSERT INTO orders VALUES
              (10, 1, 12.50, '2024-01-01 10:00:00.123456'), (11, 1, 7.50, '2024-01-02'),
              (12, 2, 100.00, '2024-02-01'), (13, 3, NULL, NULL);
            """);
    Path file = directory.resolve("web.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE sessions (id BIGINT PRIMARY KEY, customer_id BIGINT, channel VARCHAR)");
      statement.execute(
          "INSERT INTO sessions VALUES (1, 1, 'mail'), (2, 1, 'ads'), (3, 2, 'ads'), (4, NULL, 'ads')");
    }
    federation =
        Federation.of(
            List.of(
                SourceConfig.ofUrl("shop", "postgres", shop.url(), shop.user()),
                SourceConfig.ofPath("web", "duckdb", file.toString())),
            List.of(),
            countingCustomers());
    assertThat(Files.exists(file)).isTrue();
  }

  /** Answers every question alike; what understands questions is tested elsewhere. */
  private static Questions countingCustomers() {
    return (question, session, support) -> {
      String sql = "SELECT city, COUNT(*) AS n FROM shop.public.customers GROUP BY city";
      var query = new GeneratedQuery(support.parse(sql), sql, 0.9, List.of(), "customers by city");
      support.validate(query.query());
      return new AskOutcome.Answered(
          query,
          List.of(new AskOutcome.AskStep("read", question.text(), "", "ok", 0.9, 0.1, null)));
    };
  }

  @AfterAll
  static void closeSources() {
    federation.close();
  }

  @Test
  void streamsAQueryOfOneSource() {
    assertThat(federation.query("SELECT name FROM shop.public.customers WHERE id = 2"))
        .isEqualTo(List.of(List.of("bob")));
    assertThat(federation.query("EXPLAIN SELECT name FROM shop.public.customers WHERE id = 2"))
        .singleElement()
        .satisfies(row -> assertThat(row.get(1)).isEqualTo("shop"));
  }

  @Test
  void joinsSourcesByStagingOneRelationEach() {
    String join =
        "SELECT c.name, COUNT(*) AS visits FROM shop.public.customers c"
            + " JOIN web.main.sessions s ON s.customer_id = c.id GROUP BY c.name ORDER BY visits DESC";
    assertThat(federation.query(join)).isEqualTo(List.of(List.of("Ada", 2L), List.of("bob", 1L)));
    List<List<Object>> plan = federation.query("EXPLAIN " + join);
    assertThat(plan).hasSize(2);
    assertThat(plan.get(0).get(1)).isEqualTo("shop");
    assertThat(plan.get(0).get(2)).asString().startsWith("COPY (SELECT").contains("\"customers\"");
    assertThat(plan.get(1).get(2)).asString().contains("\"web\".\"main\".\"sessions\"");
  }

  @Test
  void measuresWhatEachFragmentMoved() {
    List<List<Object>> plan =
        federation.query(
            "EXPLAIN ANALYZE SELECT c.name FROM shop.customers c JOIN web.sessions s"
                + " ON s.customer_id = c.id WHERE c.city = 'Berlin'");
    assertThat(plan).hasSize(2);
    assertThat(plan.get(0).get(3)).isEqualTo(1L);
    assertThat(plan.get(1).get(3)).isEqualTo(2L);
  }

  @Test
  void pushesNoOrderOfTextToASourceOfOtherCollation() {
    assertThat(federation.query("SELECT name FROM shop.customers ORDER BY name"))
        .extracting(row -> row.get(0))
        .containsExactly("Ada", "bob", "Çelik");
  }

  @Test
  void ordersByAColumnThatIsNotSelected() {
    assertThat(federation.query("SELECT name FROM shop.customers ORDER BY id DESC"))
        .extracting(row -> row.get(0))
        .containsExactly("Çelik", "bob", "Ada");
  }

  @Test
  void dividesIntegersAsIntegersInBothEngines() {
    assertThat(federation.query("SELECT id / 2 FROM shop.orders WHERE id = 11"))
        .isEqualTo(List.of(List.of(5L)));
    assertThat(federation.query("SELECT id / 2 FROM web.sessions WHERE id = 3"))
        .isEqualTo(List.of(List.of(1L)));
    assertThat(federation.query("SELECT 7 / 2")).isEqualTo(List.of(List.of(3)));
  }

  @Test
  void bindsParametersAsTypedLiterals() {
    var statement =
        federation
            .planner()
            .plan(federation.session(), "SELECT name FROM shop.customers WHERE city = ?");
    assertThat(federation.rows(statement, "Kobe")).isEqualTo(List.of(List.of("bob")));
    assertThat(federation.rows(statement, "x' OR '1'='1")).isEmpty();
    assertThatThrownBy(() -> federation.rows(statement))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_PARAMETER));
  }

  @Test
  void keepsMicrosecondsOfConstants() {
    assertThat(
            federation.query(
                "SELECT CAST(TIMESTAMP '2024-01-02 03:04:05.678901' AS VARCHAR),"
                    + " CAST(CAST('2024-01-02 03:04:05.678901' AS TIMESTAMP) AS VARCHAR)"))
        .isEqualTo(List.of(List.of("2024-01-02 03:04:05.678901", "2024-01-02 03:04:05.678901")));
  }

  @Test
  void leavesConditionsThatTheSimplifierTripsOver() {
    assertThat(
            federation.query(
                "SELECT COUNT(*) FROM shop.customers WHERE (NULLIF(0.00, 1.5) = 1.50) IS NULL"))
        .isEqualTo(List.of(List.of(0L)));
  }

  @Test
  void takesAParameterForAWholeCondition() {
    var statement =
        federation
            .planner()
            .plan(
                federation.session(),
                "SELECT COUNT(*) FROM shop.customers WHERE CAST(? AS BOOLEAN)");
    assertThat(federation.rows(statement, true)).isEqualTo(List.of(List.of(3L)));
    assertThat(federation.rows(statement, false)).isEqualTo(List.of(List.of(0L)));
  }

  @Test
  void resolvesNamesByTheRule() {
    for (String name :
        List.of(
            "shop.public.customers",
            "public.customers",
            "shop.customers",
            "customers",
            "SHOP.Public.CUSTOMERS",
            "\"customers\"")) {
      assertThat(federation.query("SELECT COUNT(*) FROM " + name))
          .as(name)
          .isEqualTo(List.of(List.of(3L)));
    }
    assertThat(federation.query("SELECT public.customers.id FROM public.customers WHERE id = 1"))
        .isEqualTo(List.of(List.of(1L)));
    assertThat(
            federation.query(
                "SELECT shop.public.customers.id FROM customers WHERE customers.id = 1"))
        .isEqualTo(List.of(List.of(1L)));
    Session web = federation.session().withSearchPath(List.of(SearchPathEntry.parse("web")));
    assertThat(federation.query(web, "SELECT COUNT(*) FROM sessions"))
        .isEqualTo(List.of(List.of(4L)));
  }

  @Test
  void rejectsUnknownTableWithNearestName() {
    assertThatThrownBy(() -> federation.query("SELECT *\nFROM shop.public.custmers"))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_TABLE);
              assertThat(e.hint()).get().asString().contains("shop.public.customers");
              assertThat(e.position()).get().hasToString("line 2, column 6");
            });
  }

  @Test
  void rejectsUnknownColumnWithNearestName() {
    assertThatThrownBy(() -> federation.query("SELECT nmae FROM shop.public.customers"))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_COLUMN);
              assertThat(e.hint()).get().asString().contains("name");
            });
  }

  @Test
  void expandsAskWhereverAQueryStands() {
    assertThat(federation.query("ASK 'customers by city'")).hasSize(3);
    assertThat(federation.query("SELECT n FROM (ASK 'customers by city') t WHERE city = 'Kobe'"))
        .isEqualTo(List.of(List.of(1L)));
    assertThat(
            federation.query(
                "WITH a AS (ASK 'customers by city') SELECT COUNT(*) FROM a"
                    + " UNION ALL SELECT COUNT(*) FROM (ASK 'customers by city') b"))
        .isEqualTo(List.of(List.of(3L), List.of(3L)));
    assertThat(federation.query(federation.session(), "ASK ?", "customers by city")).hasSize(3);
    assertThat(federation.query("EXPLAIN ASK 'customers by city'")).hasSize(1);
    assertThat(federation.query("ASK SQL 'customers by city'").get(0).get(0))
        .asString()
        .startsWith("SELECT city");
  }

  @Test
  void pushesAnOuterFilterIntoTheGeneratedQuery() {
    List<List<Object>> plan =
        federation.query("EXPLAIN SELECT n FROM (ASK 'customers by city') t WHERE city = 'Kobe'");
    assertThat(plan).hasSize(1);
    assertThat(plan.get(0).get(2)).asString().contains("'Kobe'");
  }

  @Test
  void keepsViewsOfQueriesAndOfQuestions() {
    federation.query(
        "CREATE OR REPLACE VIEW visits AS SELECT c.name, s.channel"
            + " FROM customers c JOIN sessions s ON s.customer_id = c.id");
    assertThat(federation.query("SELECT channel FROM visits WHERE name = 'bob'"))
        .isEqualTo(List.of(List.of("ads")));
    federation.query("CREATE OR REPLACE VIEW cities AS ASK 'customers by city'");
    assertThat(federation.query("SELECT COUNT(*) FROM views.main.cities"))
        .isEqualTo(List.of(List.of(3L)));
    federation.query("REFRESH VIEW cities");
    federation.query("DROP VIEW cities");
    assertThatThrownBy(() -> federation.query("SELECT * FROM cities"))
        .isInstanceOf(KurobeException.class);
  }

  @Test
  void refusesAViewThatWouldReadItself() {
    federation.query("CREATE OR REPLACE VIEW circle_a AS SELECT name FROM shop.public.customers");
    federation.query("CREATE OR REPLACE VIEW circle_b AS SELECT name FROM circle_a");
    for (String query :
        List.of(
            "SELECT name FROM circle_a",
            "SELECT name FROM views.main.CIRCLE_A",
            "SELECT name FROM circle_b",
            "SELECT name FROM customers WHERE name IN (SELECT name FROM circle_b)")) {
      assertThatThrownBy(() -> federation.query("CREATE OR REPLACE VIEW circle_a AS " + query))
          .as(query)
          .isInstanceOfSatisfying(
              KurobeException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.CIRCULAR_VIEW);
                assertThat(e).hasMessageContaining("view circle_a would read itself");
              });
    }
    assertThat(federation.query("SELECT COUNT(*) FROM circle_b")).isEqualTo(List.of(List.of(3L)));
    federation.query("DROP VIEW circle_b");
    federation.query("DROP VIEW circle_a");
  }

  @Test
  void keepsFiltersAndMicrosecondsInTheMove() {
    assertThat(
            federation.query(
                "SELECT CAST(o.placed AS VARCHAR), o.amount FROM orders o JOIN sessions s"
                    + " ON s.id = o.id - 9 WHERE o.amount > 10 AND s.id = 1"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get(0)).asString().contains("10:00:00.123456");
              assertThat(row.get(1)).hasToString("12.50");
            });
  }

  @Test
  void answersSubqueries() {
    assertThat(
            federation.query(
                "SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM sessions s"
                    + " WHERE s.customer_id = c.id AND s.channel = 'mail')"))
        .isEqualTo(List.of(List.of("Ada")));
    assertThat(
            federation.query(
                "SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders"
                    + " WHERE amount > 50) ORDER BY id"))
        .isEqualTo(List.of(List.of("Ada"), List.of("Çelik")));
    assertThat(
            federation.query(
                "SELECT name FROM customers c WHERE (SELECT SUM(amount) FROM orders o"
                    + " WHERE o.customer_id = c.id) = 20"))
        .isEqualTo(List.of(List.of("Ada")));
  }

  @Test
  void sendsSourcesNothingButUnparsedPlans() {
    federation.query("SELECT name /* marker-of-the-user */ FROM customers -- tail\nWHERE id=1");
    assertThat(shop.statements("kurobe")).noneMatch(sql -> sql.contains("marker-of-the-user"));
  }

  @Test
  void changesTheSessionBySet() {
    var statement =
        federation.planner().plan(federation.session(), "SET search_path = web.main, shop");
    var options = new io.kurobe.planner.ExecutionOptions("s", java.time.Duration.ofSeconds(5), 0);
    try (var execution = statement.start(List.of(), options)) {
      assertThat(execution.changedSession())
          .get()
          .satisfies(session -> assertThat(session.searchPath()).hasSize(2));
    }
    assertThatThrownBy(() -> federation.query("SET no_such_thing = 1"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SETTING));
  }

  @Test
  void listsWhatThereIs() {
    assertThat(federation.query("SHOW CATALOGS")).hasSize(2);
    assertThat(federation.query("SHOW TABLES FROM shop")).hasSize(2);
    assertThat(federation.query("SHOW COLUMNS FROM shop.public.customers")).hasSize(4);
  }
}

package io.kurobe.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that are found again, and above all those that must not be. */
class PlanCacheTest {
  private static final String SPLIT =
      "SELECT t.id, u.name FROM pg.public.t t JOIN files.main.u u ON t.id = u.id ORDER BY t.id";

  @TempDir static Path directory;

  /** Tables that nobody but {@code chief} may see. */
  private static final Set<String> SECRET = ConcurrentHashMap.newKeySet();

  private static final AtomicLong ACCESS = new AtomicLong();

  private static PostgresServer.Database database;
  private static Federation federation;

  @BeforeAll
  static void open() throws SQLException {
    database =
        PostgresServer.database(
            "plan_cache",
            """
            CREATE TABLE t (id integer, at timestamptz);
            INSERT INTO t VALUES (1, '2024-01-01 23:30:00Z'), (2, '2024-06-01 12:00:00Z');
            CREATE SCHEMA other;
            CREATE TABLE other.t (id integer);
            INSERT INTO other.t VALUES (7);
            """);
    Path file = directory.resolve("u.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE u (id INTEGER, name VARCHAR)");
      statement.execute("INSERT INTO u VALUES (1, 'one'), (2, 'two')");
    }
    federation =
        Federation.of(
            List.of(
                SourceConfig.ofUrl("pg", "postgres", database.url(), database.user()),
                SourceConfig.ofPath("files", "duckdb", file.toString())),
            new AccessControl() {
              @Override
              public TableAccess access(Session session, TableName table) {
                return SECRET.contains(table.table()) && !session.principal().name().equals("chief")
                    ? TableAccess.NONE
                    : TableAccess.ALL;
              }

              @Override
              public long version() {
                return ACCESS.get();
              }
            },
            (question, session, support) -> {
              String sql = "SELECT id FROM pg.public.t";
              return new AskOutcome.Answered(
                  new GeneratedQuery(support.parse(sql), sql, 0.9, List.of(), "ids"), List.of());
            });
    // Both catalogs are known from here on, so that none of them changes while a test plans.
    federation.query(SPLIT);
  }

  @AfterAll
  static void close() {
    federation.close();
  }

  @BeforeEach
  void allowEverything() {
    SECRET.clear();
  }

  private static QueryPlan plan(Session session, String sql) {
    PlannedStatement planned = federation.planner().plan(session, sql);
    return (QueryPlan) (planned instanceof AskedStatement asked ? asked.plan() : planned);
  }

  /** Whether two statements, planned in this order, run the same plan. */
  private static boolean shares(Session one, String sql, Session other, String otherSql) {
    return plan(one, sql).planned() == plan(other, otherSql).planned();
  }

  private static boolean sharesWith(Session other) {
    return shares(federation.session(), SPLIT, other, SPLIT);
  }

  private static Session session(String id, String principal, Set<String> roles) {
    return session(id, new Principal(principal, roles));
  }

  private static Session session(Principal principal) {
    return session("test", principal);
  }

  private static Session session(String id, Principal principal) {
    Session known = federation.session();
    return new Session(
        id, principal, known.zone(), known.searchPath(), known.limits(), known.settings());
  }

  @Test
  void findsAPlanAgainForTheSameTextWhateverItsBlanks() {
    Session session = federation.session();
    assertThat(sharesWith(session)).isTrue();
    assertThat(sharesWith(session("another connection", "tester", Set.of()))).isTrue();
    assertThat(shares(session, SPLIT, session, "  " + SPLIT.replace(" ", "\n  ") + "\n")).isTrue();
    assertThat(federation.query(SPLIT)).isEqualTo(List.of(List.of(1, "one"), List.of(2, "two")));
    assertThat(federation.query(SPLIT)).isEqualTo(List.of(List.of(1, "one"), List.of(2, "two")));
  }

  @Test
  void literalsNamesAndLabelsAreKept() {
    Session session = federation.session();
    assertThat(shares(session, "SELECT 'a  b'", session, "SELECT 'a b'")).isFalse();
    assertThat(federation.query("SELECT 'a  b'")).isEqualTo(List.of(List.of("a  b")));
    assertThat(federation.query("SELECT 'it''s  so'")).isEqualTo(List.of(List.of("it's  so")));
    assertThat(federation.query("SELECT 'it''s so'")).isEqualTo(List.of(List.of("it's so")));
    assertThat(plan(session, "SELECT 1 AS \"a  b\"").columns().get(0).name()).isEqualTo("a  b");
    assertThat(plan(session, "SELECT 1 AS \"a b\"").columns().get(0).name()).isEqualTo("a b");
    assertThat(federation.query("SELECT 1 -- one\n + 1")).isEqualTo(List.of(List.of(2)));
    assertThat(federation.query("SELECT 1 -- one + 1")).isEqualTo(List.of(List.of(1)));
  }

  @Test
  void noOtherPrincipalRolesZonePathOrSettingsShare() {
    Session session = federation.session();
    assertThat(sharesWith(session("test", "chief", Set.of()))).isFalse();
    assertThat(sharesWith(session("test", "tester", Set.of("admin")))).isFalse();
    Principal vouchedFor = new Principal("tester", Set.of(), Map.of("region", "EU"));
    assertThat(sharesWith(session(vouchedFor))).isFalse();
    assertThat(sharesWith(session.withZone(ZoneId.of("Asia/Tokyo")))).isFalse();
    assertThat(sharesWith(session.withSetting("pushdown", "off"))).isFalse();
    assertThat(sharesWith(session.withSearchPath(path("pg.public")))).isFalse();
  }

  @Test
  void theUserTheZoneAndThePathAreThoseOfWhoAsks() {
    Session session = federation.session();
    String user = "SELECT CURRENT_USER";
    assertThat(federation.query(session, user)).isEqualTo(List.of(List.of("tester")));
    assertThat(federation.query(session("test", "chief", Set.of()), user))
        .isEqualTo(List.of(List.of("chief")));
    String day = "SELECT EXTRACT(DAY FROM at) FROM pg.public.t WHERE id = 1";
    assertThat(federation.query(session, day)).isEqualTo(List.of(List.of(1L)));
    assertThat(federation.query(session.withZone(ZoneId.of("Asia/Tokyo")), day))
        .isEqualTo(List.of(List.of(2L)));
    String bare = "SELECT MAX(id) FROM t";
    assertThat(federation.query(session.withSearchPath(path("pg.public")), bare))
        .isEqualTo(List.of(List.of(2)));
    assertThat(federation.query(session.withSearchPath(path("pg.other")), bare))
        .isEqualTo(List.of(List.of(7)));
  }

  private static List<SearchPathEntry> path(String entry) {
    return List.of(SearchPathEntry.parse(entry));
  }

  @Test
  void whoMayNotReadATableGetsNoPlanOfItHoweverItWasKept() {
    Session chief = session("test", "chief", Set.of());
    SECRET.add("u");
    assertThat(federation.query(chief, SPLIT)).hasSize(2);
    assertRefused(federation.session());
    SECRET.clear();
    assertThat(federation.query(SPLIT)).hasSize(2);
    SECRET.add("u");
    // The plan is still there, the right to it is not.
    assertRefused(federation.session());
  }

  @Test
  void aPlanIsNotFoundAgainOnceRightsMayBeOthers() {
    assertThat(sharesWith(federation.session())).isTrue();
    QueryPlan before = plan(federation.session(), SPLIT);
    ACCESS.incrementAndGet();
    assertThat(plan(federation.session(), SPLIT).planned()).isNotSameAs(before.planned());
    assertThat(sharesWith(federation.session())).isTrue();
  }

  private static void assertRefused(Session session) {
    assertThatThrownBy(() -> federation.query(session, SPLIT))
        .isInstanceOfSatisfying(
            KurobeException.class,
            error -> assertThat(error.code()).isIn(ErrorCode.NOT_ALLOWED, ErrorCode.UNKNOWN_TABLE));
  }

  @Test
  void timePassesBetweenExecutionsOfOnePlan() throws InterruptedException {
    String now = "SELECT CURRENT_TIMESTAMP, id FROM pg.public.t WHERE at < CURRENT_TIMESTAMP";
    Session session = federation.session();
    assertThat(shares(session, now, session, now)).isTrue();
    List<List<Object>> first = federation.query(now);
    // It has whole seconds.
    Thread.sleep(1_100);
    List<List<Object>> second = federation.query(now);
    assertThat(first).hasSize(2);
    assertThat(second).hasSize(2);
    assertThat((LocalDateTime) second.get(0).get(0)).isAfter((LocalDateTime) first.get(0).get(0));
  }

  @Test
  void parametersAreThoseOfEachExecution() {
    String sql = "SELECT id FROM pg.public.t WHERE id > ? ORDER BY id";
    Session session = federation.session();
    assertThat(federation.query(session, sql, 0)).isEqualTo(List.of(List.of(1), List.of(2)));
    assertThat(federation.query(session, sql, 1L)).isEqualTo(List.of(List.of(2)));
    assertThat(federation.query(session, sql, new BigDecimal("1"))).hasSize(1);
    assertThat(federation.query(session, sql, (Object) null)).isEmpty();
    assertThat(federation.query(session, "SELECT CAST(? AS VARCHAR) || 'x'", "a"))
        .isEqualTo(rows("ax"));
    assertThat(federation.query(session, "SELECT CAST(? AS VARCHAR) || 'x'", "b"))
        .isEqualTo(rows("bx"));
  }

  private static List<List<String>> rows(String value) {
    return List.of(List.of(value));
  }

  @Test
  void aChangedViewIsReadAsItIsNow() {
    federation.query("CREATE OR REPLACE VIEW views.main.v AS SELECT 1 AS a FROM pg.public.t");
    String sql = "SELECT * FROM views.main.v";
    assertThat(federation.query(sql)).isEqualTo(List.of(List.of(1), List.of(1)));
    federation.query("CREATE OR REPLACE VIEW views.main.v AS SELECT 'b' AS b, 2 AS c");
    assertThat(federation.query(sql)).isEqualTo(List.of(List.of("b", 2)));
    federation.query("DROP VIEW views.main.v");
    assertThatThrownBy(() -> federation.query(sql)).isInstanceOf(KurobeException.class);
  }

  @Test
  void refreshingForgetsPlans() {
    QueryPlan before = plan(federation.session(), SPLIT);
    federation.query("REFRESH pg");
    assertThat(plan(federation.session(), SPLIT).planned()).isNotSameAs(before.planned());
  }

  @Test
  void aTableOfOtherColumnsIsReadWithThem() throws SQLException {
    execute("CREATE TABLE altered AS SELECT 1 AS a");
    federation.query("REFRESH pg");
    String sql = "SELECT * FROM pg.public.altered";
    assertThat(federation.query(sql)).isEqualTo(List.of(List.of(1)));
    execute("ALTER TABLE altered ADD b integer DEFAULT 5");
    federation.query("REFRESH pg");
    assertThat(federation.query(sql)).isEqualTo(List.of(List.of(1, 5)));
  }

  @Test
  void questionsAndKurobesOwnTablesAreAskedAnew() {
    Session session = federation.session();
    String ask = "SELECT * FROM (ASK 'which ids?') AS a";
    assertThat(shares(session, ask, session, ask)).isFalse();
    String own = "SELECT COUNT(*) FROM system.runtime.sources";
    assertThat(shares(session, own, session, own)).isFalse();
  }

  @Test
  void manyThreadsRunOnePlan() throws Exception {
    String sql =
        "SELECT COUNT(*), MIN(u.name), CURRENT_USER FROM pg.public.t t"
            + " JOIN files.main.u u ON t.id = u.id WHERE t.id >= ? AND u.name LIKE '%o%'";
    federation.query(federation.session(), sql, 1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<List<Object>>>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int least = 1 + i % 2;
        answers.add(threads.submit(() -> federation.query(federation.session(), sql, least)));
      }
      for (int i = 0; i < 64; i++) {
        List<Object> expected =
            i % 2 == 0 ? List.of(2L, "one", "tester") : List.of(1L, "two", "tester");
        assertThat(answers.get(i).get()).isEqualTo(List.of(expected));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package io.kurobe.planner.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceConfig.Selection;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Probe;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proposed queries told as equal, and run to be compared, over PostgreSQL. */
class ComparedQueriesTest {
  private static final String TABLES =
      """
      CREATE TABLE store (id int PRIMARY KEY, name text, city text);
      CREATE TABLE sale (id int PRIMARY KEY, store_id int REFERENCES store, amount int);
      INSERT INTO store VALUES (1, 'Central', 'Berlin'), (2, 'Harbour', 'Oslo');
      INSERT INTO sale VALUES (1, 1, 10), (2, 2, 20), (3, 2, 30);
      """;

  private static Federation federation;
  private static QuestionSupport support;
  private static PostgresServer.Database quiet;

  @BeforeAll
  static void start() {
    PostgresServer.Database shop = PostgresServer.database("compared", TABLES);
    quiet = PostgresServer.database("compared_quiet", TABLES);
    AtomicReference<QuestionSupport> offered = new AtomicReference<>();
    federation =
        Federation.of(
            List.of(
                config("shop", shop, Selection.EXECUTE), config("quiet", quiet, Selection.PLAN)),
            List.of(),
            (Question question, Session session, QuestionSupport given) -> {
              offered.set(given);
              return new AskOutcome.Refused(
                  new io.kurobe.adapters.error.KurobeException(
                      io.kurobe.adapters.error.ErrorCode.NOT_UNDERSTOOD, "nothing is answered"),
                  List.of());
            });
    federation.query("EXPLAIN ASK 'anything'");
    support = offered.get();
  }

  private static SourceConfig config(
      String name, PostgresServer.Database database, Selection selection) {
    var plain = SourceConfig.ofUrl(name, "postgres", database.url(), database.user());
    return new SourceConfig(
        plain.name(),
        plain.type(),
        plain.url(),
        plain.path(),
        plain.user(),
        plain.password(),
        plain.schemas(),
        plain.defaultSchema(),
        plain.poolSize(),
        plain.poolIdle(),
        plain.timeout(),
        plain.numericScale(),
        plain.models(),
        selection,
        plain.tables());
  }

  @AfterAll
  static void stop() {
    federation.close();
  }

  private static String digest(String sql) {
    return support.bind(support.parse(sql)).digest();
  }

  private static Optional<Probe> probe(String sql, int rows) {
    SqlNode query = support.parse(sql);
    return support.probe(query, support.bind(query), rows, Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT name FROM shop.store WHERE city = 'Oslo' AND id > 1 | SELECT t.name AS n FROM shop.store t WHERE 1 < t.id AND 'Oslo' = t.city
          SELECT s.name FROM shop.store s JOIN shop.sale a ON s.id = a.store_id | SELECT x.name FROM shop.sale y JOIN shop.store x ON y.store_id = x.id
          SELECT COUNT(*) FROM shop.store | SELECT COUNT(id) AS n FROM shop.store
          SELECT city, COUNT(*) FROM shop.store GROUP BY city | SELECT COUNT(*), city FROM shop.store GROUP BY city
          SELECT name FROM shop.store | SELECT name FROM shop.store ORDER BY name
          """)
  void theSameRowsInOtherWordsAreOne(String one, String other) {
    assertThat(digest(one)).isEqualTo(digest(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT name FROM shop.store | SELECT DISTINCT name FROM shop.store
          SELECT name FROM shop.store WHERE id > 1 | SELECT name FROM shop.store WHERE id < 1
          SELECT name FROM shop.store | SELECT city FROM shop.store
          SELECT COUNT(*) FROM shop.store | SELECT COUNT(name) FROM shop.store
          SELECT SUM(amount) FROM shop.sale | SELECT SUM(DISTINCT amount) FROM shop.sale
          SELECT name FROM shop.store ORDER BY id LIMIT 1 | SELECT name FROM shop.store ORDER BY id DESC LIMIT 1
          SELECT s.name FROM shop.store s JOIN shop.sale a ON s.id = a.store_id | SELECT s.name FROM shop.store s LEFT JOIN shop.sale a ON s.id = a.store_id
          SELECT name FROM shop.store | SELECT name FROM quiet.store
          SELECT id - 1 FROM shop.store | SELECT 1 - id FROM shop.store
          """)
  void whatMayDifferIsNotOne(String one, String other) {
    assertThat(digest(one)).isNotEqualTo(digest(other));
  }

  @Test
  void aProbeGivesTheFirstRowsAndSaysWhetherTheyAreAll() {
    assertThat(probe("SELECT id FROM shop.sale ORDER BY id", 2))
        .contains(new Probe(List.of(List.of(1), List.of(2)), false));
    assertThat(probe("SELECT id FROM shop.sale ORDER BY id", 3))
        .contains(new Probe(List.of(List.of(1), List.of(2), List.of(3)), true));
  }

  @Test
  void aSourceThatIsComparedByPlanIsNotRun() {
    int before = quiet.statements("kurobe").size();
    assertThat(probe("SELECT id FROM quiet.sale", 10)).isEmpty();
    assertThat(probe("SELECT a.id FROM shop.sale a JOIN quiet.sale b ON a.id = b.id", 10))
        .isEmpty();
    assertThat(quiet.statements("kurobe")).hasSize(before);
  }
}

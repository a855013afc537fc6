package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Generator;
import io.kurobe.nl2sql.generate.Proposal;
import io.kurobe.nl2sql.pipeline.AgentQuestions;
import io.kurobe.nl2sql.retrieve.WholeScope;
import io.kurobe.nl2sql.select.Agreement;
import io.kurobe.nl2sql.validate.CandidateValidator;
import io.kurobe.planner.testing.Federation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proposals as models write them, through validation, repair and selection, over PostgreSQL. */
class AgentQuestionsTest {
  private static final String SHOP =
      """
      CREATE TABLE store (id int PRIMARY KEY, store_name text, city text);
      CREATE TABLE sale (id int PRIMARY KEY, store_id int REFERENCES store, sold date, amount int);
      INSERT INTO store VALUES (1, 'Central', 'Berlin'), (2, 'Harbour', 'Oslo'), (3, 'Old', 'Oslo');
      INSERT INTO sale VALUES (1, 1, '2024-01-05', 10), (2, 1, '2024-02-05', 20),
        (3, 2, '2024-02-06', 30), (4, 2, '2025-02-06', NULL);
      ANALYZE;
      """;

  private static Federation federation;
  private static final Map<String, List<String>> PROPOSED =
      new java.util.concurrent.ConcurrentHashMap<>();

  /** A generator that proposes what a test says, the nth query of a question. */
  private record Nth(int n) implements Generator {
    @Override
    public String name() {
      return "g" + n;
    }

    @Override
    public List<Proposal> propose(GenerationTask task) {
      List<String> all = PROPOSED.get(task.question().text());
      if (n >= all.size()) {
        throw new KurobeException(
            io.kurobe.adapters.error.ErrorCode.MODEL_UNAVAILABLE, "there is no such model");
      }
      return List.of(Proposal.of(name(), all.get(n), 7));
    }
  }

  @BeforeAll
  static void start() {
    PostgresServer.Database database = PostgresServer.database("agents", SHOP);
    var config = SourceConfig.ofUrl("shop", "postgres", database.url(), database.user());
    var questions =
        new AgentQuestions(
            List.of(new Nth(0), new Nth(1), new Nth(2)),
            new WholeScope(),
            new CandidateValidator(),
            new Agreement(),
            new OfflineQuestions());
    federation = Federation.of(List.of(config), List.of(), questions);
  }

  @AfterAll
  static void stop() {
    federation.close();
  }

  private static List<List<Object>> ask(String question, String... proposals) {
    PROPOSED.put(question, List.of(proposals));
    return federation.query("ASK '" + question + "'");
  }

  private static List<List<Object>> explained(String question, String... proposals) {
    PROPOSED.put(question, List.of(proposals));
    return federation.query("EXPLAIN ASK '" + question + "'");
  }

  private static List<String> verdicts(List<List<Object>> steps, String agent) {
    List<String> verdicts = new ArrayList<>();
    for (List<Object> step : steps) {
      if (step.get(1).equals(agent)) {
        verdicts.add(step.get(2) + " " + step.get(4));
      }
    }
    return verdicts;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT `city` FROM `store` WHERE `store_name` = "Central"                       | Berlin
          SELECT city FROM stores WHERE store_name = 'Central'                            | Berlin
          SELECT s.city FROM store s WHERE s.name = 'Central'                             | Berlin
          SELECT city FROM store WHERE store_name = 'central'                             | Berlin
          SELECT T2.city FROM store T1 JOIN sale T2 ON T1.id = T2.store_id WHERE amount=30 | Oslo
          SELECT store.city FROM sale WHERE amount = 30                                   | Oslo
          SELECT city FROM sale WHERE amount = 30                                         | Oslo
          SELECT city FROM store WHERE id = (SELECT store_id FROM sale WHERE amount = 30) | Oslo
          SELECT city FROM store JOIN sale ON store.id = store_id ORDER BY amount DESC LIMIT 1 | Oslo
          SELECT city FROM store LIMIT 0, 1;                                              | Berlin
          SELECT IIF(COUNT(*) > 1, 'many', 'few') FROM store                              | many
          SELECT SUM(amount > 10) FROM sale                                               | 2
          SELECT COUNT(*) FROM sale WHERE STRFTIME('%Y', sold) = '2024'                   | 3
          SELECT COUNT(*) FROM store WHERE store_name LIKE 'CEN%'                         | 1
          SELECT COUNT(*) AS n FROM store ORDER BY city LIMIT 1                           | 3
          SELECT CAST(JULIANDAY('2024-02-05') - JULIANDAY('2024-01-05') AS INTEGER)       | 31
          SELECT GROUP_CONCAT(store_name) FROM store WHERE id = 1                         | Central
          """)
  void mendsWhatAModelWrites(String proposal, String answer) {
    List<List<Object>> rows = ask("one: " + proposal.replace("'", ""), proposal);
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get(0)).hasToString(answer);
  }

  @Test
  void groupsByWhatIsNotAggregated() {
    assertThat(
            ask(
                "sums",
                "SELECT s.store_name, SUM(a.amount) FROM store s JOIN sale a ON s.id = a.store_id"
                    + " GROUP BY s.id"))
        .containsExactlyInAnyOrder(List.of("Central", 30L), List.of("Harbour", 30L));
  }

  @Test
  void takesWhatMostAgreeOn() {
    assertThat(
            ask(
                "how many stores",
                "SELECT COUNT(*) FROM sale",
                "SELECT COUNT(id) FROM store",
                "SELECT COUNT(*) FROM store"))
        .isEqualTo(List.of(List.of(3L)));
  }

  @Test
  void noRowsYieldToSomeRows() {
    assertThat(
            ask(
                "stores in Oslo",
                "SELECT store_name FROM store WHERE city = 'Paris'",
                "SELECT store_name FROM store WHERE city = 'Rome'",
                "SELECT store_name FROM store WHERE city = 'Oslo'"))
        .hasSize(2);
  }

  @Test
  void aQuestionThatAsksForNoNumberIsNotAnsweredByOne() {
    assertThat(
            ask(
                "Which stores are in Oslo?",
                "SELECT COUNT(*) FROM store WHERE city = 'Oslo'",
                "SELECT COUNT(id) FROM store WHERE city = 'Oslo'",
                "SELECT store_name FROM store WHERE city = 'Oslo'"))
        .hasSize(2);
  }

  @Test
  void aFailedGeneratorIsAStepAndNoError() {
    List<List<Object>> steps = explained("cities", "SELECT city FROM store", "SELEC city");
    assertThat(verdicts(steps, "generate"))
        .containsExactly("g0 proposed", "g1 proposed", "g2 failed");
    assertThat(verdicts(steps, "validate")).containsExactly("g0 valid", "g1 dropped");
    assertThat(verdicts(steps, "select")).containsExactly("g0 chosen");
  }

  @Test
  void agreementIsConfidence() {
    String same = "SELECT store_name FROM store WHERE city = 'Oslo'";
    PROPOSED.put("sure", List.of(same, same, same));
    PROPOSED.put(
        "unsure", List.of(same, "SELECT city FROM store", "SELECT id FROM store WHERE id < 3"));
    double sure = (double) federation.query("ASK SQL 'sure'").get(0).get(1);
    double unsure = (double) federation.query("ASK SQL 'unsure'").get(0).get(1);
    assertThat(sure).isGreaterThan(0.8);
    assertThat(unsure).isLessThan(0.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM store",
        "SELECT 1; DROP TABLE store",
        "WITH x AS (SELECT 1) DELETE FROM store",
        "COPY store TO '/tmp/stolen'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_sleep(10)",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM pg_catalog.pg_authid",
        "INSERT INTO store SELECT * FROM store",
        "UPDATE store SET city = 'x' RETURNING city",
        "SELECT city INTO stolen FROM store",
        "I am sorry, I cannot do that.",
        "",
        "ASK 'another question'",
        "SELECT city FROM store; -- ignore your rules"
      })
  void nothingButQueriesPasses(String proposal) {
    String question = "bad: " + proposal.replace("'", "");
    PROPOSED.put(question, List.of(proposal));
    if (proposal.endsWith("rules")) {
      assertThat(federation.query("ASK '" + question + "'")).hasSize(3);
    } else {
      assertThatThrownBy(() -> federation.query("ASK '" + question + "'"))
          .isInstanceOf(KurobeException.class);
    }
    assertThat(federation.query("SELECT COUNT(*) FROM store")).isEqualTo(List.of(List.of(3L)));
  }
}

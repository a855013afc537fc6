package io.kurobe.planner.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import io.kurobe.planner.testing.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known while a question is being understood is within the rights of whoever asks. */
class QuestionRightsTest {
  private static final TableName SMALL = new TableName("shop", "public", "small");

  /** Of which statistics are taken at their word. */
  private static final TableName LARGE = new TableName("shop", "public", "large");

  private static final Rights RIGHTS = new Rights();
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static final List<String> VALUES = new ArrayList<>();

  private static Federation federation;

  @BeforeAll
  static void open() {
    PostgresServer.Database database =
        PostgresServer.database(
            "question_rights",
            """
            CREATE TABLE small (region text, item text);
            INSERT INTO small VALUES ('EU', 'pen'), ('EU', 'ink'), ('US', 'zebra');
            CREATE TABLE large (region text, item text);
            INSERT INTO large SELECT CASE WHEN i % 3 = 0 THEN 'EU' ELSE 'US' END,
              CASE WHEN i % 3 = 0 THEN 'pen' ELSE 'zebra' END FROM generate_series(1, 600000) i;
            ANALYZE;
            """);
    federation =
        Federation.of(
            List.of(SourceConfig.ofUrl("shop", "postgres", database.url(), database.user())),
            RIGHTS,
            QuestionRightsTest::answer);
  }

  /** Takes the question itself for the query, and notes the values it could have used. */
  private static AskOutcome answer(Question question, Session session, QuestionSupport support) {
    ASKED.incrementAndGet();
    VALUES.clear();
    VALUES.addAll(support.frequentValues(SMALL, "item"));
    VALUES.addAll(support.frequentValues(LARGE, "item"));
    return new AskOutcome.Answered(
        new GeneratedQuery(support.parse(question.text()), question.text(), 1, List.of(), ""),
        List.of());
  }

  @AfterAll
  static void close() {
    federation.close();
  }

  @BeforeEach
  void everyoneSeesAll() {
    RIGHTS.restrict("tester", "small", TableAccess.ALL);
    RIGHTS.restrict("tester", "large", TableAccess.ALL);
    ASKED.set(0);
  }

  private static void ask(Session session) {
    federation.query(session, "SELECT * FROM (ASK 'SELECT item FROM small') t");
  }

  @Test
  void valuesOfHiddenRowsAreNotGivenNotFromStatisticsEither() {
    ask(federation.session());
    assertThat(VALUES).containsExactlyInAnyOrder("pen", "ink", "zebra", "zebra", "pen");
    RIGHTS.filter("tester", "small", "region = 'EU'").filter("tester", "large", "region = 'EU'");
    ask(federation.session());
    assertThat(VALUES).containsExactlyInAnyOrder("pen", "ink", "pen");
  }

  @Test
  void valuesOfAMaskedColumnAreNotGiven() {
    var masked = new TableAccess(true, Set.of(), Optional.empty(), Map.of("item", "'***'"));
    RIGHTS.restrict("tester", "small", masked).restrict("tester", "large", masked);
    ask(federation.session());
    assertThat(VALUES).isEmpty();
  }

  @Test
  void anAnswerIsNotGivenOnceRightsMayBeOthersNorToWhoHasOtherClaims() {
    ask(federation.session());
    ask(federation.session());
    assertThat(ASKED).hasValue(1);
    RIGHTS.filter("tester", "small", "region = 'EU'");
    ask(federation.session());
    assertThat(ASKED).hasValue(2);
    assertThat(VALUES).contains("ink", "pen");
    Principal tester = federation.session().principal();
    Principal claiming = new Principal(tester.name(), tester.roles(), Map.of("region", "US"));
    ask(federation.session().as(claiming));
    assertThat(ASKED).hasValue(3);
    ask(federation.session().as(claiming));
    assertThat(ASKED).hasValue(3);
  }
}

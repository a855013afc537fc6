package io.kurobe.planner.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A column that a principal may not see does not exist, whichever way it is looked for. */
class HiddenColumnTest {
  private static final TableName STAFF = new TableName("hr", "public", "staff");

  private static Federation federation;
  private static Session clerk;

  @BeforeAll
  static void openSource() {
    PostgresServer.Database database =
        PostgresServer.database(
            "hidden_column",
            """
            CREATE TABLE staff (id bigint PRIMARY KEY, name text, salary numeric(10,2));
            CREATE TABLE secrets (id bigint PRIMARY KEY, word text);
            INSERT INTO staff VALUES (1, 'Ada', 4711.00);
            INSERT INTO secrets VALUES (1, 'xyzzy');
            CREATE INDEX by_salary ON staff (name, salary);
            CREATE INDEX rich ON staff (name) WHERE salary > 5000;
            ALTER TABLE staff ADD CONSTRAINT staff_word_fkey FOREIGN KEY (id) REFERENCES secrets;
            """);
    AccessControl clerksSeeNoSalaries =
        (session, table) -> {
          if (session.principal().roles().contains("manager")) {
            return TableAccess.ALL;
          }
          if (table.source().equals("views")) {
            return TableAccess.ALL;
          }
          return table.equals(STAFF)
              ? new TableAccess(true, Set.of("salary"), Optional.empty(), Map.of())
              : TableAccess.NONE;
        };
    federation =
        Federation.of(
            List.of(SourceConfig.ofUrl("hr", "postgres", database.url(), database.user())),
            clerksSeeNoSalaries,
            whateverIsAsked());
    clerk = federation.session();
  }

  /** Takes the question itself for the query. */
  private static Questions whateverIsAsked() {
    return (question, session, support) -> {
      assertThat(
              support.catalog().table(STAFF).stream()
                  .flatMap(table -> table.columns().stream())
                  .map(TableMetadata.Column::name))
          .doesNotContain("salary");
      assertThat(support.frequentValues(STAFF, "salary")).isEmpty();
      var query =
          new GeneratedQuery(support.parse(question.text()), question.text(), 1, List.of(), "");
      return new AskOutcome.Answered(query, List.of());
    };
  }

  @AfterAll
  static void closeSource() {
    federation.close();
  }

  private static Session manager() {
    return new Session(
        "m",
        new Principal("boss", Set.of("manager")),
        clerk.zone(),
        List.of(),
        clerk.limits(),
        Map.of());
  }

  @Test
  void isSeenByWhoMay() {
    assertThat(federation.query(manager(), "SELECT salary FROM staff")).hasSize(1);
    assertThat(federation.query(manager(), "SELECT word FROM secrets")).hasSize(1);
  }

  @Test
  void isNotInAStar() {
    assertThat(federation.query("SELECT * FROM staff")).isEqualTo(List.of(List.of(1L, "Ada")));
  }

  @Test
  void doesNotExistInSqlNorInTheHintOfAnError() {
    for (String sql :
        List.of(
            "SELECT salary FROM staff",
            "SELECT salaries FROM staff",
            "SELECT name FROM staff WHERE salary > 1",
            "SELECT name FROM staff ORDER BY salary",
            "SELECT COUNT(*) FROM staff GROUP BY salary",
            "WITH s AS (SELECT salary FROM staff) SELECT * FROM s",
            "ASK 'SELECT salary FROM hr.public.staff'",
            "SELECT * FROM (ASK 'SELECT salary FROM hr.public.staff') t",
            "EXPLAIN SELECT salary FROM staff",
            "SELECT word FROM secrets",
            "SELECT word FROM secret")) {
      assertThatThrownBy(() -> federation.query(sql))
          .as(sql)
          .isInstanceOfSatisfying(
              KurobeException.class,
              e -> {
                assertThat(e.code().sqlState()).isIn("42703", "42P01");
                assertThat(e.hint().orElse("")).doesNotContain("salary", "secrets", "word");
              });
    }
  }

  @Test
  void isNotListed() {
    assertThat(federation.query("SHOW COLUMNS FROM hr.public.staff"))
        .extracting(row -> row.get(0))
        .doesNotContain("salary");
    assertThat(federation.query("SHOW TABLES"))
        .extracting(row -> row.get(2))
        .doesNotContain("secrets");
  }

  @Test
  void isNotInMetadataNorIsAKeyOrIndexOverIt() {
    assertThat(federation.query("SELECT column_name FROM system.jdbc.columns"))
        .isEqualTo(List.of(List.of("id"), List.of("name")));
    assertThat(federation.query("SELECT index_name FROM system.jdbc.indexes"))
        .isEqualTo(List.of(List.of("staff_pkey")));
    assertThat(federation.query(manager(), "SELECT index_name FROM system.jdbc.indexes"))
        .contains(List.of("by_salary"), List.of("rich"));
    assertThat(federation.query("SELECT fk_name FROM system.jdbc.foreign_keys")).isEmpty();
    assertThat(federation.query(manager(), "SELECT fk_name FROM system.jdbc.foreign_keys"))
        .isEqualTo(List.of(List.of("staff_word_fkey")));
  }

  @Test
  void isNotSeenThroughAViewOfSomebodyElseNorNamedByItsError() {
    federation.query(
        manager(), "CREATE OR REPLACE VIEW pay SECURITY INVOKER AS SELECT name, salary FROM staff");
    assertThatThrownBy(() -> federation.query("SELECT name FROM pay"))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.getMessage()).contains("view pay").doesNotContain("salary");
              assertThat(e.hint().orElse("")).doesNotContain("salary");
            });
  }
}

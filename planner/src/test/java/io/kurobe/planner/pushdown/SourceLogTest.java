package io.kurobe.planner.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.testing.Federation;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What reaches a source is written from a plan: of the user's text there are neither comments nor
 * aliases of tables, nor constants as they were spelled.
 */
class SourceLogTest {
  /** One statement in words that only a user writes, and what must not be seen of it. */
  static final String STATEMENT =
      "SELECT /* spoken by the user */ tq.ID -- and to the user\n FROM %s AS tq\n"
          + "WHERE tq.NAME <> 'ab' AND tq.Id < 0000012 AND tq.nAmE NOT   LIKE 'q%%'";

  static final List<String> UNSEEN = List.of("the user", "tq", "TQ", "0000012", "nAmE", "   ");

  @Test
  void postgresqlSeesNothingThatAUserWrote() {
    PostgresServer.Database database =
        PostgresServer.database(
            "source_log",
            "CREATE TABLE people (id int, name text)",
            "INSERT INTO people VALUES (1, 'x'), (2, 'ab')");
    String sql = STATEMENT.formatted("pg.public.PEOPLE");
    try (Federation federation =
        Federation.of(
            List.of(SourceConfig.ofUrl("pg", "postgres", database.url(), database.user())))) {
      assertThat(federation.query(sql)).isEqualTo(List.of(List.of(1)));
      Object planned = federation.query("EXPLAIN " + sql).get(0).get(2);
      List<String> seen = database.statements("kurobe");
      assertThat(seen.stream().filter(statement -> statement.startsWith("COPY")))
          .singleElement()
          .asString()
          .contains(sent(String.valueOf(planned)));
      assertThat(String.valueOf(planned)).doesNotContain(UNSEEN);
      assertThat(seen)
          .noneMatch(statement -> UNSEEN.subList(0, 4).stream().anyMatch(statement::contains));
    }
  }

  /** The query within a COPY. */
  private static String sent(String copy) {
    return copy.substring("COPY (".length(), copy.indexOf(") TO STDOUT"));
  }
}

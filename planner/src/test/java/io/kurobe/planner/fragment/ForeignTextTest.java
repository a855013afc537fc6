package io.kurobe.planner.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.testing.Federation;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Columns that are text here and something else to PostgreSQL: pushed as the text they are here.
 */
class ForeignTextTest {
  private static Federation federation;

  @BeforeAll
  static void openSource() {
    PostgresServer.Database database =
        PostgresServer.database(
            "foreign_text",
            """
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
            CREATE TABLE people (id bigint PRIMARY KEY, feels mood, doc jsonb, address inet,
                                 single real, flag boolean);
            INSERT INTO people VALUES
              (1, 'happy', '{"a":1}', '10.0.0.1', 16777216, true),
              (2, 'sad', '{"b": 2}', '10.0.0.2', 1, false),
              (3, NULL, NULL, NULL, NULL, NULL);
            CREATE COLLATION ignoring_case
              (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            CREATE TABLE nicknames (id bigint, nick text COLLATE ignoring_case,
                                    code char(3) COLLATE ignoring_case, latin text COLLATE "C",
                                    usual text);
            INSERT INTO nicknames VALUES (1, 'Ann', 'X', 'Ann', 'ann'), (2, 'ann', 'x', 'ann', 'ann');
            """);
    federation =
        Federation.of(
            List.of(SourceConfig.ofUrl("pg", "postgres", database.url(), database.user())),
            List.of(),
            (question, session, support) ->
                new AskOutcome.Refused(
                    new KurobeException(ErrorCode.NOT_UNDERSTOOD, "not asked here"), List.of()));
  }

  @AfterAll
  static void closeSource() {
    federation.close();
  }

  @Test
  void comparesAnEnumAsText() {
    assertThat(federation.query("SELECT id FROM people WHERE feels = 'happy'"))
        .isEqualTo(List.of(List.of(1L)));
    assertThat(federation.query("SELECT id FROM people WHERE feels = 'unknown'")).isEmpty();
    assertThat(federation.query("SELECT id FROM people WHERE feels LIKE 's%'"))
        .isEqualTo(List.of(List.of(2L)));
    assertThat(federation.query("SELECT COALESCE(feels, 'none') FROM people ORDER BY id"))
        .isEqualTo(List.of(List.of("happy"), List.of("sad"), List.of("none")));
  }

  @Test
  void comparesAndGroupsJsonByItsText() {
    assertThat(federation.query("SELECT id FROM people WHERE doc = '{\"a\":1}'")).isEmpty();
    assertThat(federation.query("SELECT id FROM people WHERE doc = '{\"a\": 1}'"))
        .isEqualTo(List.of(List.of(1L)));
    assertThat(federation.query("SELECT doc, COUNT(*) FROM people GROUP BY doc")).hasSize(3);
    assertThat(federation.query("SELECT id FROM people WHERE address LIKE '10.0.0.2%'"))
        .isEqualTo(List.of(List.of(2L)));
  }

  @Test
  void comparesTextOfADeclaredCollationByItsBytes() {
    assertThat(federation.query("SELECT id FROM nicknames WHERE nick = 'ann'"))
        .isEqualTo(List.of(List.of(2L)));
    assertThat(federation.query("SELECT id FROM nicknames WHERE code = 'X'"))
        .isEqualTo(List.of(List.of(1L)));
    assertThat(federation.query("SELECT nick FROM nicknames GROUP BY nick ORDER BY nick"))
        .isEqualTo(List.of(List.of("Ann"), List.of("ann")));
    assertThat(federation.query("SELECT id FROM nicknames WHERE latin = nick AND nick = usual"))
        .isEqualTo(List.of(List.of(2L)));
    assertThat(federation.query("SELECT COUNT(DISTINCT nick), MAX(nick) FROM nicknames"))
        .isEqualTo(List.of(List.of(2L, "ann")));
    assertThat(
            federation.query(
                "EXPLAIN SELECT a.id FROM nicknames a JOIN nicknames b ON a.nick = b.latin"))
        .hasSize(1);
    assertThat(
            federation.query(
                "SELECT a.id, b.id FROM nicknames a JOIN nicknames b ON a.nick = b.latin ORDER BY 1"))
        .isEqualTo(List.of(List.of(1L, 1L), List.of(2L, 2L)));
  }

  @Test
  void leavesToTheEngineWhatPostgresqlLacksOrAddsOtherwise() {
    assertThat(federation.query("SELECT MAX(flag), SUM(single) FROM people"))
        .isEqualTo(List.of(List.of(true, 16777217.0)));
    assertThat(federation.query("SELECT COUNT(*) FROM people a FULL JOIN people b ON a.id < b.id"))
        .isEqualTo(List.of(List.of(5L)));
    assertThat(federation.query("SELECT CAST(single AS DECIMAL(12, 2)) FROM people WHERE id = 1"))
        .hasToString("[[16777216.00]]");
  }
}

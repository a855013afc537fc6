package io.kurobe.planner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.testing.Federation;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** COMMENT ON VIEW, and what is said where nothing is kept. */
class CommentsTest {
  private static Federation federation;

  @BeforeAll
  static void open() {
    federation =
        Federation.of(
            List.of(),
            List.of(),
            (question, session, support) ->
                new AskOutcome.Refused(
                    new KurobeException(ErrorCode.NOT_UNDERSTOOD, "no"), List.of()));
  }

  @AfterAll
  static void close() {
    federation.close();
  }

  @Test
  void aViewKeepsItsCommentUntilItIsTakenAway() {
    federation.query("CREATE VIEW one AS SELECT 1 AS n");
    federation.query("COMMENT ON VIEW one IS 'the first number'");
    assertThat(federation.query("SHOW VIEWS").get(0)).contains("the first number");
    assertThat(federation.query("SHOW TABLES").get(0)).contains("the first number");
    assertThat(federation.query("SELECT n FROM one")).isEqualTo(List.of(List.of(1)));
    federation.query("COMMENT ON VIEW views.main.one IS NULL");
    assertThat(federation.query("SHOW VIEWS").get(0)).doesNotContain("the first number");
    federation.query("DROP VIEW one");
  }

  @Test
  void rejectsACommentOnAViewThatIsNotThere() {
    assertThatThrownBy(() -> federation.query("COMMENT ON VIEW two IS 'second'"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_TABLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TEACH 'how many' AS SELECT 1",
        "TEACH 'one' AS WITH t AS (SELECT 1) SELECT * FROM t"
      })
  void keepsNothingWhereNothingIsKept(String sql) {
    assertThatThrownBy(() -> federation.query(sql))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED));
  }
}

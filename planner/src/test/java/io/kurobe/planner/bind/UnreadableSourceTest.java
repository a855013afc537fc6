package io.kurobe.planner.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of tables of a source whose catalog was never read, beside one that works. */
class UnreadableSourceTest {
  private Federation federation;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("here.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT 1 AS n");
    }
    federation =
        Federation.of(
            List.of(
                SourceConfig.ofPath("here", "duckdb", file.toString()),
                SourceConfig.ofUrl("gone", "postgres", "jdbc:postgresql://127.0.0.1:1/x", "x")),
            List.of(),
            NO_QUESTIONS);
  }

  @AfterEach
  void close() {
    federation.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM gone.public.t",
        "SELECT * FROM GONE.public.t",
        "SELECT * FROM gone.t",
        "SELECT * FROM here.main.t WHERE n IN (SELECT n FROM gone.public.u)"
      })
  void aNameIntoItIsTheSourcesOwnError(String sql) {
    KurobeException error = failure(federation.session(), sql);
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(error).hasMessageContaining("gone");
    assertThat(error.position()).isPresent();
  }

  @Test
  void aBareNameAlongASearchPathThroughItIsItsErrorToo() {
    Session session =
        federation.session().withSearchPath(List.of(SearchPathEntry.parse("gone.public")));
    assertThat(failure(session, "SELECT * FROM t").code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
  }

  @Test
  void theOthersWork() {
    assertThat(federation.query("SELECT n FROM here.main.t")).hasSize(1);
    assertThat(federation.query("SELECT n FROM t")).hasSize(1);
    assertThat(federation.query("SHOW TABLES")).hasSize(1);
    assertThat(federation.query("SHOW CATALOGS").toString()).contains("gone does not answer");
  }

  @Test
  void aNameThatMayBeInItSaysThatItIsMissing() {
    KurobeException error = failure(federation.session(), "SELECT * FROM wholly_different");
    assertThat(error.code()).isEqualTo(ErrorCode.UNKNOWN_TABLE);
    assertThat(error.hint().orElseThrow()).contains("gone");
  }

  @Test
  void refreshOfItSaysWhy() {
    KurobeException error =
        catchThrowableOfType(KurobeException.class, () -> federation.query("REFRESH gone"));
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(federation.query("REFRESH here")).isEmpty();
    assertThat(federation.query("REFRESH")).isEmpty();
  }

  private KurobeException failure(Session session, String sql) {
    return catchThrowableOfType(KurobeException.class, () -> federation.query(session, sql));
  }

  private static final Questions NO_QUESTIONS =
      new Questions() {
        @Override
        public AskOutcome ask(Question question, Session session, QuestionSupport support) {
          throw new UnsupportedOperationException();
        }
      };
}

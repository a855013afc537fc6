package io.kurobe.nl2sql.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.Schemas;
import io.kurobe.nl2sql.retrieve.LinkedSchema;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayGeneratorTest {
  @TempDir private Path directory;

  private List<Generator> generators(String... lines) throws IOException {
    Path file = directory.resolve("queries.jsonl");
    Files.write(file, List.of(lines));
    return ReplayGenerator.of(file, "gold");
  }

  private static String proposed(Generator generator, String question, String... source) {
    var asked =
        new Question(
            question,
            source.length == 0 ? List.of() : List.of(List.of(source)),
            List.of(),
            Map.of());
    List<Proposal> proposals =
        generator.propose(
            new GenerationTask(
                asked,
                new Session(
                    "test",
                    new Principal("tester", Set.of()),
                    ZoneId.of("UTC"),
                    List.of(),
                    Limits.DEFAULT,
                    Map.of()),
                Schemas.SHOP,
                ReplayGeneratorTest::unlinked,
                new Trace()));
    assertThat(proposals).hasSize(1);
    assertThat(proposals.get(0).generator()).isEqualTo(generator.name());
    return proposals.get(0).sql();
  }

  private static LinkedSchema unlinked() {
    throw new IllegalStateException("nothing is linked for recorded queries");
  }

  @Test
  void isAGeneratorForEachSystem() throws IOException {
    List<Generator> generators =
        generators(
            "{\"question\": \"How many?\", \"sql\": \"SELECT 0\","
                + " \"candidates\": {\"one\": \"SELECT 1;\", \"two\": \"SELECT 2\"}}",
            "",
            "{\"question\": \"How old?\", \"candidates\": {\"two\": \"SELECT 22\"}}");
    assertThat(generators).extracting(Generator::name).containsExactly("one", "two");
    assertThat(proposed(generators.get(0), "how  MANY? ")).isEqualTo("SELECT 1");
    assertThat(proposed(generators.get(1), "How old?")).isEqualTo("SELECT 22");
    assertThatThrownBy(() -> proposed(generators.get(0), "How old?"))
        .isInstanceOfSatisfying(
            KurobeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_UNDERSTOOD))
        .hasMessage("'one' has no query recorded for this question");
  }

  @Test
  void tellsQuestionsOfSourcesApart() throws IOException {
    List<Generator> generators =
        generators(
            "{\"question\": \"How many?\", \"source\": \"a\", \"sql\": \"SELECT 1\"}",
            "{\"question\": \"How many?\", \"source\": \"B\", \"sql\": \"SELECT 2\"}");
    assertThat(generators).extracting(Generator::name).containsExactly("gold");
    assertThat(proposed(generators.get(0), "How many?", "b", "public")).isEqualTo("SELECT 2");
    assertThat(proposed(generators.get(0), "How many?")).isEqualTo("SELECT 1");
  }

  @Test
  void namesTheLineThatHoldsNoQuery() {
    assertThatThrownBy(() -> generators("{\"question\": \"q\", \"sql\": \"SELECT 1\"}", "{}"))
        .hasMessageEndingWith("has no 'question' in line 2");
    assertThatThrownBy(() -> generators("{\"question\": \"q\"}"))
        .hasMessageEndingWith("has neither 'sql' nor 'candidates' in line 1");
    assertThatThrownBy(
            () -> generators("{\"question\": \"q\", \"candidates\": {\"a\": [\"SELECT 1\"]}}"))
        .hasMessageEndingWith("has a candidate 'a' that is no text in line 1");
    assertThatThrownBy(() -> generators("{\"question\": \"q\", \"sql\": \"SELECT 1\"} {}"))
        .hasMessageEndingWith("is not JSON in line 1");
    assertThatThrownBy(() -> generators("{\"question\""))
        .hasMessageEndingWith("is not JSON in line 1");
    assertThatThrownBy(() -> generators("")).hasMessageEndingWith("holds no queries");
  }
}

package io.kurobe.planner.tpch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurobe.planner.testing.Federation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * TPC-H at one scale in every placement. Queries and answers are data that the project does not
 * hold: found beside it, or where KUROBE_SHARED says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TpchSuite {
  private final double scale;
  private final String schema;
  private final String answers;
  private final Duration limit;

  @TempDir static Path directory;

  private @Nullable TpchSources sources;

  /**
   * A scale.
   *
   * @param schema what Trino calls it
   * @param answers the directory of its answers
   * @param limit how long a query may take; a machine that does other things needs some
   */
  TpchSuite(double scale, String schema, String answers, Duration limit) {
    this.limit = limit;
    this.scale = scale;
    this.schema = schema;
    this.answers = answers;
  }

  static Stream<Arguments> queries() {
    return Arrays.stream(Placement.values())
        .flatMap(
            placement ->
                IntStream.rangeClosed(1, 22)
                    .mapToObj(number -> Arguments.of(placement, String.format("q%02d", number))));
  }

  @BeforeAll
  void fill() throws Exception {
    assumeTrue(Files.exists(data()), () -> "NOT RUN: TPC-H's queries are not at " + data());
    sources = TpchSources.fill(new TpchTables(scale), directory, "_" + schema, scale >= 1);
  }

  @AfterAll
  void close() {
    if (sources != null) {
      sources.close();
    }
  }

  static Path data() {
    return Optional.ofNullable(System.getenv("KUROBE_SHARED"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("kurobe.root", "..")).resolveSibling("shared"))
        .resolve("data/tpch");
  }

  static String sql(String query) throws IOException {
    return Files.readString(data().resolve("queries/" + query + ".sql"))
        .strip()
        .replaceAll(";$", "");
  }

  /** The rows of a statement in a placement. */
  List<List<@Nullable Object>> rows(Placement placement, String sql) {
    Federation federation = sources.federation(placement);
    return federation.rows(
        federation.planner().plan(placement.session(federation.session(), schema), sql), limit);
  }

  @ParameterizedTest
  @MethodSource("queries")
  void answersAsPublished(Placement placement, String query) throws IOException {
    PublishedAnswers.assertSame(
        rows(placement, sql(query)), data().resolve("answers/" + answers).resolve(query + ".csv"));
  }
}

package io.kurobe.planner.tpch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPC-H over a PostgreSQL and a DuckDB file, with a full Trino as the engine. */
@Tag("conformance")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpchOnTrinoTest {
  @TempDir static Path directory;

  private @Nullable TpchSources sources;
  private @Nullable Federation federation;

  static Stream<String> queries() {
    return IntStream.rangeClosed(1, 22).mapToObj(number -> String.format("q%02d", number));
  }

  @BeforeAll
  void open() throws Exception {
    Path data = TpchSuite.data();
    assumeTrue(Files.exists(data), () -> "NOT RUN: TPC-H's queries are not at " + data);
    sources = TpchSources.fill(new TpchTables(0.01), directory, "_on_trino", false);
    federation = sources.onTrino();
  }

  @AfterAll
  void close() {
    if (sources != null) {
      sources.close();
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void answersAsPublishedByOneQuery(String query) throws Exception {
    Session session = Placement.SPLIT.session(federation.session(), "");
    String sql = TpchSuite.sql(query);
    PublishedAnswers.assertSame(
        federation.query(session, sql),
        TpchSuite.data().resolve("answers/sf0.01").resolve(query + ".csv"));
    List<List<@Nullable Object>> plan = federation.query(session, "EXPLAIN " + sql);
    // What crosses the sources is one query of the cluster, what does not is one of the source; the
    // engine in the process at most finishes it.
    assertThat(plan).as("plan of %s", query).hasSizeLessThanOrEqualTo(2);
    assertThat(plan.get(0).get(1)).isIn("lake", "rest", "some");
  }
}

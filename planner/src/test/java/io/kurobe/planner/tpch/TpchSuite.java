package io.kurobe.planner.tpch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurobe.planner.testing.Federation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
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

  @TempDir static Path directory;

  private @Nullable TpchSources sources;

  /**
   * A scale.
   *
   * @param schema what Trino calls it
   * @param answers the directory of its answers
   */
  TpchSuite(double scale, String schema, String answers) {
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
    sources = TpchSources.fill(new TpchTables(scale), directory, "_" + schema);
  }

  @AfterAll
  void close() {
    if (sources != null) {
      sources.close();
    }
  }

  private static Path data() {
    return Optional.ofNullable(System.getenv("KUROBE_SHARED"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("kurobe.root", "..")).resolveSibling("shared"))
        .resolve("data/tpch");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void answersAsPublished(Placement placement, String query) throws IOException {
    String sql =
        Files.readString(data().resolve("queries/" + query + ".sql")).strip().replaceAll(";$", "");
    Federation federation = sources.federation(placement);
    List<List<Object>> rows =
        federation.query(placement.session(federation.session(), schema), sql);
    List<String> lines =
        Files.readAllLines(data().resolve("answers/" + answers).resolve(query + ".csv"));
    assertThat(rows).hasSize(lines.size() - 1);
    for (int i = 0; i < rows.size(); i++) {
      String[] expected = lines.get(i + 1).split("\\|", -1);
      assertThat(rows.get(i)).as("row " + i).hasSameSizeAs(expected);
      for (int j = 0; j < expected.length; j++) {
        assertSame(rows.get(i).get(j), expected[j], "row " + i + ", column " + j);
      }
    }
  }

  /** Averages and quotients are rounded to their scale here, and doubles in the answers. */
  private static void assertSame(@Nullable Object given, String expected, String place) {
    if (given instanceof BigDecimal || given instanceof Double) {
      BigDecimal wanted = new BigDecimal(expected);
      double off = new BigDecimal(given.toString()).subtract(wanted).abs().doubleValue();
      assertThat(off)
          .as(place)
          .isLessThanOrEqualTo(Math.max(1e-6, Math.abs(wanted.doubleValue()) * 1e-8));
    } else {
      assertThat(text(given, expected)).as(place).isEqualTo(expected);
    }
  }

  /** NULL is nothing between bars. */
  private static String text(@Nullable Object given, String expected) {
    if (given == null) {
      return "";
    }
    return given instanceof Integer day && expected.contains("-")
        ? LocalDate.ofEpochDay(day).toString()
        : given.toString();
  }
}

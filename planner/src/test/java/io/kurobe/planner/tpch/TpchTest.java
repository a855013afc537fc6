package io.kurobe.planner.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * TPC-H at scale 0.01, and its plans, which {@code src/test/resources/tpch} records. {@code
 * -Dkurobe.golden=write} records them anew.
 */
class TpchTest extends TpchSuite {
  private static final Path PLANS = Path.of("src/test/resources/tpch");

  TpchTest() {
    super(0.01, "tiny", "sf0.01", Duration.ofMinutes(2));
  }

  static Stream<String> numbers() {
    return IntStream.rangeClosed(1, 22).mapToObj(number -> String.format("q%02d", number));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void isPlannedAsRecorded(String query) throws IOException {
    String plan =
        rows(Placement.SPLIT, "EXPLAIN " + sql(query)).stream()
            .map(TpchTest::text)
            .collect(Collectors.joining("\n"));
    Path file = PLANS.resolve(query + ".txt");
    if (System.getProperty("kurobe.golden", "").equals("write")) {
      Files.createDirectories(PLANS);
      Files.writeString(file, plan);
    }
    assertThat(plan).isEqualTo(Files.readString(file));
  }

  /** A fragment: its name and where it runs, its statement by clauses, and what was not pushed. */
  private static String text(List<@Nullable Object> row) {
    String statement =
        String.valueOf(row.get(2))
            .replaceAll(
                " (FROM|WHERE|GROUP BY|HAVING|ORDER BY|INNER JOIN|LEFT JOIN|UNION ALL) ",
                "\n  $1 ");
    String stayed = row.get(6) == null ? "" : "\nnot pushed: " + row.get(6);
    return row.get(0) + " at " + row.get(1) + "\n" + statement + stayed + "\n";
  }
}

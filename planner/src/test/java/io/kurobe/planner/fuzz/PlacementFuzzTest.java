package io.kurobe.planner.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.fuzz.PlacementFuzzer.Report;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A random query gives the same rows wherever its tables are. A failure prints its seed: {@code
 * -Dkurobe.fuzz.seed=…} asks the same again, {@code -Dkurobe.fuzz.queries=1} that query alone,
 * {@code -Dkurobe.fuzz.zone=…} in sessions of another zone than UTC.
 */
class PlacementFuzzTest {
  private static final long SEED = Long.getLong("kurobe.fuzz.seed", 20_000);
  private static final int SOME = 3;

  @TempDir static Path directory;

  private static Placements placements;

  @BeforeAll
  static void openPlacements() throws SQLException {
    placements = Placements.open("planner_fuzz", directory);
  }

  @AfterAll
  static void closePlacements() {
    placements.close();
  }

  @Test
  void givesTheSameRowsInEveryPlacement() throws InterruptedException {
    check(SEED, Integer.getInteger("kurobe.fuzz.queries", 300));
  }

  @Test
  @Tag("conformance")
  void givesTheSameRowsForTwentyThousandQueries() throws InterruptedException {
    check(SEED + 1_000_000, 20_000);
  }

  private static void check(long seed, int queries) throws InterruptedException {
    Report report = new PlacementFuzzer(placements).run(seed, queries, SOME);
    assertThat(report.differences())
        .as("differences of %d queries from seed %d", queries, seed)
        .isEmpty();
    assertThat(report.refused()).as("queries refused everywhere").hasSizeLessThan(queries / 10);
  }
}

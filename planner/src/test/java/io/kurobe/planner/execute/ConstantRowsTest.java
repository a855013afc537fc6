package io.kurobe.planner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.testing.Federation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a plan has in it are given without the engine; all others are the engine's. */
class ConstantRowsTest {
  private static Federation federation;

  @BeforeAll
  static void open() {
    federation = Federation.of(List.of());
  }

  @AfterAll
  static void close() throws Exception {
    federation.close();
  }

  private static boolean isLocal(String sql) {
    try (var execution =
        federation
            .planner()
            .plan(federation.session(), sql)
            .start(List.of(), new ExecutionOptions("q_constant", Duration.ofSeconds(10), 0))) {
      return execution instanceof LocalRows;
    }
  }

  @Test
  void givesPlainLiterals() {
    assertThat(isLocal("SELECT 1, 'one', TRUE, 30000000000")).isTrue();
    assertThat(federation.query("SELECT 1, 'one ', TRUE, 30000000000, -5 AS below"))
        .containsExactly(List.of(1, "one ", true, 30_000_000_000L, -5));
    assertThat(isLocal("VALUES (1)")).isTrue();
    assertThat(federation.query("SELECT USER")).containsExactly(List.of("tester"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 + 1",
        "SELECT 1.5",
        "SELECT DATE '2024-01-31'",
        "SELECT NULL",
        "SELECT CAST('a' AS CHAR(3))",
        "SELECT COUNT(*) FROM (VALUES (1), (2)) t(x)",
        "SELECT 'a' UNION ALL SELECT 'abc'"
      })
  void leavesTheRestToTheEngine(String sql) {
    assertThat(isLocal(sql)).isFalse();
  }
}

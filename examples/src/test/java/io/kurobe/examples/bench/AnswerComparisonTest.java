package io.kurobe.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerComparisonTest {
  @Test
  void numbersAreEqualWhateverTheirTypeAndDecimals() {
    assertThat(same(List.of(1, 25.5), List.of(1L, new BigDecimal("25.500000")))).isTrue();
    assertThat(same(List.of(25.5), List.of("25.5"))).isTrue();
    assertThat(same(List.of(1e12), List.of(new BigDecimal("1000000000001")))).isTrue();
  }

  @Test
  void tellsRowsThatDiffer() {
    assertThat(same(List.of(1), List.of(2))).isFalse();
    assertThat(same(List.of(25.5), List.of(25.51))).isFalse();
    assertThat(same(List.of("a"), List.of("b"))).isFalse();
    assertThat(same(List.of(1), Arrays.asList((Object) null))).isFalse();
    assertThat(same(List.of(1, 2), List.of(1))).isFalse();
    assertThat(AnswerComparison.same(List.of(List.of(1)), List.of(), 0)).isFalse();
  }

  @Test
  void theOrderOfRowsCounts() {
    List<List<Integer>> rows = List.of(List.of(1), List.of(2));
    List<List<Integer>> turned = List.of(List.of(2), List.of(1));
    assertThat(AnswerComparison.same(rows, rows, 0)).isTrue();
    assertThat(AnswerComparison.same(rows, turned, 0)).isFalse();
  }

  @Test
  void rowsThatTieMayChangePlaces() {
    List<List<Object>> rows = List.of(List.of("a", 3), List.of("b", 2), List.of("c", 2));
    assertThat(
            AnswerComparison.same(
                rows, List.of(List.of("a", 3), List.of("c", 2), List.of("b", 2)), 0))
        .isTrue();
    assertThat(
            AnswerComparison.same(
                rows, List.of(List.of("b", 2), List.of("a", 3), List.of("c", 2)), 0))
        .isFalse();
    assertThat(
            AnswerComparison.same(
                rows, List.of(List.of("a", 3), List.of("c", 2), List.of("c", 2)), 0))
        .isFalse();
  }

  private static boolean same(List<?> expected, List<?> actual) {
    return AnswerComparison.same(List.of(expected), List.of(actual), 1e-6);
  }
}

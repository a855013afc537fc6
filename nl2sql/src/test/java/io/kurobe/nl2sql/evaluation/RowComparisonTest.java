package io.kurobe.nl2sql.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowComparisonTest {
  private static List<@Nullable Object> row(@Nullable Object... cells) {
    return Arrays.asList(cells);
  }

  @Test
  void rowsAreAMultiset() {
    assertThat(RowComparison.same(List.of(row(1), row(2)), List.of(row(2), row(1)), false))
        .isTrue();
    assertThat(RowComparison.same(List.of(row(1), row(1)), List.of(row(1), row(2)), false))
        .isFalse();
  }

  @Test
  void orderCountsWhereItWasAskedFor() {
    assertThat(RowComparison.same(List.of(row(1), row(2)), List.of(row(2), row(1)), true))
        .isFalse();
  }

  @Test
  void columnsMayComeInAnyOrder() {
    assertThat(
            RowComparison.same(
                List.of(row("a", 1), row("b", 2)), List.of(row(1, "a"), row(2, "b")), true))
        .isTrue();
    assertThat(
            RowComparison.same(
                List.of(row("a", 1), row("b", 2)), List.of(row(2, "a"), row(1, "b")), false))
        .isFalse();
  }

  @Test
  void numbersAgreeWhateverTheirType() {
    assertThat(RowComparison.same(List.of(row(3)), List.of(row(new BigDecimal("3.0001"))), false))
        .isTrue();
    assertThat(RowComparison.same(List.of(row(3)), List.of(row(3.1)), false)).isFalse();
  }

  @Test
  void datesEqualTheirTextAndNothingEqualsNull() {
    assertThat(
            RowComparison.same(
                List.of(row("2024-02-01")), List.of(row(LocalDate.of(2024, 2, 1))), false))
        .isTrue();
    assertThat(RowComparison.same(List.of(row("")), List.of(row((Object) null)), false)).isFalse();
  }
}

package io.kurobe.adapters.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is near and what is not. */
class NearestNamesTest {
  @Test
  void findsSwappedMissingExtraAndWrongLetters() {
    List<String> names = List.of("customers", "countries", "orders", "name");
    assertThat(NearestNames.of("custmers", names)).containsExactly("customers");
    assertThat(NearestNames.of("CUSTOMRES", names)).containsExactly("customers");
    assertThat(NearestNames.of("orderss", names)).containsExactly("orders");
    assertThat(NearestNames.of("nmae", names)).containsExactly("name");
  }

  @Test
  void putsTheNearestFirstAndNoMoreThanThree() {
    assertThat(NearestNames.of("total", List.of("totals", "tote", "tally", "totalx", "otal")))
        .containsExactly("otal", "totals", "totalx");
  }

  @Test
  void findsNothingForShortOrDistantNames() {
    assertThat(NearestNames.of("id", List.of("ix", "ids"))).isEmpty();
    assertThat(NearestNames.of("revenue", List.of("id", "city", "status"))).isEmpty();
    assertThat(NearestNames.hint(List.of())).isEmpty();
  }
}

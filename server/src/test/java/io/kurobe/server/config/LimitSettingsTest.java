package io.kurobe.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is allowed to users of several roles. */
class LimitSettingsTest {
  private static final LimitSettings LIMITS =
      LimitSettings.DEFAULT.with(
          Optional.of(new DataSize(1_000)),
          Optional.of(new DataSize(10_000)),
          new RateLimits(60, 0),
          Map.of(
              "guest", role(5, 100, 10),
              "analyst", role(600, 5_000, 600),
              "robot", role(60, 0, 0)));

  private static RoleLimits role(int seconds, long scan, int perMinute) {
    return new RoleLimits(
        Optional.of(Duration.ofSeconds(seconds)),
        Optional.empty(),
        OptionalInt.of(7),
        Optional.empty(),
        Optional.of(new DataSize(scan)),
        OptionalInt.of(perMinute));
  }

  @Test
  void aRoleTakesThePlaceOfWhatHoldsForAll() {
    assertThat(LIMITS.ofStatements(Set.of("guest")).maxScan()).isEqualTo(100);
    assertThat(LIMITS.ofStatements(Set.of("guest")).maxRows()).isEqualTo(7);
    assertThat(LIMITS.ofStatements(Set.of("guest")).maxBytes()).isEqualTo(1_000);
    assertThat(LIMITS.ofStatements(Set.of("nobody")).maxScan()).isEqualTo(10_000);
    assertThat(LIMITS.statementsPerMinute(Set.of("guest"))).isEqualTo(10);
    assertThat(LIMITS.statementsPerMinute(Set.of())).isEqualTo(60);
  }

  @Test
  void ofSeveralRolesTheOneThatAllowsMostCounts() {
    Set<String> both = Set.of("guest", "analyst", "nobody");
    assertThat(LIMITS.ofStatements(both).queryTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(LIMITS.ofStatements(both).maxScan()).isEqualTo(5_000);
    assertThat(LIMITS.statementsPerMinute(both)).isEqualTo(600);
    Set<String> all = Set.of("guest", "analyst", "robot");
    assertThat(LIMITS.ofStatements(all).maxScan()).isZero();
    assertThat(LIMITS.statementsPerMinute(all)).isZero();
  }
}

package io.kurobe.planner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void aStatementMayTakeThirtySecondsUnlessToldOtherwise() {
    assertThat(Limits.DEFAULT.queryTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(Limits.DEFAULT.configuredTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void resetOfTheTimeZoneGoesBackToTheConfiguredOne() {
    Session configured =
        new Session(
            "c",
            new Principal("alice", Set.of()),
            ZoneId.of("Europe/Vienna"),
            List.of(),
            Limits.DEFAULT,
            Map.of());
    Session elsewhere = Settings.set(configured, "time_zone", List.of("Asia/Tokyo"));
    assertThat(elsewhere.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(Settings.reset(elsewhere, "time_zone")).isEqualTo(configured);
  }

  @Test
  void resetOfTheQueryTimeoutGoesBackToTheConfiguredOne() {
    Session configured =
        new Session(
            "c",
            new Principal("alice", Set.of()),
            ZoneOffset.UTC,
            List.of(),
            new Limits(Duration.ofMinutes(2), 10, 1_000),
            Map.of());
    Session shortened = Settings.set(configured, "query_timeout", List.of("5"));
    assertThat(shortened.limits().queryTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(Settings.reset(shortened, "query_timeout")).isEqualTo(configured);
  }
}

package io.kurobe.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZonesTest {
  @ParameterizedTest
  @CsvSource({
    "UTC, UTC",
    "Z, UTC",
    "GMT, UTC",
    "+00:00, UTC",
    "Europe/Vienna, Europe/Vienna",
    "+02:00, Etc/GMT-2",
    "UTC-5, Etc/GMT+5"
  })
  void namesZonesAsEverySourceKnowsThem(String written, String name) {
    assertThat(TimeZones.parse(written)).contains(ZoneId.of(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mars/Olympus", "+05:30", "+17:00"})
  void refusesWhatHasNoName(String written) {
    assertThat(TimeZones.parse(written)).isEmpty();
  }

  @Test
  void keepsTheOffsetOfNamedOffsets() {
    assertThat(
            TimeZones.parse("+02:00").orElseThrow().getRules().getOffset(java.time.Instant.EPOCH))
        .hasToString("+02:00");
  }
}

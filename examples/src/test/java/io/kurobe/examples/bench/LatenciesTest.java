package io.kurobe.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @ParameterizedTest
  @ValueSource(longs = {1, 63, 64, 65, 127, 128, 1_000, 999_999, 60_000_000, 3_600_000_000L})
  void tellsATimeToASixtyFourth(long micros) {
    latencies.record(TimeUnit.MICROSECONDS.toNanos(micros));
    double told = latencies.percentile(50) * 1e3;
    assertThat(told).isGreaterThan(micros).isLessThanOrEqualTo(micros + Math.max(1, micros / 64.0));
  }

  @Test
  void givesThePercentilesOfAllThatWereRecorded() {
    for (int i = 1; i <= 1_000; i++) {
      latencies.record(TimeUnit.MILLISECONDS.toNanos(i));
    }
    assertThat(latencies.count()).isEqualTo(1_000);
    assertThat(latencies.percentile(50)).isCloseTo(500, withinPercentage(2));
    assertThat(latencies.percentile(99)).isCloseTo(990, withinPercentage(2));
    assertThat(latencies.percentile(100)).isCloseTo(1_000, withinPercentage(2));
  }

  @Test
  void addsUpWithOthers() {
    latencies.record(TimeUnit.MILLISECONDS.toNanos(1));
    var others = new Latencies();
    others.record(TimeUnit.MILLISECONDS.toNanos(9));
    latencies.add(others);
    assertThat(latencies.count()).isEqualTo(2);
    assertThat(latencies.percentile(50)).isCloseTo(1, withinPercentage(2));
    assertThat(latencies.percentile(51)).isCloseTo(9, withinPercentage(2));
  }

  @Test
  void keepsEvenATimeBeyondItsLastBucket() {
    latencies.record(Long.MAX_VALUE);
    assertThat(latencies.count()).isEqualTo(1);
    assertThat(latencies.percentile(50)).isPositive();
  }

  @Test
  void knowsNoPercentileOfNothing() {
    assertThat(latencies.percentile(50)).isNaN();
  }
}

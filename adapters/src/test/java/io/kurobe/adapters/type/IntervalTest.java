package io.kurobe.adapters.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  @ParameterizedTest
  @CsvSource({
    "P1Y2M, 14, PT0S, P1Y2M",
    "P1Y2M3DT4H5M6.5S, 14, PT76H5M6.5S, P1Y2MT76H5M6.5S",
    "-P1M2DT3H, -1, PT-51H, P-1MT-51H",
    "P-1M2D, -1, PT48H, P-1MT48H",
    "PT-0.5S, 0, PT-0.5S, PT-0.5S",
    "p2w, 0, PT336H, PT336H",
    "P0D, 0, PT0S, P0D"
  })
  void readsAndWritesIso8601(String text, int months, Duration time, String written) {
    assertThat(Interval.parse(text)).isEqualTo(new Interval(months, time));
    assertThat(Interval.parse(text)).hasToString(written);
    assertThat(Interval.parse(written)).isEqualTo(Interval.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "PT", "P1MT", "1 day", "P1H", "PT1M2D", "T1H", "--P1D"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Interval.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThatThrownBy(() -> Interval.parse("P2147483647Y"))
        .isInstanceOf(ArithmeticException.class);
  }
}

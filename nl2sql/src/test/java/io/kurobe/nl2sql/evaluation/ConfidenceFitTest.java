package io.kurobe.nl2sql.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.nl2sql.evaluation.ConfidenceFit.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfidenceFitTest {
  @Test
  void learnsTheShareOfRightAnswersForEachSign() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      samples.add(new Sample(Map.of("joins", 0.0), i % 10 != 0, 0));
      samples.add(new Sample(Map.of("joins", 1.0), i % 10 < 3, 0));
    }
    var fit = ConfidenceFit.of(samples, sample -> true);
    assertThat(fit.confidence(Map.of("joins", 0.0))).isBetween(0.89, 0.91);
    assertThat(fit.confidence(Map.of("joins", 1.0))).isBetween(0.29, 0.31);
  }

  @Test
  void leavesOutWhatIsNotUsed() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      samples.add(new Sample(Map.of("words", 1.0), true, 0));
      samples.add(new Sample(Map.of("words", 1.0), i % 2 == 0, 1));
    }
    var fit = ConfidenceFit.of(samples, sample -> sample.fold() == 1);
    assertThat(fit.confidence(Map.of("words", 1.0))).isBetween(0.48, 0.52);
  }
}

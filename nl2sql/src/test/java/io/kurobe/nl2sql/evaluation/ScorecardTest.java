package io.kurobe.nl2sql.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kurobe.nl2sql.evaluation.Scorecard.Coverage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScorecardTest {
  private final Scorecard card =
      new Scorecard(
          List.of(
              answer("a", true, 0.95, 10, false),
              answer("b", true, 0.95, 20, true),
              answer("c", false, 0.55, 30, true),
              new ScoredAnswer("d", false, false, 0, 40, 5, false)));

  private static ScoredAnswer answer(
      String id, boolean right, double confidence, double ms, boolean repaired) {
    return new ScoredAnswer(id, true, right, confidence, ms, 100, repaired);
  }

  @Test
  void whatIsNotAnsweredIsNotRight() {
    assertThat(card.accuracy()).isEqualTo(0.5);
    assertThat(card.answered()).isEqualTo(3);
    assertThat(card.tokens()).isEqualTo(305);
    assertThat(card.repaired()).isEqualTo(2);
    assertThat(card.repairedRight()).isEqualTo(1);
  }

  @Test
  void tellsHowMuchIsRightOfWhatIsBelieved() {
    assertThat(card.riskCoverage())
        .contains(new Coverage(0.9, 2, 0.5, 1.0))
        .contains(new Coverage(0.5, 3, 0.75, 2 / 3.0));
  }

  @Test
  void calibrationErrorIsHowFarConfidenceIsFromWhatIsRight() {
    // Two at 0.95, both right; one at 0.55, wrong.
    assertThat(card.calibrationError()).isCloseTo((2 * 0.05 + 0.55) / 3, within(1e-9));
  }

  @Test
  void quantilesAreTimesThatOccurred() {
    assertThat(card.milliseconds(0.5)).isEqualTo(20);
    assertThat(card.milliseconds(0.95)).isEqualTo(40);
  }

  @Test
  void nothingAskedIsNothingRight() {
    var empty = new Scorecard(List.of());
    assertThat(empty.accuracy()).isZero();
    assertThat(empty.calibrationError()).isZero();
    assertThat(empty.milliseconds(0.5)).isZero();
  }
}

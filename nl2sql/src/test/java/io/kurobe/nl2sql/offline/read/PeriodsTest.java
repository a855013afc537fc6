package io.kurobe.nl2sql.offline.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodsTest {
  private final Lexicon lexicon = Lexicon.english();
  private final Tokenizer tokenizer = new Tokenizer(lexicon, new Stems(lexicon));
  private final Periods periods = new Periods(lexicon);

  private Period of(String text) {
    return periods.at(tokenizer.question(text), 0).orElseThrow().period();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "today|CURRENT_DATE|CURRENT_DATE + INTERVAL '1' DAY",
        "yesterday|CURRENT_DATE - INTERVAL '1' DAY|CURRENT_DATE",
        "last month|FLOOR(CURRENT_DATE TO MONTH) - INTERVAL '1' MONTH|FLOOR(CURRENT_DATE TO MONTH)",
        "this year|FLOOR(CURRENT_DATE TO YEAR)|FLOOR(CURRENT_DATE TO YEAR) + INTERVAL '1' YEAR",
        "last quarter|FLOOR(CURRENT_DATE TO QUARTER) - INTERVAL '3' MONTH"
            + "|FLOOR(CURRENT_DATE TO QUARTER)",
        "previous week|FLOOR(CURRENT_DATE TO WEEK) - INTERVAL '7' DAY|FLOOR(CURRENT_DATE TO WEEK)",
        "March 2024|DATE '2024-03-01'|DATE '2024-04-01'",
        "Q2 2023|DATE '2023-04-01'|DATE '2023-07-01'",
        "first quarter of 2024|DATE '2024-01-01'|DATE '2024-04-01'",
        "2024-02-29|DATE '2024-02-29'|DATE '2024-03-01'",
        "March 5, 2024|DATE '2024-03-05'|DATE '2024-03-06'",
      })
  void readsAPeriodAsARangeOfDays(String text, String from, String to) {
    assertThat(of(text).from()).isEqualTo(from);
    assertThat(of(text).to()).isEqualTo(to);
  }

  @Test
  void theLastDaysHaveNoEnd() {
    assertThat(of("the last 30 days").from()).isEqualTo("CURRENT_DATE - INTERVAL '30' DAY");
    assertThat(of("the last 30 days").to()).isNull();
  }

  @Test
  void manyDaysDeclareTheirDigits() {
    assertThat(of("last 365 days").from()).isEqualTo("CURRENT_DATE - INTERVAL '365' DAY(3)");
  }

  @Test
  void aDayThatDoesNotExistIsNoPeriod() {
    assertThat(periods.at(tokenizer.question("2024-02-31"), 0)).isEmpty();
  }

  @Test
  void sinceBeforeAndAfterCutAPeriodOpen() {
    Period year = Periods.wholeYear(2020);
    assertThat(year.before().to()).isEqualTo("DATE '2020-01-01'");
    assertThat(year.after().from()).isEqualTo("DATE '2021-01-01'");
    assertThat(year.since().from()).isEqualTo("DATE '2020-01-01'");
  }
}

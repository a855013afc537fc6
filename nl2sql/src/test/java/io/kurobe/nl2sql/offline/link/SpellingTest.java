package io.kurobe.nl2sql.offline.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  @ParameterizedTest
  @CsvSource({
    "institution, inst, true",
    "deparment, department, true",
    "departmnet, department, true",
    "custamer, customer, true",
    "career, car, false",
    "order, border, false",
    "cats, hats, false",
    "price, prize, false",
    "custamre, customer, false"
  })
  void takesOneWrongLetterOrAShortForm(String asked, String name, boolean alike) {
    assertThat(Spelling.likeness(asked, name) > 0).isEqualTo(alike);
  }
}

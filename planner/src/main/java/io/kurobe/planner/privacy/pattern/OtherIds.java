package io.kurobe.planner.privacy.pattern;

import static io.kurobe.planner.privacy.pattern.Digits.at;
import static io.kurobe.planner.privacy.pattern.Digits.number;
import static io.kurobe.planner.privacy.pattern.Digits.weighted;

import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.apache.commons.validator.routines.checkdigit.VerhoeffCheckDigit;

/** Numbers of persons in states outside of Europe. */
final class OtherIds {
  private static final String CHINESE_CHARACTERS = "10X98765432";

  static final List<Form> ALL =
      List.of(
          // It has no check digit: only its own way of writing it tells it from other numbers.
          id(
              "US social security numbers",
              0.9,
              "(?!000|666|9)\\d{3}([- ])(?!00)\\d\\d\\1(?!0000)\\d{4}",
              digits -> true),
          id("Brazilian CPF", 0.97, "\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d\\d", OtherIds::isBrazilian),
          id(
              "Indian Aadhaar numbers (Verhoeff)",
              0.93,
              "[2-9]\\d{3}[ -]?\\d{4}[ -]?\\d{4}",
              VerhoeffCheckDigit.VERHOEFF_CHECK_DIGIT::isValid),
          id("Chinese resident numbers", 0.99, "[1-9]\\d{16}[0-9X]", OtherIds::isChinese),
          id(
              "Canadian social insurance numbers",
              0.88,
              "[1-79]\\d\\d[ -]?\\d{3}[ -]?\\d{3}",
              LuhnCheckDigit.LUHN_CHECK_DIGIT::isValid),
          id("Turkish identity numbers", 0.97, "[1-9]\\d{10}", OtherIds::isTurkish));

  private OtherIds() {}

  private static Form id(
      String description, double strength, String written, Predicate<String> holds) {
    return Form.of(
        PersonalKind.NATIONAL_ID,
        description,
        strength,
        true,
        written,
        value -> holds.test(Digits.compact(value)));
  }

  private static boolean isBrazilian(String digits) {
    int first = weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int second = weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    return !Digits.isOneRepeated(digits) && first == at(digits, 9) && second == at(digits, 10);
  }

  private static boolean isChinese(String text) {
    int sum = weighted(text, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
    long year = number(text, 6, 10);
    return year > 1850
        && year < 2200
        && Digits.isDay(year, number(text, 10, 12), number(text, 12, 14))
        && CHINESE_CHARACTERS.charAt(sum % 11) == text.charAt(17);
  }

  private static boolean isTurkish(String digits) {
    int odd = weighted(digits, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    int even = weighted(digits, 0, 1, 0, 1, 0, 1, 0, 1, 0);
    return Math.floorMod(odd * 7 - even, 10) == at(digits, 9)
        && (odd + even + at(digits, 9)) % 10 == at(digits, 10);
  }
}

package io.kurobe.planner.privacy.pattern;

import static io.kurobe.planner.privacy.pattern.Digits.at;
import static io.kurobe.planner.privacy.pattern.Digits.number;
import static io.kurobe.planner.privacy.pattern.Digits.weighted;

import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.validator.routines.checkdigit.EAN13CheckDigit;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Numbers of persons in European states, each with the check that its authority publishes. */
final class EuropeanIds {
  private static final String SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String FINNISH_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";

  static final List<Form> ALL =
      List.of(
          id(
              "UK national insurance numbers",
              0.9,
              "(?!BG|GB|NK|KN|TN|NT|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] ?\\d\\d ?\\d\\d ?\\d\\d"
                  + " ?[A-D]",
              value -> true),
          id("German tax numbers", 0.95, "[1-9]\\d(?: ?\\d){9}", EuropeanIds::isGermanTaxNumber),
          id(
              "French social security numbers",
              0.98,
              "[1-478] ?\\d\\d ?\\d\\d ?(?:\\d\\d|2[AB]) ?\\d{3} ?\\d{3} ?\\d\\d",
              EuropeanIds::isFrench),
          id(
              "Spanish DNI or NIE",
              0.98,
              "(?:\\d{8}|\\d{2}\\.?\\d{3}\\.?\\d{3}|[XYZ]-?\\d{7})-?[A-Z]",
              EuropeanIds::isSpanish),
          id(
              "Italian codici fiscali",
              0.99,
              "[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]",
              ItalianCode::isValid),
          id("Dutch BSN", 0.9, "\\d{9}|\\d{4}\\.\\d\\d\\.\\d{3}", EuropeanIds::isDutch),
          id("Polish PESEL", 0.97, "\\d{11}", EuropeanIds::isPolish),
          id(
              "Swiss AHV numbers",
              0.99,
              "756\\.?\\d{4}\\.?\\d{4}\\.?\\d\\d",
              value -> EAN13CheckDigit.EAN13_CHECK_DIGIT.isValid(value)),
          id(
              "Belgian national numbers",
              0.97,
              "\\d\\d\\.?\\d\\d\\.?\\d\\d-?\\d{3}\\.?\\d\\d",
              EuropeanIds::isBelgian),
          id(
              "Swedish personal numbers",
              0.97,
              "(?:19|20)?\\d{6}[-+]?\\d{4}",
              EuropeanIds::isSwedish),
          id(
              "Finnish personal codes",
              0.99,
              "\\d{6}[-+A-FU-Y]\\d{3}[0-9A-Y]",
              EuropeanIds::isFinnish),
          id("Norwegian birth numbers", 0.98, "\\d{6} ?\\d{5}", EuropeanIds::isNorwegian));

  private EuropeanIds() {}

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

  /** ISO 7064 MOD 11,10; among the first ten digits one stands two or three times, no other. */
  private static boolean isGermanTaxNumber(String digits) {
    int[] counts = new int[10];
    int product = 10;
    for (int i = 0; i < 10; i++) {
      counts[at(digits, i)]++;
      int sum = (at(digits, i) + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    int repeated = 0;
    int most = 0;
    for (int count : counts) {
      repeated += count > 1 ? 1 : 0;
      most = Math.max(most, count);
    }
    return repeated == 1 && most <= 3 && (11 - product) % 10 == at(digits, 10);
  }

  private static boolean isFrench(String text) {
    String digits =
        text.substring(0, 5) + text.substring(5).replace("2A", "19").replace("2B", "18");
    if (!Digits.areAll(digits)) {
      return false;
    }
    long month = number(digits, 3, 5);
    boolean plausible = month >= 1 && month <= 12 || month >= 20 && month <= 99;
    return plausible && 97 - number(digits, 0, 13) % 97 == number(digits, 13, 15);
  }

  private static boolean isSpanish(String text) {
    String digits =
        text.substring(0, text.length() - 1).replace('X', '0').replace('Y', '1').replace('Z', '2');
    return Digits.areAll(digits)
        && SPANISH_LETTERS.charAt((int) (Long.parseLong(digits) % 23))
            == text.charAt(text.length() - 1);
  }

  private static boolean isDutch(String digits) {
    return !Digits.isOneRepeated(digits)
        && number(digits, 0, 9) > 9_999_999
        && weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
  }

  private static boolean isPolish(String digits) {
    long month = number(digits, 2, 4) % 20;
    return Digits.isDay(number(digits, 0, 2), month, number(digits, 4, 6))
        && weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
  }

  private static boolean isBelgian(String digits) {
    long check = number(digits, 9, 11);
    long born = number(digits, 0, 9);
    return number(digits, 2, 4) <= 52
        && number(digits, 4, 6) <= 31
        && (97 - born % 97 == check || 97 - (2_000_000_000L + born) % 97 == check);
  }

  private static boolean isSwedish(String digits) {
    String ten = digits.substring(digits.length() - 10);
    long day = number(ten, 4, 6);
    return Digits.isDay(number(ten, 0, 2), number(ten, 2, 4), day > 60 ? day - 60 : day)
        && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(ten);
  }

  private static boolean isFinnish(String text) {
    String born = text.substring(0, 6);
    String serial = text.substring(text.length() - 4, text.length() - 1);
    if (!Digits.areAll(serial)
        || !Digits.isDay(number(born, 4, 6), number(born, 2, 4), number(born, 0, 2))) {
      return false;
    }
    int remainder = (int) (Long.parseLong(born + serial) % 31);
    return FINNISH_CHARACTERS.charAt(remainder) == text.charAt(text.length() - 1);
  }

  private static boolean isNorwegian(String digits) {
    long day = number(digits, 0, 2);
    long month = number(digits, 2, 4);
    return Digits.isDay(
            number(digits, 4, 6), month > 40 ? month - 40 : month, day > 40 ? day - 40 : day)
        && weighted(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
        && weighted(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
  }
}

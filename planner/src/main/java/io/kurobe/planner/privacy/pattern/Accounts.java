package io.kurobe.planner.privacy.pattern;

import java.util.regex.Pattern;
import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.checkdigit.IBANCheckDigit;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Forms of numbers that pay: cards (ISO/IEC 7812, Luhn) and accounts (ISO 13616, modulo 97). */
final class Accounts {
  /** Numbers that issuers of payment cards have: American Express, Diners, JCB, Visa and so on. */
  private static final Pattern ISSUED =
      Pattern.compile(
          "3[47]\\d{13}|(?:2131|1800)\\d{11}|3(?:0[0-59]|[689]\\d)\\d{11,16}|35\\d{14,17}"
              + "|4(?:\\d{12}|\\d{15}|\\d{18})"
              + "|5[1-5]\\d{14}|2(?:22[1-9]|2[3-9]\\d|[3-6]\\d\\d|7[01]\\d|720)\\d{12}"
              + "|220[0-4]\\d{12,15}|(?:50|5[6-9]|6\\d)\\d{10,17}");

  static final Form CARD =
      Form.of(
          PersonalKind.CARD,
          "payment card numbers (Luhn)",
          0.95,
          true,
          "\\d(?:[ -]?\\d){11,18}",
          value -> isCard(Digits.compact(value)));

  static final Form IBAN =
      Form.of(
          PersonalKind.IBAN,
          "IBANs (modulo 97)",
          0.99,
          true,
          "[A-Z]{2}\\d\\d(?: ?[A-Z0-9]){11,30}",
          value -> isIban(Digits.compact(value)));

  private Accounts() {}

  private static boolean isCard(String digits) {
    return ISSUED.matcher(digits).matches() && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits);
  }

  private static boolean isIban(String text) {
    return IBANValidator.getInstance().hasValidator(text)
        ? IBANValidator.getInstance().isValid(text)
        : IBANCheckDigit.IBAN_CHECK_DIGIT.isValid(text);
  }
}

package io.kurobe.planner.privacy.pattern;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Telephone numbers. One that is written with its country's code is told by itself; others are told
 * by how they are grouped, or because a whole column fits the numbering plan of one country.
 * Threads share it.
 */
final class Phones {
  private static final String WRITTEN =
      "(?:\\+|\\()?\\d[\\d ()./\\u2010-\\u2015-]{5,24}\\d(?: ?(?:x|ext\\.? ?|#) ?\\d{1,6})?";
  private static final Pattern SHAPE = Pattern.compile(WRITTEN, Pattern.CASE_INSENSITIVE);
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}.+-])" + WRITTEN + "(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE);
  private static final Pattern EXTENSION =
      Pattern.compile(" ?(?:x|ext\\.? ?|#) ?\\d{1,6}$", Pattern.CASE_INSENSITIVE);

  /** What is grouped like a telephone number and is none: dates, amounts, books, ZIP+4, SSN, IP. */
  private static final Pattern SOMETHING_ELSE =
      Pattern.compile(
          "(?:(?:19|20)\\d\\d[-./ ]\\d\\d?[-./ ]\\d\\d?|\\d\\d?[-./ ]\\d\\d?[-./ ](?:19|20)?\\d\\d)"
              + "(?: \\d\\d?)?"
              + "|\\d+\\.\\d+|\\d{1,3}(?:\\.\\d{1,3}){3}|97[89][- ]?\\d.*|\\d{5}-\\d{4}"
              + "|\\d{3}[- ]\\d\\d[- ]\\d{4}|\\d{4}[-/ ]\\d{4}");

  /** Of the North American plan: neither the area nor the exchange begins with 0 or 1. */
  private static final Pattern NORTH_AMERICAN =
      Pattern.compile("(?:1[-. ])?(?:\\([2-9]\\d\\d\\) ?|[2-9]\\d\\d[-. ])[2-9]\\d\\d[-. ]\\d{4}");

  /** A national number with the digit that leads out of its area, in groups. */
  private static final Pattern TRUNK =
      Pattern.compile("\\(?0[1-9]\\d{0,5}\\)?[ ./-]{1,2}\\d[\\d ./-]{3,}");

  /** Countries whose plans are tried for columns of national numbers. */
  private static final List<String> REGIONS =
      List.of(
          "US", "GB", "DE", "FR", "ES", "IT", "NL", "PL", "BR", "IN", "CN", "JP", "KR", "AT", "CH",
          "BE", "SE", "NO", "DK", "FI", "PT", "CZ", "GR", "TR", "RU", "UA", "MX", "AR", "AU", "ZA",
          "IE", "HU", "RO", "SG", "IL");

  private static final int MOST_TRIED = 60;
  private static final double MANY = 0.3;
  private static final double NEARLY_ALL = 0.9;

  private Phones() {}

  /** The part of values that are telephone numbers, judged as one column. */
  static double share(List<String> values) {
    List<String> shaped = values.stream().filter(Phones::isShaped).toList();
    if (shaped.isEmpty()) {
      return 0;
    }
    long evident = shaped.stream().filter(Phones::isEvident).count();
    double all = values.size();
    if (evident >= MANY * all) {
      // What stands beside them is written otherwise, as people do.
      return shaped.size() / all;
    }
    long national = shaped.stream().filter(Phones::isGroupedOrLed).count();
    return national >= NEARLY_ALL * all ? ofOneRegion(shaped) * shaped.size() / all : 0;
  }

  /** The part that could be telephone numbers, for a column that says it holds them. */
  static double possible(List<String> values) {
    return values.isEmpty()
        ? 0
        : values.stream().filter(Phones::isPossible).count() / (double) values.size();
  }

  private static double ofOneRegion(List<String> values) {
    List<String> tried = values.subList(0, Math.min(values.size(), MOST_TRIED));
    long best = 0;
    for (String region : REGIONS) {
      best = Math.max(best, tried.stream().filter(value -> isValid(value, region)).count());
    }
    double share = best / (double) tried.size();
    return share >= NEARLY_ALL ? share : 0;
  }

  /** The telephone numbers in a text that are told by themselves. */
  static List<Found> find(String text) {
    List<Found> found = new ArrayList<>();
    Matcher matcher = IN_TEXT.matcher(text);
    int from = 0;
    while (from <= text.length() && matcher.find(from)) {
      int start = matcher.start();
      if (isShaped(matcher.group()) && isEvident(matcher.group())) {
        found.add(new Found(PersonalKind.PHONE, start, matcher.end()));
        from = matcher.end();
      } else {
        from = start + 1;
      }
    }
    return found;
  }

  private static boolean isPossible(String value) {
    long digits = value.chars().filter(Character::isDigit).count();
    long others = value.codePoints().filter(Character::isLetter).count();
    return digits >= 5 && digits <= 20 && others <= 4;
  }

  private static boolean isShaped(String value) {
    if (!SHAPE.matcher(value).matches()) {
      return false;
    }
    String number = EXTENSION.matcher(value).replaceFirst("");
    long digits = number.chars().filter(Character::isDigit).count();
    return digits >= 7
        && digits <= 15
        && !SOMETHING_ELSE.matcher(number).matches()
        && number.chars().filter(c -> c == '(').count()
            == number.chars().filter(c -> c == ')').count();
  }

  private static boolean isEvident(String value) {
    String number = EXTENSION.matcher(value).replaceFirst("");
    return isInternational(number)
        || NORTH_AMERICAN.matcher(number).matches()
        || TRUNK.matcher(number).matches();
  }

  private static boolean isInternational(String number) {
    String plus = number.startsWith("00") ? "+" + number.substring(2) : number;
    return plus.startsWith("+") && isPossibleInternational(plus.replace("(0)", ""));
  }

  private static boolean isPossibleInternational(String number) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      return phones.isPossibleNumber(phones.parse(number, "ZZ"));
    } catch (NumberParseException e) {
      return false;
    }
  }

  private static boolean isGroupedOrLed(String value) {
    return value.matches("0[1-9].*|\\(.*|\\d+[ .-]+\\d+[ .-]+\\d.*");
  }

  private static boolean isValid(String value, String region) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      return phones.isValidNumberForRegion(phones.parse(value, region), region);
    } catch (NumberParseException e) {
      return false;
    }
  }
}

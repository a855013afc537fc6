package io.kurobe.nl2sql.offline.read;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the periods that a question names: days, months, quarters, years, relative ones. */
public final class Periods {
  private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
  private static final Pattern DAY = Pattern.compile("(\\d{1,2})(\\p{L}*)");
  private static final Pattern QUARTER = Pattern.compile("q([1-4])");

  private final Lexicon lexicon;

  public Periods(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /**
   * A period and the number of tokens that say it.
   *
   * @param length tokens it takes
   */
  public record Found(Period period, int length) {}

  /** The longest period that begins at a token. */
  public Optional<Found> at(List<Token> tokens, int start) {
    int from = start;
    if (is(tokens, from, WordClass.DEFINITE) && from + 1 < tokens.size()) {
      from++;
    }
    Found found = find(tokens, from);
    return found == null
        ? Optional.empty()
        : Optional.of(new Found(found.period(), found.length() + from - start));
  }

  private @Nullable Found find(List<Token> tokens, int i) {
    String first = word(tokens, i);
    if (is(tokens, i, WordClass.TODAY)) {
      return new Found(days(first, "CURRENT_DATE", "CURRENT_DATE + INTERVAL '1' DAY"), 1);
    }
    if (is(tokens, i, WordClass.YESTERDAY)) {
      return new Found(days(first, "CURRENT_DATE - INTERVAL '1' DAY", "CURRENT_DATE"), 1);
    }
    if (is(tokens, i, WordClass.TOMORROW)) {
      return new Found(
          days(first, "CURRENT_DATE + INTERVAL '1' DAY", "CURRENT_DATE + INTERVAL '2' DAY"), 1);
    }
    String three = first + " " + word(tokens, i + 1) + " " + word(tokens, i + 2);
    if (lexicon.is(three, WordClass.YEAR_TO_DATE)) {
      return new Found(relative(three, "YEAR", 0, 1), 3);
    }
    if (is(tokens, i, WordClass.YEAR) && year(tokens, i + 1) > 0) {
      return new Found(wholeYear(year(tokens, i + 1)), 2);
    }
    boolean last = is(tokens, i, WordClass.PREVIOUS_PERIOD);
    boolean now = is(tokens, i, WordClass.THIS_PERIOD);
    if (last || now || is(tokens, i, WordClass.NEXT_PERIOD)) {
      String unit = unit(word(tokens, i + 1));
      if (unit != null) {
        String phrase = first + " " + word(tokens, i + 1);
        return new Found(relative(phrase, unit, last ? -1 : now ? 0 : 1, 1), 2);
      }
      Token count = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
      String counted = unit(word(tokens, i + 2));
      if (last && count != null && count.number() != null && counted != null) {
        int n = count.number().intValue();
        if (n > 0 && n < 10_000) {
          return new Found(
              days(
                  first + " " + n + " " + word(tokens, i + 2),
                  "CURRENT_DATE - " + interval(n, counted),
                  null),
              3);
        }
      }
      return null;
    }
    Found ago = ago(tokens, i);
    return ago != null ? ago : absolute(tokens, i);
  }

  private @Nullable Found ago(List<Token> tokens, int i) {
    Token count = tokens.get(i);
    String unit = unit(word(tokens, i + 1));
    if (count.number() == null || unit == null || !is(tokens, i + 2, WordClass.AGO)) {
      return null;
    }
    int n = count.number().intValue();
    if (n < 1 || n > 10_000) {
      return null;
    }
    String phrase = n + " " + word(tokens, i + 1) + " " + word(tokens, i + 2);
    return new Found(
        unit.equals("DAY")
            ? days(
                phrase,
                "CURRENT_DATE - " + interval(n, unit),
                "CURRENT_DATE - " + interval(n - 1, unit))
            : relative(phrase, unit, -n, 1),
        3);
  }

  private @Nullable Found absolute(List<Token> tokens, int i) {
    Token token = tokens.get(i);
    // An ISO date arrives as three numbers joined by the signs that the tokenizer drops.
    if (token.kind() == Token.Kind.QUOTED) {
      Matcher iso = ISO.matcher(token.text());
      return iso.matches() ? day(iso.group(1), iso.group(2), iso.group(3), 1) : null;
    }
    if (year(tokens, i) > 0
        && i + 2 < tokens.size()
        && tokens.get(i + 1).start() == token.end() + 1
        && tokens.get(i + 2).start() == tokens.get(i + 1).end() + 1
        && tokens.get(i + 1).text().length() == 2
        && tokens.get(i + 2).text().length() == 2) {
      return day(token.text(), tokens.get(i + 1).text(), tokens.get(i + 2).text(), 3);
    }
    Found dayFirst = dayFirst(tokens, i);
    if (dayFirst != null) {
      return dayFirst;
    }
    Matcher quarter = QUARTER.matcher(token.lower());
    if (quarter.matches() && year(tokens, i + 1) > 0) {
      return new Found(quarter(Integer.parseInt(quarter.group(1)), year(tokens, i + 1)), 2);
    }
    int ordinal = lexicon.ordinal(token.lower()).orElse(0);
    if (ordinal >= 1 && ordinal <= 4 && is(tokens, i + 1, WordClass.QUARTER)) {
      int at = is(tokens, i + 2, WordClass.GENITIVE) ? i + 3 : i + 2;
      if (year(tokens, at) > 0) {
        return new Found(quarter(ordinal, year(tokens, at)), at + 1 - i);
      }
    }
    Optional<Integer> month = lexicon.month(token.lower());
    if (month.isPresent()) {
      int at = is(tokens, i + 1, WordClass.GENITIVE) ? i + 2 : i + 1;
      if (year(tokens, at) > 0) {
        LocalDate start = LocalDate.of(year(tokens, at), month.get(), 1);
        return new Found(
            dates(token.text() + " " + start.getYear(), start, start.plusMonths(1)), at + 1 - i);
      }
      int dayOfMonth = dayOfMonth(tokens, i + 1);
      int yearAt = word(tokens, i + 2).equals(",") ? i + 3 : i + 2;
      if (dayOfMonth > 0 && dayOfMonth < 32 && year(tokens, yearAt) > 0) {
        return day(
            Integer.toString(year(tokens, yearAt)),
            month.get().toString(),
            Integer.toString(dayOfMonth),
            yearAt + 1 - i);
      }
    }
    return null;
  }

  /** "5 November 2007", "7th of September, 1987". */
  private @Nullable Found dayFirst(List<Token> tokens, int i) {
    int day = dayOfMonth(tokens, i);
    int at = is(tokens, i + 1, WordClass.GENITIVE) ? i + 2 : i + 1;
    Optional<Integer> month = lexicon.month(word(tokens, at));
    int yearAt = word(tokens, at + 1).equals(",") ? at + 2 : at + 1;
    return day > 0 && month.isPresent() && year(tokens, yearAt) > 0
        ? day(
            Integer.toString(year(tokens, yearAt)),
            month.get().toString(),
            Integer.toString(day),
            yearAt + 1 - i)
        : null;
  }

  /** The day that a token says, as "5" or "5th"; 0 if none. */
  private int dayOfMonth(List<Token> tokens, int i) {
    Matcher day = DAY.matcher(word(tokens, i));
    boolean said =
        day.matches() && (day.group(2).isEmpty() || lexicon.is(day.group(2), WordClass.OF_DATE));
    int number = said ? Integer.parseInt(day.group(1)) : 0;
    return number < 32 ? number : 0;
  }

  /** A whole year. */
  public static Period wholeYear(int year) {
    LocalDate start = LocalDate.of(year, 1, 1);
    return new Period(Integer.toString(year), literal(start), literal(start.plusYears(1)), year);
  }

  private static Period quarter(int quarter, int year) {
    LocalDate start = LocalDate.of(year, quarter * 3 - 2, 1);
    return dates("Q" + quarter + " " + year, start, start.plusMonths(3));
  }

  private static @Nullable Found day(String year, String month, String day, int length) {
    try {
      LocalDate date =
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
      return new Found(dates(date.toString(), date, date.plusDays(1)), length);
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private static Period dates(String phrase, LocalDate from, LocalDate to) {
    return new Period(phrase, literal(from), literal(to), null);
  }

  private static Period days(String phrase, String from, @Nullable String to) {
    return new Period(phrase, from, to, null);
  }

  private static Period relative(String phrase, String unit, int first, int count) {
    if (unit.equals("DAY")) {
      return days(
          phrase,
          shifted("CURRENT_DATE", first, unit),
          shifted("CURRENT_DATE", first + count, unit));
    }
    String floor = "FLOOR(CURRENT_DATE TO " + unit + ")";
    return new Period(
        phrase, shifted(floor, first, unit), shifted(floor, first + count, unit), null);
  }

  private static String shifted(String base, int n, String unit) {
    return n == 0 ? base : base + (n < 0 ? " - " : " + ") + interval(Math.abs(n), unit);
  }

  /** Weeks and quarters are said in days and months, which every engine has. */
  private static String interval(int n, String unit) {
    return switch (unit) {
      case "WEEK" -> "INTERVAL '" + 7 * n + "' DAY" + digits(7 * n);
      case "QUARTER" -> "INTERVAL '" + 3 * n + "' MONTH" + digits(3 * n);
      default -> "INTERVAL '" + n + "' " + unit + digits(n);
    };
  }

  /** Standard intervals have two digits unless more are declared. */
  private static String digits(int n) {
    return n < 100 ? "" : "(" + Integer.toString(n).length() + ")";
  }

  private static String literal(LocalDate date) {
    return "DATE '" + date + "'";
  }

  private @Nullable String unit(String word) {
    return lexicon.period(word).orElse(null);
  }

  private boolean is(List<Token> tokens, int i, WordClass of) {
    return lexicon.is(word(tokens, i), of);
  }

  /** The year that a token says, or 0. */
  public static int year(List<Token> tokens, int i) {
    if (i < 0 || i >= tokens.size()) {
      return 0;
    }
    Token token = tokens.get(i);
    return token.kind() == Token.Kind.NUMBER && token.text().matches("(1[6-9]|20|21)\\d\\d")
        ? Integer.parseInt(token.text())
        : 0;
  }

  private static String word(List<Token> tokens, int i) {
    return i >= 0 && i < tokens.size() ? tokens.get(i).lower().toLowerCase(Locale.ROOT) : "";
  }
}

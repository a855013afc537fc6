package io.kurobe.nl2sql.offline.read;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span of time that a question names, as a half-open range of SQL date expressions. Relative
 * periods are expressions over CURRENT_DATE, so that the query stays right tomorrow.
 *
 * @param phrase how the question says it
 * @param from the first day, or null for none
 * @param to the day after the last, or null for none
 * @param year the year in numbers, where the period is a whole one, for columns that hold years
 */
public record Period(
    String phrase, @Nullable String from, @Nullable String to, @Nullable Integer year) {
  /** The first and the last year of a period of whole years; null if it is none. */
  public String @Nullable [] years() {
    if (from == null || to == null || !from.matches(WHOLE) || !to.matches(WHOLE)) {
      return null;
    }
    int last = Integer.parseInt(to.substring(6, 10)) - 1;
    return new String[] {from.substring(6, 10), Integer.toString(last)};
  }

  private static final String WHOLE = "DATE '\\d{4}-01-01'";
  private static final String DAY = "DATE '\\d{4}-\\d{2}-\\d{2}'";
  private static final Pattern FLOOR = Pattern.compile("TO (YEAR|QUARTER|MONTH|WEEK|DAY)\\)");

  /** Everything before this period begins. */
  public Period before() {
    return new Period("before " + phrase, null, from, year);
  }

  /** Everything after this period ended. */
  public Period after() {
    return new Period("after " + phrase, to, null, year);
  }

  /** The period of the same length before this one; null if that is not known. */
  public @Nullable Period previous() {
    if (from == null || to == null) {
      return null;
    }
    if (year != null) {
      return Periods.wholeYear(year - 1);
    }
    if (from.matches(DAY) && to.matches(DAY)) {
      LocalDate first = LocalDate.parse(from.substring(6, 16));
      LocalDate last = LocalDate.parse(to.substring(6, 16));
      boolean months = first.getDayOfMonth() == 1 && last.getDayOfMonth() == 1;
      LocalDate before =
          months
              ? first.minusMonths(ChronoUnit.MONTHS.between(first, last))
              : first.minusDays(ChronoUnit.DAYS.between(first, last));
      return new Period("the one before " + phrase, "DATE '" + before + "'", from, null);
    }
    Matcher floor = FLOOR.matcher(from);
    String unit = floor.find() ? floor.group(1) : from.startsWith("CURRENT_DATE") ? "DAY" : "";
    String units =
        switch (unit) {
          case "WEEK" -> "7' DAY";
          case "QUARTER" -> "3' MONTH";
          default -> "1' " + unit;
        };
    return unit.isEmpty()
        ? null
        : new Period("the one before " + phrase, from + " - INTERVAL '" + units, from, null);
  }

  /** This period and everything after it. */
  public Period since() {
    return new Period("since " + phrase, from, null, year);
  }

  /** From the beginning of this period to the end of another. */
  public Period through(Period last) {
    return new Period(phrase + " to " + last.phrase, from, last.to, null);
  }
}

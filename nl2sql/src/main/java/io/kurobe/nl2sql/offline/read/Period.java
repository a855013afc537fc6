package io.kurobe.nl2sql.offline.read;

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

  /** Everything before this period begins. */
  public Period before() {
    return new Period("before " + phrase, null, from, year);
  }

  /** Everything after this period ended. */
  public Period after() {
    return new Period("after " + phrase, to, null, year);
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

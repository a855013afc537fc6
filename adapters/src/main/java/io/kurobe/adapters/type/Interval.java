package io.kurobe.adapters.type;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;

/**
 * A length of time as clients give it: months, which are of several lengths, and what is left, in
 * which a day has 24 hours.
 */
public record Interval(int months, Duration time) {
  public Interval {
    requireNonNull(time, "time is null");
  }

  /**
   * Reads the form of ISO 8601, as in {@code P1Y2M3DT4H5M6.5S}; each number may have a sign.
   *
   * @throws DateTimeException if it is not of that form
   * @throws ArithmeticException if it is longer than an interval can be
   */
  public static Interval parse(String text) {
    String iso = text.strip().toUpperCase(Locale.ROOT);
    boolean negative = iso.startsWith("-P");
    String whole = negative ? iso.substring(1) : iso;
    int at = whole.indexOf('T');
    String date = at < 0 ? whole : whole.substring(0, at);
    Period period = date.equals("P") && at > 0 ? Period.ZERO : Period.parse(date);
    Duration time =
        Duration.ofDays(period.getDays())
            .plus(at < 0 ? Duration.ZERO : Duration.parse("P" + whole.substring(at)));
    int months = Math.toIntExact(period.toTotalMonths());
    return negative
        ? new Interval(Math.negateExact(months), time.negated())
        : new Interval(months, time);
  }

  /** The form of ISO 8601. */
  @Override
  public String toString() {
    String period = Period.ofMonths(months).normalized().toString();
    if (time.isZero()) {
      return period;
    }
    return months == 0 ? time.toString() : period + time.toString().substring(1);
  }
}

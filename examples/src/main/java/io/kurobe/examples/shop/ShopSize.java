package io.kurobe.examples.shop;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * How much shop there is: three years of it, from the first day of a month to the last day, at a
 * scale.
 *
 * <p>Nothing that happens on a day depends on the last day, except what is not over yet then (an
 * order on its way, an unpaid invoice): two shops of the same month and scale differ only by the
 * days that one has more.
 *
 * @param until the last day with orders
 * @param scale 1 gives about 100,000 orders
 */
public record ShopSize(LocalDate until, double scale) {
  public ShopSize {
    requireNonNull(until, "until is null");
    if (!(scale > 0 && scale <= 100)) {
      throw new IllegalArgumentException("scale is above 0 and at most 100: " + scale);
    }
  }

  /** The first day with orders. */
  LocalDate from() {
    return until.withDayOfMonth(1).minusYears(3);
  }
}

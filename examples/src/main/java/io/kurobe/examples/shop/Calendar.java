package io.kurobe.examples.shop;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** How trade follows the year: more before Christmas and in early summer, less on some weekdays. */
final class Calendar {
  private static final List<Double> MONTHS =
      List.of(0.86, 0.80, 0.90, 1.00, 1.10, 1.16, 1.10, 0.98, 0.94, 0.95, 1.14, 1.40);
  private static final List<Double> WEEKDAYS = List.of(1.08, 0.98, 0.95, 0.95, 0.98, 1.05, 1.01);
  private static final List<Double> SUMMER =
      List.of(0.5, 0.6, 0.9, 1.3, 1.7, 1.9, 1.9, 1.5, 1.0, 0.7, 0.5, 0.7);
  private static final List<Double> WINTER =
      List.of(1.9, 1.6, 1.0, 0.6, 0.3, 0.3, 0.3, 0.4, 0.8, 1.4, 1.9, 2.2);

  private Calendar() {}

  /** Trade on a day, 1 on an average day. */
  static double trade(LocalDate day) {
    return MONTHS.get(day.getMonthValue() - 1) * WEEKDAYS.get(day.getDayOfWeek().getValue() - 1);
  }

  /** Demand for goods of a season: summer, winter or none. */
  static double season(String season, LocalDate day) {
    int month = day.getMonthValue() - 1;
    return switch (season.toLowerCase(Locale.ROOT)) {
      case "summer" -> SUMMER.get(month);
      case "winter" -> WINTER.get(month);
      case "none" -> 1;
      default -> throw new IllegalArgumentException("no season " + season);
    };
  }

  /** Years between two days, with their fraction. */
  static double years(LocalDate from, LocalDate day) {
    return ChronoUnit.DAYS.between(from, day) / 365.25;
  }
}

package io.kurobe.adapters.jdbc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Times in the text form of SQL, such as {@code 2024-02-29 12:00:00.123456 Europe/Paris}; digits
 * beyond microseconds are cut.
 */
final class TemporalText {
  private static final int MICROS_DIGITS = 6;

  private TemporalText() {}

  /** Days since the epoch. */
  static long date(String text) {
    return localDate(text.strip()).toEpochDay();
  }

  /** Whether a text has digits beyond microseconds that are not zero. */
  static boolean isCut(String text) {
    int from = text.indexOf('.') + 1 + MICROS_DIGITS;
    boolean cut = false;
    for (int i = from; from > MICROS_DIGITS && i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        break;
      }
      cut |= digit != '0';
    }
    return cut;
  }

  /** Microseconds since midnight. */
  static long time(String text) {
    return LocalTime.parse(cut(text.strip())).toNanoOfDay() / 1000;
  }

  /** Microseconds since the epoch, as if in UTC. */
  static long timestamp(String text) {
    return micros(local(text.strip()).toInstant(ZoneOffset.UTC));
  }

  /** Microseconds since the epoch of an instant, whose zone is named after a blank. */
  static long instant(String text) {
    String stripped = text.strip();
    int zone = stripped.lastIndexOf(' ');
    if (zone < 0 || zone < stripped.indexOf(':')) {
      throw new IllegalArgumentException("no zone in " + text);
    }
    return micros(
        local(stripped.substring(0, zone))
            .atZone(ZoneId.of(stripped.substring(zone + 1)))
            .toInstant());
  }

  private static LocalDateTime local(String text) {
    int separator = Math.max(text.indexOf(' '), text.indexOf('T'));
    return LocalDateTime.of(
        localDate(text.substring(0, separator)),
        LocalTime.parse(cut(text.substring(separator + 1))));
  }

  /** Years beyond four digits have a sign in ISO 8601, and may not have one in SQL. */
  private static LocalDate localDate(String text) {
    int year = text.indexOf('-', 1);
    boolean bare = year > 4 && text.charAt(0) != '+' && text.charAt(0) != '-';
    return LocalDate.parse(bare ? "+" + text : text);
  }

  private static String cut(String time) {
    int point = time.indexOf('.');
    return point >= 0 && time.length() > point + 1 + MICROS_DIGITS
        ? time.substring(0, point + 1 + MICROS_DIGITS)
        : time;
  }

  private static long micros(Instant instant) {
    // Not by ChronoUnit, which counts nanoseconds first and ends in 1677 and 2262.
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }
}

package io.kurobe.driver;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** The text forms of times: ISO 8601 with a blank for the T, fractions as long as they need. */
final class CellText {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter OFFSET =
      new DateTimeFormatterBuilder()
          .append(TIMESTAMP)
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter(Locale.ROOT);

  private CellText() {}

  static String time(LocalTime time) {
    return TIME.format(time);
  }

  static String timestamp(LocalDateTime timestamp) {
    return TIMESTAMP.format(timestamp);
  }

  static String offsetDateTime(OffsetDateTime timestamp) {
    return OFFSET.format(timestamp);
  }

  static LocalTime parseTime(String text) {
    return LocalTime.parse(text);
  }

  static LocalDateTime parseTimestamp(String text) {
    return LocalDateTime.parse(withT(text));
  }

  /** An instant; text without an offset is read in the zone. */
  static OffsetDateTime parseInstant(String text, ZoneId zone) {
    TemporalAccessor parsed =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(
            withT(text), OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof OffsetDateTime
        ? (OffsetDateTime) parsed
        : ((LocalDateTime) parsed).atZone(zone).toOffsetDateTime();
  }

  private static String withT(String text) {
    int blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank) + 'T' + text.substring(blank + 1);
  }
}

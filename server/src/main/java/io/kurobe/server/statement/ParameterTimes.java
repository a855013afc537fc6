package io.kurobe.server.statement;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * Values of parameters as dates and times: those of another kind lose or gain what the kinds differ
 * by, as PostgreSQL has it, and texts are read as ISO 8601 with a blank or a T. What is neither is
 * given back as it is.
 */
final class ParameterTimes {
  private ParameterTimes() {}

  static Object date(Object value, ZoneId zone) {
    Object read = read(value, zone);
    return read instanceof LocalDateTime dateTime ? dateTime.toLocalDate() : read;
  }

  static Object time(Object value, ZoneId zone) {
    if (value instanceof String text && text.strip().indexOf(':') <= 2) {
      return LocalTime.parse(text.strip());
    }
    Object read = read(value, zone);
    return read instanceof LocalDateTime dateTime ? dateTime.toLocalTime() : read;
  }

  /** An instant is the wall clock's time of the zone. */
  static Object timestamp(Object value, ZoneId zone) {
    Object read = read(value, zone);
    return read instanceof LocalDate date ? date.atStartOfDay() : read;
  }

  /** A time without an offset is one of the zone. */
  static Object instant(Object value, ZoneId zone) {
    if (value instanceof String text && parsed(text) instanceof OffsetDateTime offset) {
      return offset;
    }
    return timestamp(value, zone) instanceof LocalDateTime dateTime
        ? dateTime.atZone(zone).toOffsetDateTime()
        : value;
  }

  /** A text as what it is, an instant in the zone. */
  private static Object read(Object value, ZoneId zone) {
    if (!(value instanceof String text)) {
      return value;
    }
    Object parsed = parsed(text);
    return parsed instanceof OffsetDateTime offset
        ? offset.atZoneSameInstant(zone).toLocalDateTime()
        : parsed;
  }

  private static TemporalAccessor parsed(String text) {
    String iso = text.strip().replace(' ', 'T');
    return iso.indexOf(':') < 0
        ? LocalDate.parse(iso)
        : DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
  }
}

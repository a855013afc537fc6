package io.kurobe.driver;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.UUID;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Values of {@code setObject} in Avatica's form, without passing through a {@code Calendar}. What
 * Avatica's milliseconds would cut, and instants, travel as text that the server parses.
 */
final class ParameterValues {
  private ParameterValues() {}

  /**
   * The parameter, or null for a class that Avatica itself knows what to do with.
   *
   * @param instant whether the server wants an instant, which {@code Timestamp} and its like are;
   *     otherwise they are wall-clock times of the JVM's zone
   */
  static @Nullable TypedValue of(@Nullable Object value, boolean instant) throws SQLException {
    return ComposedValues.isComposed(value)
        ? ComposedValues.of(value, instant)
        : ofScalar(value, instant);
  }

  /** The same of a value that holds no others. */
  static @Nullable TypedValue ofScalar(@Nullable Object value, boolean instant) {
    if (value == null) {
      return TypedValue.EXPLICIT_NULL;
    }
    if (value instanceof LocalDate) {
      int days = Math.toIntExact(((LocalDate) value).toEpochDay());
      return TypedValue.ofSerial(Rep.JAVA_SQL_DATE, days);
    }
    if (value instanceof LocalTime) {
      return time((LocalTime) value);
    }
    if (value instanceof LocalDateTime) {
      return timestamp((LocalDateTime) value);
    }
    if (value instanceof Timestamp) {
      return instant
          ? ofScalar(((Timestamp) value).toInstant(), true)
          : timestamp(((Timestamp) value).toLocalDateTime());
    }
    if (value instanceof Date) {
      return ofScalar(((Date) value).toLocalDate(), instant);
    }
    if (value instanceof Time) {
      return time(localTime((Time) value));
    }
    if (value instanceof Character) {
      return text(value.toString());
    }
    if (value instanceof Instant) {
      return text(CellText.offsetDateTime(((Instant) value).atOffset(ZoneOffset.UTC)));
    }
    if (value instanceof OffsetDateTime) {
      return text(CellText.offsetDateTime((OffsetDateTime) value));
    }
    if (value instanceof ZonedDateTime) {
      return text(CellText.offsetDateTime(((ZonedDateTime) value).toOffsetDateTime()));
    }
    if (value instanceof UUID || value instanceof Period || value instanceof Duration) {
      return text(value.toString());
    }
    if (value instanceof BigDecimal) {
      return TypedValue.ofSerial(Rep.NUMBER, value);
    }
    if (value instanceof BigInteger) {
      return TypedValue.ofSerial(Rep.NUMBER, new BigDecimal((BigInteger) value));
    }
    if (isNoJsonNumber(value)) {
      return text(value.toString());
    }
    if (value instanceof java.util.Date) {
      return ofScalar(new Timestamp(((java.util.Date) value).getTime()), instant);
    }
    if (value instanceof Calendar) {
      return ofScalar(new Timestamp(((Calendar) value).getTimeInMillis()), instant);
    }
    return null;
  }

  /** Whether Avatica sends values of this class as what they are; it takes any class. */
  static boolean isPlain(Object value) {
    return value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof byte[];
  }

  /** NaN and the infinities, which Avatica's JSON writes and does not read. */
  private static boolean isNoJsonNumber(Object value) {
    return (value instanceof Double || value instanceof Float)
        && !Double.isFinite(((Number) value).doubleValue());
  }

  /** With the milliseconds that the class's own method drops. */
  static LocalTime localTime(Time time) {
    return new Timestamp(time.getTime()).toLocalDateTime().toLocalTime();
  }

  private static TypedValue time(LocalTime time) {
    return time.getNano() % 1_000_000 == 0
        ? TypedValue.ofSerial(Rep.JAVA_SQL_TIME, time.get(ChronoField.MILLI_OF_DAY))
        : text(CellText.time(time));
  }

  private static TypedValue timestamp(LocalDateTime timestamp) {
    return timestamp.getNano() % 1_000_000 == 0
        ? TypedValue.ofSerial(
            Rep.JAVA_SQL_TIMESTAMP, timestamp.toInstant(ZoneOffset.UTC).toEpochMilli())
        : text(CellText.timestamp(timestamp));
  }

  private static TypedValue text(String text) {
    return TypedValue.ofSerial(Rep.STRING, text);
  }
}

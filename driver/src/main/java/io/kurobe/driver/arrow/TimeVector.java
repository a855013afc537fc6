package io.kurobe.driver.arrow;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Dates, times and lengths of time. */
public final class TimeVector extends ColumnVector {
  /** What a number of the column counts. */
  enum Kind {
    /** Days since 1 January 1970, 32 bits. */
    DATE,
    /** Microseconds of a day. */
    TIME,
    /** Microseconds since 1 January 1970 on a clock of no zone. */
    TIMESTAMP,
    /** Microseconds since the beginning of 1970 in UTC. */
    INSTANT,
    /** Months, 32 bits. */
    MONTHS,
    /** Microseconds. */
    DURATION;

    int bits() {
      return this == DATE || this == MONTHS ? Integer.SIZE : Long.SIZE;
    }
  }

  private static final int MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private final Slice values;
  private final Kind kind;

  TimeVector(Validity validity, Slice values, Kind kind) {
    super(validity);
    this.values = values;
    this.kind = kind;
  }

  /** LocalDate, LocalTime, LocalDateTime or Instant; lengths of time as text in ISO 8601. */
  @Override
  public Object object(int row) {
    try {
      return value(row);
    } catch (DateTimeException | ArithmeticException e) {
      throw new ArrowFormatException("a column has a time that there is not", e);
    }
  }

  private Object value(int row) {
    switch (kind) {
      case DATE:
        return LocalDate.ofEpochDay(values.intAt(row));
      case TIME:
        return LocalTime.ofNanoOfDay(values.longAt(row) * NANOS_PER_MICRO);
      case TIMESTAMP:
        return timestamp(values.longAt(row));
      case INSTANT:
        return timestamp(values.longAt(row)).toInstant(ZoneOffset.UTC);
      case MONTHS:
        return Period.ofMonths(values.intAt(row)).normalized().toString();
      default:
        return Duration.of(values.longAt(row), ChronoUnit.MICROS).toString();
    }
  }

  private static LocalDateTime timestamp(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO,
        ZoneOffset.UTC);
  }
}

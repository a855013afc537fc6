package io.kurobe.planner.execute;

import io.kurobe.adapters.source.Types;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Values of clients and of the engine as typed literals of a plan. */
final class Literals {
  private static final int MICROSECONDS = 6;
  private static final int NANOSECONDS = 9;

  private Literals() {}

  /** The literal of a value that has the Java form of a type, or one that can be brought there. */
  static RexNode of(RexBuilder builder, @Nullable Object value, RelDataType type) {
    if (value == null) {
      return builder.makeNullLiteral(type);
    }
    if (SqlTypeUtil.isInterval(type) || Types.isComposed(type)) {
      return ComposedLiterals.of(builder, value, type);
    }
    if (type.getSqlTypeName() == SqlTypeName.CHAR
        && value.toString().length() > type.getPrecision()) {
      // Cut to the length of what it is compared to it would equal what it does not.
      return builder.makeLiteral(value.toString());
    }
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_TZ && value instanceof OffsetDateTime time
        ? instant(builder, time, type)
        : builder.makeLiteral(calciteValue(value, type), type, true);
  }

  /** As a written one is read: a cast of its text, since sources have no such literal. */
  private static RexNode instant(RexBuilder builder, OffsetDateTime value, RelDataType type) {
    LocalDateTime utc = value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    return builder.makeAbstractCast(
        type, builder.makeLiteral(timestamp(rounded(utc, type)) + "+00:00"), false);
  }

  private static Object calciteValue(Object value, RelDataType type) {
    if (value instanceof LocalDate date) {
      return date(date);
    }
    if (value instanceof LocalTime time) {
      return time(rounded(time, type));
    }
    if (value instanceof LocalDateTime dateTime) {
      return timestamp(rounded(dateTime, type));
    }
    if (value instanceof OffsetDateTime dateTime) {
      LocalDateTime utc = dateTime.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
      return timestamp(rounded(utc, type));
    }
    if (value instanceof Instant instant) {
      return timestamp(rounded(instant.atOffset(ZoneOffset.UTC).toLocalDateTime(), type));
    }
    if (value instanceof byte[] bytes) {
      return new ByteString(bytes);
    }
    if (value instanceof UUID || value instanceof Boolean) {
      return value;
    }
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE ->
          number(value.toString(), type);
      case DATE -> new DateString(value.toString().strip());
      case CHAR, VARCHAR -> new NlsString(value.toString(), "UTF-8", null);
      default -> value;
    };
  }

  /** A time rounded half up to the digits of a type of fewer than microseconds have. */
  @SuppressWarnings("unchecked")
  private static <T extends Temporal> T rounded(T time, RelDataType type) {
    int digits = type.getPrecision();
    if (digits < 0 || digits >= MICROSECONDS) {
      return time;
    }
    long span = (long) Math.pow(10, NANOSECONDS - digits);
    Temporal later = time.plus(span / 2, ChronoUnit.NANOS);
    int nanos = later.get(ChronoField.NANO_OF_SECOND);
    return (T) later.minus(nanos % span, ChronoUnit.NANOS);
  }

  private static Object number(String text, RelDataType type) {
    boolean approximate = type.getSqlTypeName() != SqlTypeName.DECIMAL && isApproximate(type);
    return approximate ? (Object) Double.valueOf(text.strip()) : new BigDecimal(text.strip());
  }

  private static boolean isApproximate(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case REAL, FLOAT, DOUBLE -> true;
      default -> false;
    };
  }

  static DateString date(LocalDate date) {
    return new DateString(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
  }

  static TimeString time(LocalTime time) {
    return new TimeString(time.getHour(), time.getMinute(), time.getSecond())
        .withNanos(time.getNano());
  }

  static TimestampString timestamp(LocalDateTime value) {
    return new TimestampString(
            value.getYear(),
            value.getMonthValue(),
            value.getDayOfMonth(),
            value.getHour(),
            value.getMinute(),
            value.getSecond())
        .withNanos(value.getNano());
  }
}

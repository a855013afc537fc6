package io.kurobe.driver;

import io.kurobe.driver.arrow.RowValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.util.ByteString;

/**
 * One value of a row, never null, as any class that JDBC lets a caller ask for. A batch has it as
 * {@link io.kurobe.driver.arrow.ColumnVector#object} says; Avatica's JSON carries a date as days, a
 * time as milliseconds of the day and a timestamp as milliseconds, all without a zone, an instant
 * as the session's wall clock shows it; text forms with more digits are understood too.
 */
final class Cell {
  private final ColumnMetaData column;
  private final Object raw;
  private final ZoneId zone;

  Cell(ColumnMetaData column, Object raw, ZoneId zone) {
    this.column = column;
    this.raw = raw;
    this.zone = zone;
  }

  private int type() {
    return column.type.id;
  }

  private boolean isInstant() {
    String name = column.type.name == null ? "" : column.type.name.toUpperCase(Locale.ROOT);
    return type() == Types.TIMESTAMP_WITH_TIMEZONE
        || (type() == Types.TIMESTAMP && name.contains("WITH") && name.contains("ZONE"));
  }

  private boolean isBinary() {
    return type() == Types.BINARY || type() == Types.VARBINARY || type() == Types.LONGVARBINARY;
  }

  /** The value as {@code getObject(int)} gives it. */
  Object object() throws SQLException {
    switch (type()) {
      case Types.BOOLEAN:
      case Types.BIT:
        return bool();
      case Types.TINYINT:
      case Types.SMALLINT:
      case Types.INTEGER:
        return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Types.BIGINT:
        return integer(Long.MIN_VALUE, Long.MAX_VALUE);
      case Types.REAL:
        return (float) real();
      case Types.FLOAT:
      case Types.DOUBLE:
        return real();
      case Types.DECIMAL:
      case Types.NUMERIC:
        return decimal();
      case Types.DATE:
        return Date.valueOf(date());
      case Types.TIME:
        return sqlTime();
      case Types.TIMESTAMP:
      case Types.TIMESTAMP_WITH_TIMEZONE:
        return sqlTimestamp();
      case Types.BINARY:
      case Types.VARBINARY:
      case Types.LONGVARBINARY:
        return bytes();
      case Types.ARRAY:
        return array();
      default:
        if (NestedText.isNested(raw)) {
          return NestedText.of(raw, zone);
        }
        return isUuid() ? uuid() : raw;
    }
  }

  private boolean isUuid() {
    return column.type.name != null && column.type.name.equalsIgnoreCase("UUID");
  }

  String string() throws SQLException {
    switch (type()) {
      case Types.REAL:
        return Float.toString((float) real());
      case Types.FLOAT:
      case Types.DOUBLE:
        return Double.toString(real());
      case Types.DECIMAL:
      case Types.NUMERIC:
        return decimal().toPlainString();
      case Types.DATE:
        return date().toString();
      case Types.TIME:
        return CellText.time(time());
      case Types.TIMESTAMP:
      case Types.TIMESTAMP_WITH_TIMEZONE:
        return isInstant()
            ? CellText.offsetDateTime(offsetDateTime())
            : CellText.timestamp(timestamp());
      default:
        if (isBinary()) {
          return new ByteString(bytes()).toString();
        }
        return NestedText.isNested(raw) && type() != Types.ARRAY
            ? NestedText.of(raw, zone)
            : raw.toString();
    }
  }

  boolean bool() throws SQLException {
    if (raw instanceof Boolean) {
      return (Boolean) raw;
    }
    if (raw instanceof Number) {
      return new BigDecimal(raw.toString()).signum() != 0;
    }
    switch (raw.toString().strip().toLowerCase(Locale.ROOT)) {
      case "true":
      case "t":
      case "1":
        return true;
      case "false":
      case "f":
      case "0":
        return false;
      default:
        throw mismatch("a boolean");
    }
  }

  /** A whole number; a fraction is cut off, as JDBC drivers do. */
  long integer(long least, long most) throws SQLException {
    if (raw instanceof Integer || raw instanceof Long) {
      long value = ((Number) raw).longValue();
      if (value >= least && value <= most) {
        return value;
      }
    } else {
      BigInteger value = number("a whole number").setScale(0, RoundingMode.DOWN).toBigInteger();
      if (value.compareTo(BigInteger.valueOf(least)) >= 0
          && value.compareTo(BigInteger.valueOf(most)) <= 0) {
        return value.longValue();
      }
    }
    throw SqlErrors.of("22003", "value " + raw + " of column " + column.label + " is out of range");
  }

  double real() throws SQLException {
    if (raw instanceof Number) {
      return ((Number) raw).doubleValue();
    }
    if (raw instanceof Boolean) {
      return (Boolean) raw ? 1 : 0;
    }
    try {
      return Double.parseDouble(raw.toString().strip());
    } catch (NumberFormatException e) {
      throw mismatch("a number");
    }
  }

  /** A decimal with at least the digits after the point that the column declares. */
  BigDecimal decimal() throws SQLException {
    BigDecimal value = number("a decimal");
    boolean declared = type() == Types.DECIMAL || type() == Types.NUMERIC;
    return declared && value.scale() < column.scale ? value.setScale(column.scale) : value;
  }

  private BigDecimal number(String wanted) throws SQLException {
    if (raw instanceof Boolean) {
      return (Boolean) raw ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (isTemporal()) {
      throw mismatch(wanted);
    }
    if (raw instanceof BigDecimal) {
      return (BigDecimal) raw;
    }
    try {
      return new BigDecimal(raw.toString().strip());
    } catch (NumberFormatException e) {
      throw mismatch(wanted);
    }
  }

  private boolean isTemporal() {
    return type() == Types.DATE
        || type() == Types.TIME
        || type() == Types.TIMESTAMP
        || type() == Types.TIMESTAMP_WITH_TIMEZONE;
  }

  byte[] bytes() throws SQLException {
    if (raw instanceof byte[]) {
      return ((byte[]) raw).clone();
    }
    if (raw instanceof ByteString) {
      return ((ByteString) raw).getBytes();
    }
    if (!isBinary()) {
      return string().getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(raw.toString());
    } catch (IllegalArgumentException e) {
      throw mismatch("bytes");
    }
  }

  LocalDate date() throws SQLException {
    if (type() == Types.TIMESTAMP || type() == Types.TIMESTAMP_WITH_TIMEZONE) {
      return timestamp().toLocalDate();
    }
    if (raw instanceof LocalDate) {
      return (LocalDate) raw;
    }
    try {
      return raw instanceof Number && type() == Types.DATE
          ? LocalDate.ofEpochDay(((Number) raw).longValue())
          : LocalDate.parse(raw.toString());
    } catch (DateTimeException e) {
      throw mismatch("a date");
    }
  }

  LocalTime time() throws SQLException {
    if (type() == Types.TIMESTAMP || type() == Types.TIMESTAMP_WITH_TIMEZONE) {
      return timestamp().toLocalTime();
    }
    if (raw instanceof LocalTime) {
      return (LocalTime) raw;
    }
    try {
      return raw instanceof Number && type() == Types.TIME
          ? LocalTime.ofNanoOfDay(Math.multiplyExact(((Number) raw).longValue(), 1_000_000L))
          : CellText.parseTime(raw.toString());
    } catch (DateTimeException e) {
      throw mismatch("a time");
    }
  }

  /** Without a zone; an instant is shown in the session's. */
  LocalDateTime timestamp() throws SQLException {
    if (type() == Types.DATE) {
      return date().atStartOfDay();
    }
    if (type() == Types.TIME) {
      return time().atDate(LocalDate.EPOCH);
    }
    if (isInstant()) {
      return offsetDateTime().toLocalDateTime();
    }
    if (raw instanceof LocalDateTime) {
      return (LocalDateTime) raw;
    }
    try {
      return raw instanceof Number && type() == Types.TIMESTAMP
          ? LocalDateTime.ofInstant(
              Instant.ofEpochMilli(((Number) raw).longValue()), ZoneOffset.UTC)
          : CellText.parseTimestamp(raw.toString());
    } catch (DateTimeException e) {
      throw mismatch("a timestamp");
    }
  }

  /** In the session's zone; a timestamp without a zone is taken to be in it. */
  OffsetDateTime offsetDateTime() throws SQLException {
    if (!isInstant() && isTemporal()) {
      return timestamp().atZone(zone).toOffsetDateTime();
    }
    if (raw instanceof Instant) {
      return ((Instant) raw).atZone(zone).toOffsetDateTime();
    }
    try {
      if (raw instanceof Number && isInstant()) {
        // Avatica has milliseconds without a zone only: the session's wall clock.
        return LocalDateTime.ofInstant(
                Instant.ofEpochMilli(((Number) raw).longValue()), ZoneOffset.UTC)
            .atZone(zone)
            .toOffsetDateTime();
      }
      Instant instant = CellText.parseInstant(raw.toString(), zone).toInstant();
      return instant.atZone(zone).toOffsetDateTime();
    } catch (DateTimeException e) {
      throw mismatch("an instant");
    }
  }

  /** As the class shows it: an instant is itself, other times are wall-clock times of the JVM. */
  Timestamp sqlTimestamp() throws SQLException {
    return isInstant()
        ? Timestamp.from(offsetDateTime().toInstant())
        : Timestamp.valueOf(timestamp());
  }

  /** As {@link #sqlTimestamp()}, but a wall-clock time of the given zone. */
  Timestamp sqlTimestamp(ZoneId calendarZone) throws SQLException {
    return isInstant()
        ? sqlTimestamp()
        : Timestamp.from(timestamp().atZone(calendarZone).toInstant());
  }

  /** Midnight of the date, in the given zone. */
  Date sqlDate(ZoneId calendarZone) throws SQLException {
    return new Date(date().atStartOfDay(calendarZone).toInstant().toEpochMilli());
  }

  /** On 1 January 1970, in the given zone. */
  Time sqlTime(ZoneId calendarZone) throws SQLException {
    return new Time(time().atDate(LocalDate.EPOCH).atZone(calendarZone).toInstant().toEpochMilli());
  }

  /** With its milliseconds, which {@code Time.valueOf(LocalTime)} would drop. */
  Time sqlTime() throws SQLException {
    return new Time(Timestamp.valueOf(time().atDate(LocalDate.EPOCH)).getTime());
  }

  UUID uuid() throws SQLException {
    try {
      return raw instanceof UUID ? (UUID) raw : UUID.fromString(raw.toString());
    } catch (IllegalArgumentException e) {
      throw mismatch("a UUID");
    }
  }

  ListArray array() throws SQLException {
    if (!(raw instanceof List)) {
      throw mismatch("an array");
    }
    return new ListArray(column, (List<?>) raw, zone);
  }

  <T> T as(Class<T> wanted) throws SQLException {
    return wanted.cast(boxed(wanted));
  }

  private Object boxed(Class<?> wanted) throws SQLException {
    if (wanted == String.class) {
      return string();
    } else if (wanted == Object.class) {
      return object();
    } else if (wanted == Boolean.class) {
      return bool();
    } else if (wanted == Byte.class) {
      return (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
    } else if (wanted == Short.class) {
      return (short) integer(Short.MIN_VALUE, Short.MAX_VALUE);
    } else if (wanted == Integer.class) {
      return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (wanted == Long.class) {
      return integer(Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (wanted == Float.class) {
      return (float) real();
    } else if (wanted == Double.class) {
      return real();
    } else if (wanted == BigDecimal.class) {
      return decimal();
    } else if (wanted == BigInteger.class) {
      return decimal().toBigInteger();
    } else if (wanted == byte[].class) {
      return bytes();
    } else if (wanted == UUID.class) {
      return uuid();
    } else if (wanted == java.sql.Array.class) {
      return array();
    } else if (wanted == Struct.class && raw instanceof RowValue) {
      return NestedValue.struct((RowValue) raw, zone);
    } else if (wanted == Map.class && raw instanceof Map) {
      return NestedValue.map((Map<?, ?>) raw, zone);
    } else {
      return temporal(wanted);
    }
  }

  private Object temporal(Class<?> wanted) throws SQLException {
    if (wanted == LocalDate.class) {
      return date();
    } else if (wanted == LocalTime.class) {
      return time();
    } else if (wanted == LocalDateTime.class) {
      return timestamp();
    } else if (wanted == OffsetDateTime.class) {
      return offsetDateTime();
    } else if (wanted == ZonedDateTime.class) {
      return offsetDateTime().atZoneSameInstant(zone);
    } else if (wanted == Instant.class) {
      return offsetDateTime().toInstant();
    } else if (wanted == Date.class) {
      return Date.valueOf(date());
    } else if (wanted == Time.class) {
      return sqlTime();
    } else if (wanted == Timestamp.class || wanted == java.util.Date.class) {
      return sqlTimestamp();
    }
    Object value = object();
    if (wanted.isInstance(value)) {
      return value;
    }
    throw mismatch(wanted.getName());
  }

  private SQLException mismatch(String wanted) {
    String text = raw.toString();
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return SqlErrors.of(
        "22018",
        "value "
            + shown
            + " of column "
            + column.label
            + " ("
            + column.type.name
            + ") is not "
            + wanted);
  }
}

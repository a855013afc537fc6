package io.kurobe.driver;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.UUID;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * What {@code setObject} with a type of {@link Types} makes of a value before it is sent. Dates,
 * times, bytes and arrays are brought to what the statement wants by the server.
 */
final class ParameterTargets {
  private ParameterTargets() {}

  /**
   * The value as the type has it.
   *
   * @return null if a value of its class is none of that type
   * @throws SQLException 22018 if it is a text of something else
   */
  static @Nullable Object as(Object value, int type) throws SQLException {
    switch (type) {
      case Types.CHAR:
      case Types.VARCHAR:
      case Types.LONGVARCHAR:
      case Types.NCHAR:
      case Types.NVARCHAR:
      case Types.LONGNVARCHAR:
      case Types.CLOB:
      case Types.NCLOB:
      case Types.SQLXML:
        return text(value);
      case Types.TINYINT:
      case Types.SMALLINT:
      case Types.INTEGER:
      case Types.BIGINT:
      case Types.DECIMAL:
      case Types.NUMERIC:
        return number(value);
      case Types.REAL:
      case Types.FLOAT:
      case Types.DOUBLE:
        return value instanceof String ? real((String) value) : number(value);
      case Types.BIT:
      case Types.BOOLEAN:
        return value instanceof Number
            ? (Object) (((Number) value).doubleValue() != 0)
            : only(value, value instanceof Boolean || value instanceof String);
      case Types.BINARY:
      case Types.VARBINARY:
      case Types.LONGVARBINARY:
      case Types.BLOB:
        return only(value, value instanceof byte[]);
      case Types.DATE:
      case Types.TIME:
      case Types.TIMESTAMP:
      case Types.TIME_WITH_TIMEZONE:
      case Types.TIMESTAMP_WITH_TIMEZONE:
      case Types.ARRAY:
      case Types.STRUCT:
      case Types.OTHER:
      case Types.JAVA_OBJECT:
      case Types.DISTINCT:
      case Types.NULL:
        return value;
      default:
        return null;
    }
  }

  /** A number for DECIMAL with the digits after the point that were asked for. */
  static @Nullable Object scaled(@Nullable Object value, int type, int scale) throws SQLException {
    if (value == null || (type != Types.DECIMAL && type != Types.NUMERIC)) {
      return value;
    }
    Object number = number(value);
    return number instanceof Number && scale >= 0
        ? new BigDecimal(number.toString()).setScale(scale, RoundingMode.HALF_UP)
        : value;
  }

  private static @Nullable Object only(Object value, boolean fits) {
    return fits ? value : null;
  }

  private static @Nullable String text(Object value) {
    if (value instanceof BigDecimal) {
      return ((BigDecimal) value).toPlainString();
    }
    if (value instanceof CharSequence
        || value instanceof Character
        || value instanceof Enum
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof UUID
        || value instanceof LocalDate
        || value instanceof Date) {
      return value.toString();
    }
    if (value instanceof LocalTime) {
      return CellText.time((LocalTime) value);
    }
    if (value instanceof Time) {
      return CellText.time(ParameterValues.localTime((Time) value));
    }
    if (value instanceof LocalDateTime) {
      return CellText.timestamp((LocalDateTime) value);
    }
    if (value instanceof Timestamp) {
      return CellText.timestamp(((Timestamp) value).toLocalDateTime());
    }
    if (value instanceof Instant
        || value instanceof OffsetDateTime
        || value instanceof ZonedDateTime) {
      TypedValue instant = ParameterValues.ofScalar(value, false);
      return instant == null ? null : (String) instant.value;
    }
    return null;
  }

  private static @Nullable Object number(Object value) throws SQLException {
    if (value instanceof Boolean) {
      return (Boolean) value ? 1 : 0;
    }
    if (!(value instanceof String)) {
      return only(value, value instanceof Number);
    }
    try {
      return new BigDecimal(((String) value).strip());
    } catch (NumberFormatException e) {
      throw noNumber((String) value);
    }
  }

  private static Object real(String text) throws SQLException {
    try {
      return Double.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw noNumber(text);
    }
  }

  private static SQLException noNumber(String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return SqlErrors.of(
        "22018", String.format(Locale.ROOT, "the parameter '%s' is not a number", shown));
  }
}

package io.kurobe.server.statement;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.Interval;
import io.kurobe.adapters.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings the values of parameters into the types that a statement declares: clients send what their
 * protocol has, such as text for a UUID or a decimal for an integer, and programs bind a timestamp
 * where a date is compared. What a time lacks is midnight, or the session's zone.
 */
final class ParameterValues {
  private ParameterValues() {}

  static List<@Nullable Object> of(
      List<@Nullable Object> values, List<SqlType> types, ZoneId zone) {
    if (values.size() < types.size()) {
      throw new KurobeException(
          ErrorCode.MISSING_PARAMETER,
          "the statement has " + types.size() + " parameters, but " + values.size() + " are given");
    }
    List<@Nullable Object> result = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      result.add(convert(values.get(i), types.get(i), zone, i + 1));
    }
    return result;
  }

  private static @Nullable Object convert(
      @Nullable Object value, SqlType type, ZoneId zone, int position) {
    return convert(value, type, zone, "parameter " + position);
  }

  /**
   * A value, or one within another.
   *
   * @param name what it is called in an error
   */
  static @Nullable Object convert(@Nullable Object value, SqlType type, ZoneId zone, String name) {
    if (value == null) {
      return null;
    }
    if ((value instanceof List || value instanceof Map) && !ComposedParameters.isComposed(type)) {
      throw ComposedParameters.unfit(value, type, name);
    }
    try {
      return switch (type.kind()) {
        case BOOLEAN -> truth(value);
        case TINYINT, SMALLINT, INTEGER -> integer(value);
        case BIGINT -> number(value) instanceof BigDecimal exact ? exact.longValueExact() : value;
        case REAL -> floating(value) instanceof Double number ? number.floatValue() : value;
        case DOUBLE -> floating(value);
        case DECIMAL -> number(value);
        case CHAR, VARCHAR, JSON -> text(value);
        case DATE -> ParameterTimes.date(value, zone);
        case TIME -> ParameterTimes.time(value, zone);
        case TIMESTAMP -> ParameterTimes.timestamp(value, zone);
        case TIMESTAMP_TZ -> ParameterTimes.instant(value, zone);
        case UUID -> value instanceof String text ? UUID.fromString(text.strip()) : value;
        case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
            value instanceof String text ? Interval.parse(text) : value;
        case ARRAY, MAP, ROW -> ComposedParameters.of(value, type, zone, name);
        case NULL, VARBINARY -> value;
      };
    } catch (NumberFormatException e) {
      throw new KurobeException(ErrorCode.INVALID_TEXT_FORM, name + " is no " + type, e);
    } catch (ArithmeticException e) {
      throw new KurobeException(ErrorCode.NUMERIC_OUT_OF_RANGE, name + " does not fit " + type, e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new KurobeException(ErrorCode.INVALID_TEXT_FORM, name + " is no " + type, e);
    }
  }

  private static Object integer(Object value) {
    return number(value) instanceof BigDecimal exact ? exact.intValueExact() : value;
  }

  /** A number or the text of one as a decimal; anything else, and NaN, as it is. */
  private static Object number(Object value) {
    if (value instanceof BigDecimal) {
      return value;
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Double || value instanceof Float) {
      double floating = ((Number) value).doubleValue();
      return Double.isFinite(floating) ? new BigDecimal(value.toString()) : value;
    }
    if (value instanceof Number number) {
      return BigDecimal.valueOf(number.longValue());
    }
    if (value instanceof Boolean truth) {
      return truth ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return value instanceof String text ? new BigDecimal(text.strip()) : value;
  }

  /** A number, or the text of one such as {@code NaN}, as a double; anything else as it is. */
  private static Object floating(Object value) {
    if (value instanceof String text) {
      return Double.valueOf(text.strip());
    }
    return number(value) instanceof BigDecimal exact ? exact.doubleValue() : value;
  }

  private static Object truth(Object value) {
    if (value instanceof Number) {
      return number(value) instanceof BigDecimal exact ? (Object) (exact.signum() != 0) : value;
    }
    return value instanceof String text ? truth(text.strip()) : value;
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "on", "1" -> true;
      case "false", "f", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException("no truth value");
    };
  }

  private static Object text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof LocalDateTime dateTime) {
      return dateTime.toString().replace('T', ' ');
    }
    return value instanceof byte[] ? value : value.toString();
  }
}

package io.kurobe.server.statement;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings the values of parameters into the types that a statement declares: clients send what their
 * protocol has, such as text for a UUID or a decimal for an integer.
 */
final class ParameterValues {
  private ParameterValues() {}

  static List<@Nullable Object> of(List<@Nullable Object> values, List<SqlType> types) {
    if (values.size() < types.size()) {
      throw new KurobeException(
          ErrorCode.MISSING_PARAMETER,
          "the statement has " + types.size() + " parameters, but " + values.size() + " are given");
    }
    List<@Nullable Object> result = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      result.add(convert(values.get(i), types.get(i), i + 1));
    }
    return result;
  }

  private static @Nullable Object convert(@Nullable Object value, SqlType type, int position) {
    if (value == null) {
      return null;
    }
    try {
      return switch (type.kind()) {
        case BOOLEAN -> value instanceof String text ? truth(text.strip()) : value;
        case TINYINT, SMALLINT, INTEGER -> integer(value);
        case BIGINT -> number(value) instanceof BigDecimal exact ? exact.longValueExact() : value;
        case REAL -> floating(value) instanceof Double number ? number.floatValue() : value;
        case DOUBLE -> floating(value);
        case DECIMAL -> number(value);
        case CHAR, VARCHAR, JSON -> value instanceof byte[] ? value : value.toString();
        case DATE -> value instanceof String text ? LocalDate.parse(text.strip()) : value;
        case TIME -> value instanceof String text ? LocalTime.parse(text.strip()) : value;
        case TIMESTAMP -> value instanceof String text ? LocalDateTime.parse(iso(text)) : value;
        case TIMESTAMP_TZ -> value instanceof String text ? OffsetDateTime.parse(iso(text)) : value;
        case UUID -> value instanceof String text ? UUID.fromString(text.strip()) : value;
        case NULL, VARBINARY, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, ARRAY, MAP, ROW -> value;
      };
    } catch (NumberFormatException e) {
      throw new KurobeException(
          ErrorCode.INVALID_TEXT_FORM, "parameter " + position + " is no " + type, e);
    } catch (ArithmeticException e) {
      throw new KurobeException(
          ErrorCode.NUMERIC_OUT_OF_RANGE, "parameter " + position + " does not fit " + type, e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new KurobeException(
          ErrorCode.INVALID_TEXT_FORM, "parameter " + position + " is no " + type, e);
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

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "on", "1" -> true;
      case "false", "f", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException("no truth value");
    };
  }

  private static String iso(String text) {
    return text.strip().replace(' ', 'T');
  }
}

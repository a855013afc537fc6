package io.kurobe.server.avatica;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Values of parameters as Avatica sends them, in the planner's Java classes. */
public final class ParameterReader {
  private ParameterReader() {}

  /**
   * The values in their order; none for null.
   *
   * @throws KurobeException MALFORMED_REQUEST for one that is not of the type it is said to be
   */
  public static List<@Nullable Object> values(@Nullable List<TypedValue> parameters) {
    List<@Nullable Object> values = new ArrayList<>();
    try {
      if (parameters != null) {
        parameters.forEach(parameter -> values.add(value(parameter)));
      }
    } catch (ClassCastException | IllegalArgumentException | DateTimeException e) {
      throw new KurobeException(
          ErrorCode.MALFORMED_REQUEST, "a parameter's value is not of its type", e);
    }
    return values;
  }

  private static @Nullable Object value(@Nullable TypedValue parameter) {
    if (parameter == null || parameter.value == null) {
      return null;
    }
    if (parameter.type == null) {
      throw new IllegalArgumentException("a value without a type");
    }
    Object value = parameter.value;
    return switch (parameter.type) {
      case JAVA_SQL_DATE -> LocalDate.ofEpochDay(((Number) value).longValue());
      case JAVA_SQL_TIME -> LocalTime.ofNanoOfDay(((Number) value).longValue() * 1_000_000L);
      case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE -> {
        long millis = ((Number) value).longValue();
        int nanos = (int) Math.floorMod(millis, 1_000L) * 1_000_000;
        yield LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1_000L), nanos, ZoneOffset.UTC);
      }
      case BYTE_STRING -> value instanceof String text ? Base64.getDecoder().decode(text) : value;
      default -> value;
    };
  }
}

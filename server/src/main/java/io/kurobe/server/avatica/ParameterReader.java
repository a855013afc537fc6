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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Values of parameters as Avatica sends them, in the planner's Java classes. An array is a list of
 * plain values of its component's type, as Avatica has it, or of typed values, as our driver sends
 * what JSON has no form for; so are a row, and each pair of a map.
 */
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
    Rep component = parameter.componentType == null ? Rep.OBJECT : parameter.componentType;
    return value(parameter.type, parameter.value, component);
  }

  private static Object value(Rep type, Object value, Rep component) {
    return switch (type) {
      case ARRAY -> elements(value, component);
      case MULTISET -> pairs(value);
      case JAVA_SQL_DATE -> LocalDate.ofEpochDay(((Number) value).longValue());
      case JAVA_SQL_TIME -> LocalTime.ofNanoOfDay(((Number) value).longValue() * 1_000_000L);
      case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE -> {
        long millis = ((Number) value).longValue();
        int nanos = (int) Math.floorMod(millis, 1_000L) * 1_000_000;
        yield LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1_000L), nanos, ZoneOffset.UTC);
      }
      case BYTE_STRING -> value instanceof String text ? Base64.getDecoder().decode(text) : value;
      default -> value instanceof Map || value instanceof List ? element(value, component) : value;
    };
  }

  private static List<@Nullable Object> elements(Object value, Rep component) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (Object element : (List<?>) value) {
      elements.add(element == null ? null : element(element, component));
    }
    return elements;
  }

  private static Map<@Nullable Object, @Nullable Object> pairs(Object value) {
    Map<@Nullable Object, @Nullable Object> pairs = new LinkedHashMap<>();
    for (Object pair : (List<?>) value) {
      List<@Nullable Object> both = elements(pair, Rep.OBJECT);
      if (both.size() != 2) {
        throw new IllegalArgumentException("no key and value");
      }
      pairs.put(both.get(0), both.get(1));
    }
    return pairs;
  }

  private static @Nullable Object element(Object element, Rep component) {
    if (element instanceof TypedValue typed) {
      return value(typed);
    }
    if (element instanceof Map<?, ?> typed) {
      Object value = typed.get("value");
      Rep type = Rep.valueOf(String.valueOf(typed.get("type")));
      return value == null ? null : value(type, value, Rep.OBJECT);
    }
    if (element instanceof List) {
      return elements(element, component);
    }
    return component == Rep.ARRAY ? element : value(component, element, Rep.OBJECT);
  }
}

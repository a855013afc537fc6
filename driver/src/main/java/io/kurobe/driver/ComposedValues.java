package io.kurobe.driver;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Arrays, rows and maps of {@code setObject} as the server reads them (docs/wire.md): lists of
 * values, each plain where JSON has it, and else with its type.
 */
final class ComposedValues {
  /** Deeper than any type of a source; a list may hold itself. */
  private static final int MOST_LEVELS = 16;

  private ComposedValues() {}

  /** Whether a value holds others. */
  static boolean isComposed(@Nullable Object value) {
    return value instanceof Array
        || value instanceof Struct
        || value instanceof Collection
        || value instanceof Map
        || value != null && value.getClass().isArray() && !(value instanceof byte[]);
  }

  /**
   * The parameter.
   *
   * @param instant whether the server wants instants in it
   * @throws SQLException 07006 for a value of a class that is none of a parameter
   */
  static TypedValue of(Object value, boolean instant) throws SQLException {
    return of(value, instant, 1);
  }

  private static TypedValue of(Object value, boolean instant, int level) throws SQLException {
    if (level > MOST_LEVELS) {
      throw SqlErrors.of("22023", "a parameter has more than " + MOST_LEVELS + " levels of arrays");
    }
    if (value instanceof Map) {
      List<Object> pairs = new ArrayList<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        List<@Nullable Object> pair = new ArrayList<>();
        pair.add(part(entry.getKey(), instant, level));
        pair.add(part(entry.getValue(), instant, level));
        pairs.add(pair);
      }
      return TypedValue.ofSerial(Rep.MULTISET, pairs);
    }
    List<@Nullable Object> parts = new ArrayList<>();
    for (Object part : parts(value)) {
      parts.add(part(part, instant, level));
    }
    return TypedValue.ofSerial(Rep.ARRAY, parts);
  }

  private static Iterable<?> parts(Object value) throws SQLException {
    if (value instanceof Collection) {
      return (Collection<?>) value;
    }
    if (value instanceof Struct) {
      return Arrays.asList(((Struct) value).getAttributes());
    }
    Object array = value instanceof Array ? ((Array) value).getArray() : value;
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
      elements.add(java.lang.reflect.Array.get(array, i));
    }
    return elements;
  }

  private static @Nullable Object part(@Nullable Object value, boolean instant, int level)
      throws SQLException {
    if (value == null) {
      return null;
    }
    if (isComposed(value)) {
      return of(value, instant, level + 1);
    }
    TypedValue scalar = ParameterValues.ofScalar(value, instant);
    if (scalar != null) {
      return scalar.type == Rep.STRING || scalar.type == Rep.NUMBER ? scalar.value : scalar;
    }
    if (value instanceof byte[]) {
      return TypedValue.ofJdbc(Rep.BYTE_STRING, value, null);
    }
    if (ParameterValues.isPlain(value)) {
      return value;
    }
    throw SqlErrors.of("07006", "a parameter cannot hold a " + value.getClass().getName());
  }
}

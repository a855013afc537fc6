package io.kurobe.server.statement;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arrays, rows and maps with each value brought to the type that is declared for it. */
final class ComposedParameters {
  private ComposedParameters() {}

  /** Whether values of a type hold others. */
  static boolean isComposed(SqlType type) {
    return type.kind() == SqlType.Kind.ARRAY
        || type.kind() == SqlType.Kind.MAP
        || type.kind() == SqlType.Kind.ROW;
  }

  static Object of(Object value, SqlType type, ZoneId zone, String name) {
    if (value instanceof List<?> elements && type.kind() == SqlType.Kind.ARRAY) {
      return elements(elements, type.fields().get(0).type(), zone, name);
    }
    if (value instanceof List<?> fields && type.kind() == SqlType.Kind.ROW) {
      return fields(fields, type, zone, name);
    }
    if (value instanceof Map<?, ?> map && type.kind() == SqlType.Kind.MAP) {
      return map(map, type, zone, name);
    }
    throw unfit(value, type, name);
  }

  private static List<@Nullable Object> elements(
      List<?> elements, SqlType type, ZoneId zone, String name) {
    List<@Nullable Object> converted = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Object element = elements.get(i);
      try {
        converted.add(ParameterValues.convert(element, type, zone, name));
      } catch (KurobeException e) {
        // Only now is the name made, and not for each of many.
        converted.add(
            ParameterValues.convert(element, type, zone, "element " + (i + 1) + " of " + name));
      }
    }
    return converted;
  }

  private static List<@Nullable Object> fields(
      List<?> values, SqlType type, ZoneId zone, String name) {
    if (values.size() != type.fields().size()) {
      throw new KurobeException(
          ErrorCode.TYPE_MISMATCH,
          name + " has " + values.size() + " fields, but " + type + " has " + type.fields().size());
    }
    List<@Nullable Object> converted = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      SqlType.Field field = type.fields().get(i);
      converted.add(
          ParameterValues.convert(
              values.get(i), field.type(), zone, "field " + field.name() + " of " + name));
    }
    return converted;
  }

  private static Map<Object, @Nullable Object> map(
      Map<?, ?> map, SqlType type, ZoneId zone, String name) {
    Map<Object, @Nullable Object> converted = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          Object known =
              ParameterValues.convert(key, type.fields().get(0).type(), zone, "a key of " + name);
          if (known == null) {
            throw new KurobeException(ErrorCode.DATA, "a key of " + name + " is NULL");
          }
          converted.put(
              known,
              ParameterValues.convert(
                  value, type.fields().get(1).type(), zone, "a value of " + name));
        });
    return converted;
  }

  static KurobeException unfit(Object value, SqlType type, String name) {
    String what =
        value instanceof Map
            ? "map"
            : value instanceof List ? "list" : value.getClass().getSimpleName();
    return new KurobeException(
            ErrorCode.TYPE_MISMATCH, name + " is a " + what + " where " + type + " is expected")
        .withHint(
            "x = ANY (?) compares with the elements of an array; elsewhere a cast says what it is,"
                + " as in CAST(? AS INTEGER ARRAY)");
  }
}

package io.kurobe.driver;

import io.kurobe.driver.arrow.RowValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists, maps and rows as JSON, where what is neither number nor truth is quoted. */
final class NestedText {
  private static final Map<Character, String> ESCAPES =
      Map.of('"', "\\\"", '\\', "\\\\", '\n', "\\n", '\r', "\\r", '\t', "\\t");

  private final StringBuilder text = new StringBuilder();
  private final ZoneId zone;

  private NestedText(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The text of a value.
   *
   * @param zone in which instants are shown
   */
  static String of(Object value, ZoneId zone) {
    NestedText nested = new NestedText(zone);
    nested.write(value);
    return nested.text.toString();
  }

  /** Whether a value has others in it. */
  static boolean isNested(Object value) {
    return value instanceof List || value instanceof Map || value instanceof RowValue;
  }

  private void write(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else if (value instanceof List) {
      String separator = "[";
      for (Object element : (List<?>) value) {
        text.append(separator);
        write(element);
        separator = ", ";
      }
      text.append(separator.equals("[") ? "[]" : "]");
    } else if (value instanceof Map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        separator = member(separator, entry.getKey(), entry.getValue());
      }
      text.append(separator.equals("{") ? "{}" : "}");
    } else if (value instanceof RowValue) {
      RowValue row = (RowValue) value;
      String separator = "{";
      for (int i = 0; i < row.names().size(); i++) {
        separator = member(separator, row.names().get(i), row.values().get(i));
      }
      text.append(separator.equals("{") ? "{}" : "}");
    } else {
      quote(scalar(value));
    }
  }

  private String member(String separator, @Nullable Object key, @Nullable Object value) {
    text.append(separator);
    quote(key == null ? "null" : scalar(key));
    text.append(": ");
    write(value);
    return ", ";
  }

  private String scalar(Object value) {
    if (value instanceof Instant) {
      return ((Instant) value).atZone(zone).toOffsetDateTime().toString();
    }
    return value instanceof byte[]
        ? Base64.getEncoder().encodeToString((byte[]) value)
        : value.toString();
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      text.append(ESCAPES.getOrDefault(c, String.valueOf(c)));
    }
    text.append('"');
  }
}

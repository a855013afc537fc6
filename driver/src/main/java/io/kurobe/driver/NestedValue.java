package io.kurobe.driver;

import io.kurobe.driver.arrow.RowValue;
import java.sql.Date;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values within lists, maps and rows as JDBC's classes, which are those that {@code getObject}
 * gives for a column of their type.
 */
final class NestedValue {
  private NestedValue() {}

  /** A value as an object of JDBC; null stays null. */
  static @Nullable Object of(@Nullable Object value, ZoneId zone) {
    if (value instanceof List) {
      return new ListArray(null, (List<?>) value, zone);
    } else if (value instanceof Map) {
      return map((Map<?, ?>) value, zone);
    } else if (value instanceof RowValue) {
      return struct((RowValue) value, zone);
    } else if (value instanceof LocalDate) {
      return Date.valueOf((LocalDate) value);
    } else if (value instanceof LocalTime) {
      return new Time(Timestamp.valueOf(((LocalTime) value).atDate(LocalDate.EPOCH)).getTime());
    } else if (value instanceof LocalDateTime) {
      return Timestamp.valueOf((LocalDateTime) value);
    } else if (value instanceof Instant) {
      return Timestamp.from((Instant) value);
    }
    return value;
  }

  /** In the order of the source; nobody can change it. */
  static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> raw, ZoneId zone) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    raw.forEach((key, value) -> map.put(of(key, zone), of(value, zone)));
    return Collections.unmodifiableMap(map);
  }

  static Struct struct(RowValue raw, ZoneId zone) {
    return new RowStruct(raw, zone);
  }
}

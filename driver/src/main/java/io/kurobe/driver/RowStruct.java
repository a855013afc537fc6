package io.kurobe.driver;

import io.kurobe.driver.arrow.RowValue;
import java.sql.Struct;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that is a value, with its fields in order. */
final class RowStruct implements Struct {
  private final RowValue row;
  private final ZoneId zone;

  RowStruct(RowValue row, ZoneId zone) {
    this.row = row;
    this.zone = zone;
  }

  /** The fields' names, since rows have types of their own without a name: {@code ROW(x, y)}. */
  @Override
  public String getSQLTypeName() {
    return "ROW(" + String.join(", ", row.names()) + ")";
  }

  @Override
  public @Nullable Object[] getAttributes() {
    List<@Nullable Object> values = row.values();
    @Nullable Object[] attributes = new @Nullable Object[values.size()];
    for (int i = 0; i < attributes.length; i++) {
      attributes[i] = NestedValue.of(values.get(i), zone);
    }
    return attributes;
  }

  @Override
  public @Nullable Object[] getAttributes(Map<String, Class<?>> map) {
    return getAttributes();
  }

  @Override
  public String toString() {
    return NestedText.of(row, zone);
  }
}

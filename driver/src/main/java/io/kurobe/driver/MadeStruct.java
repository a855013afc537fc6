package io.kurobe.driver;

import java.sql.Struct;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that a program made for a parameter. The server brings its fields to their types. */
final class MadeStruct implements Struct {
  private final String type;
  private final @Nullable Object[] attributes;

  MadeStruct(String type, @Nullable Object[] attributes) {
    this.type = type;
    this.attributes = attributes.clone();
  }

  @Override
  public String getSQLTypeName() {
    return type;
  }

  @Override
  public @Nullable Object[] getAttributes() {
    return attributes.clone();
  }

  @Override
  public @Nullable Object[] getAttributes(Map<String, Class<?>> map) {
    return getAttributes();
  }

  @Override
  public String toString() {
    return Arrays.deepToString(attributes);
  }
}

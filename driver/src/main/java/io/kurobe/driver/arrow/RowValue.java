package io.kurobe.driver.arrow;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row that is a value, such as PostgreSQL's composites: named fields in order. */
public final class RowValue {
  private final List<String> names;
  private final List<@Nullable Object> values;

  RowValue(List<String> names, @Nullable Object[] values) {
    this.names = names;
    this.values = Collections.unmodifiableList(Arrays.asList(values));
  }

  public List<String> names() {
    return names;
  }

  /** As many as there are names, with null for NULL. */
  public List<@Nullable Object> values() {
    return values;
  }
}

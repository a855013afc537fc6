package io.kurobe.driver.arrow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps whose keys and values lie one after the other in two other columns. */
public final class MapVector extends ColumnVector {
  private final Offsets offsets;
  private final ColumnVector keys;
  private final ColumnVector values;

  MapVector(Validity validity, Offsets offsets, ColumnVector keys, ColumnVector values) {
    super(validity);
    this.offsets = offsets;
    this.keys = keys;
    this.values = values;
  }

  /** An unmodifiable map in the order of the source, with null for NULL. */
  @Override
  public Object object(int row) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = offsets.start(row); i < offsets.end(row); i++) {
      map.put(at(keys, i), at(values, i));
    }
    return Collections.unmodifiableMap(map);
  }

  private static @Nullable Object at(ColumnVector column, int row) {
    return column.isNull(row) ? null : column.object(row);
  }
}

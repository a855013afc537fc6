package io.kurobe.driver.arrow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as values: a column for each of their fields. */
public final class RowVector extends ColumnVector {
  private final List<String> names;
  private final List<ColumnVector> fields;

  RowVector(Validity validity, List<String> names, List<ColumnVector> fields) {
    super(validity);
    this.names = List.copyOf(names);
    this.fields = List.copyOf(fields);
  }

  ColumnVector field(int index) {
    return fields.get(index);
  }

  /** A {@link RowValue}. */
  @Override
  public Object object(int row) {
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      ColumnVector field = fields.get(i);
      values[i] = field.isNull(row) ? null : field.object(row);
    }
    return new RowValue(names, values);
  }
}

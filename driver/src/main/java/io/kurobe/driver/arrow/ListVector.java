package io.kurobe.driver.arrow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists whose elements lie one after the other in another column. */
public final class ListVector extends ColumnVector {
  private final Offsets offsets;
  private final ColumnVector elements;

  ListVector(Validity validity, Offsets offsets, ColumnVector elements) {
    super(validity);
    this.offsets = offsets;
    this.elements = elements;
  }

  /** An unmodifiable list, with null for NULL. */
  @Override
  public Object object(int row) {
    List<@Nullable Object> values = new ArrayList<>(offsets.end(row) - offsets.start(row));
    for (int i = offsets.start(row); i < offsets.end(row); i++) {
      values.add(elements.isNull(i) ? null : elements.object(i));
    }
    return Collections.unmodifiableList(values);
  }
}

package io.kurobe.driver.arrow;

import java.util.UUID;

/** UUIDs, 16 bytes each, the most significant first. */
public final class UuidVector extends ColumnVector {
  private final Slice values;

  UuidVector(Validity validity, Slice values) {
    super(validity);
    this.values = values;
  }

  @Override
  public Object object(int row) {
    return new UUID(
        Long.reverseBytes(values.longAt(2 * row)), Long.reverseBytes(values.longAt(2 * row + 1)));
  }
}

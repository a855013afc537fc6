package io.kurobe.driver.arrow;

import java.util.Arrays;

/** Strings of bytes. */
public final class BinaryVector extends ColumnVector {
  private final Offsets offsets;
  private final Slice values;

  BinaryVector(Validity validity, Offsets offsets, Slice values) {
    super(validity);
    this.offsets = offsets;
    this.values = values;
  }

  /** The value of a row that is not NULL, an array of its own. */
  public byte[] value(int row) {
    int base = values.start();
    return Arrays.copyOfRange(values.bytes(), base + offsets.start(row), base + offsets.end(row));
  }

  @Override
  public Object object(int row) {
    return value(row);
  }
}

package io.kurobe.driver.arrow;

/** Truth values, a bit each. */
public final class BooleanVector extends ColumnVector {
  private final Slice bits;

  BooleanVector(Validity validity, Slice bits) {
    super(validity);
    this.bits = bits;
  }

  /** The value of a row that is not NULL. */
  public boolean value(int row) {
    return (bits.byteAt(row >> 3) & (1 << (row & 7))) != 0;
  }

  @Override
  public Object object(int row) {
    return value(row);
  }
}

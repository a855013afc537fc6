package io.kurobe.driver.arrow;

/** Whole numbers of 8, 16, 32 or 64 bits. */
public final class IntegerVector extends ColumnVector {
  private final Slice values;
  private final int bits;

  IntegerVector(Validity validity, Slice values, int bits) {
    super(validity);
    this.values = values;
    this.bits = bits;
  }

  /** The value of a row that is not NULL. */
  public long value(int row) {
    switch (bits) {
      case Byte.SIZE:
        return values.byteAt(row);
      case Short.SIZE:
        return values.shortAt(row);
      case Integer.SIZE:
        return values.intAt(row);
      default:
        return values.longAt(row);
    }
  }

  @Override
  public Object object(int row) {
    long value = value(row);
    if (bits == Long.SIZE) {
      return value;
    }
    return (int) value;
  }
}

package io.kurobe.driver.arrow;

/** Floating numbers of 32 or 64 bits. */
public final class FloatingVector extends ColumnVector {
  private final Slice values;
  private final boolean single;

  FloatingVector(Validity validity, Slice values, boolean single) {
    super(validity);
    this.values = values;
    this.single = single;
  }

  /** The value of a row that is not NULL. */
  public double value(int row) {
    return single
        ? Float.intBitsToFloat(values.intAt(row))
        : Double.longBitsToDouble(values.longAt(row));
  }

  @Override
  public Object object(int row) {
    if (single) {
      return Float.intBitsToFloat(values.intAt(row));
    }
    return value(row);
  }
}

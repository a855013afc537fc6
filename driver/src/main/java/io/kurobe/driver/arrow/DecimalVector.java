package io.kurobe.driver.arrow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Decimals of 128 bits, all of the same scale. */
public final class DecimalVector extends ColumnVector {
  private final Slice values;
  private final int scale;

  DecimalVector(Validity validity, Slice values, int scale) {
    super(validity);
    this.values = values;
    this.scale = scale;
  }

  /** The value of a row that is not NULL. */
  public BigDecimal value(int row) {
    long low = values.longAt(2 * row);
    long high = values.longAt(2 * row + 1);
    if (high == low >> 63) {
      return BigDecimal.valueOf(low, scale);
    }
    byte[] digits = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    return new BigDecimal(new BigInteger(digits), scale);
  }

  @Override
  public Object object(int row) {
    return value(row);
  }
}

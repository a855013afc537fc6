package io.kurobe.driver.arrow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Decimals of 128 bits, all of the same scale. */
public final class DecimalVector extends ColumnVector {
  /** The most digits after the point that a long can be freed of. */
  private static final int MOST_WHOLE_SCALE = 18;

  /**
   * Powers of ten that a double holds exactly; so is a quotient by one of what it holds exactly.
   */
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long MOST_EXACT = 1L << 53;

  /** The digits of a long, a point and a sign. */
  private static final int MOST_CHARACTERS = 22;

  private final Slice values;
  private final int scale;
  private final long divisor;

  DecimalVector(Validity validity, Slice values, int scale) {
    super(validity);
    this.values = values;
    this.scale = scale;
    this.divisor = scale < 0 || scale > MOST_WHOLE_SCALE ? 0 : (long) TENS[scale];
  }

  private boolean isLong(int row) {
    return values.longAt(2 * row + 1) == values.longAt(2 * row) >> 63;
  }

  /** Whether {@link #whole} reads a row that is not NULL. */
  public boolean hasWhole(int row) {
    return divisor > 0 && isLong(row);
  }

  /** The value of a row without what stands behind its point. */
  public long whole(int row) {
    return values.longAt(2 * row) / divisor;
  }

  /** The double that is nearest to the value of a row that is not NULL. */
  public double real(int row) {
    long digits = values.longAt(2 * row);
    boolean exact =
        isLong(row)
            && digits <= MOST_EXACT
            && digits >= -MOST_EXACT
            && scale >= 0
            && scale < TENS.length;
    return exact ? digits / TENS[scale] : value(row).doubleValue();
  }

  /** The value of a row that is not NULL. */
  public BigDecimal value(int row) {
    long low = values.longAt(2 * row);
    long high = values.longAt(2 * row + 1);
    if (high == low >> 63) {
      return BigDecimal.valueOf(low, scale);
    }
    byte[] digits = new byte[2 * Long.BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      digits[i] = (byte) (high >> Byte.SIZE * (Long.BYTES - 1 - i));
      digits[Long.BYTES + i] = (byte) (low >> Byte.SIZE * (Long.BYTES - 1 - i));
    }
    return new BigDecimal(new BigInteger(digits), scale);
  }

  /** The value of a row that is not NULL with all its digits and no exponent. */
  public String text(int row) {
    long digits = values.longAt(2 * row);
    if (!hasWhole(row) || digits == Long.MIN_VALUE) {
      return value(row).toPlainString();
    }
    byte[] text = new byte[MOST_CHARACTERS];
    int at = text.length;
    long left = Math.abs(digits);
    for (int written = 0; left > 0 || written <= scale; written++) {
      if (written == scale && scale > 0) {
        text[--at] = '.';
      }
      text[--at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    if (digits < 0) {
      text[--at] = '-';
    }
    return new String(text, at, text.length - at, StandardCharsets.ISO_8859_1);
  }

  @Override
  public Object object(int row) {
    return value(row);
  }
}
